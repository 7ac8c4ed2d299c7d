import { expect, test } from 'vitest'
import { aPhone, aRun, aSeat, type World, wish } from '../support/world.ts'
import { browserWorld } from './browser-world.ts'

const world = browserWorld()

/** A live run with a cyclist who carries to whoever asks. */
async function aLiveRun() {
  const here = { url: world.url } as World
  const planned = await aRun(here)
  const leader = await aPhone(here, planned.seat)
  await wish(leader, { type: 'start-run' })
  const dana = await aPhone(here, await aSeat(here, planned.invites.cyclist, 'Dana'))
  await aSeat(here, planned.invites.cyclist, 'Timur')
  return { dana, link: `${world.url()}/j#${planned.invites.runner}` }
}

test.each([
  {
    locale: 'kk-KZ',
    language: 'kk',
    name: 'Атыңыз',
    join: 'Қосылу',
    start: 'Осындамын, бастаймын',
    shared: 'Орныңыз көрініп тұр',
    water: /^Су/,
    coming: /^Dana сізге келе жатыр/,
  },
  {
    locale: 'ru-RU',
    language: 'ru',
    name: 'Ваше имя',
    join: 'Присоединиться',
    start: 'Я здесь, старт',
    shared: 'Ваше место видно',
    water: /^Вода/,
    coming: /^Dana едет к вам/,
  },
] as const)('[LG5] a phone set to $locale joins, asks for water and hears who comes in its language', async (words) => {
  const { dana, link } = await aLiveRun()
  const phone = await world.phone(0, undefined, words.locale)
  await phone.page.goto(link)
  await phone.page.getByLabel(words.name, { exact: true }).fill('Айдар')
  expect(await phone.page.evaluate('document.documentElement.lang')).toBe(words.language)
  await phone.taps(words.join)
  await phone.taps(words.start)
  await phone.page.locator('.state').getByText(words.shared, { exact: true }).waitFor()

  await phone.taps(words.water)
  await expect.poll(() => dana.view().run.requests.size, { timeout: 10_000 }).toBe(1)
  const [request] = dana.view().run.requests.values()
  if (request?.status === 'open') await wish(dana, { type: 'claim-request', requestId: request.requestId })
  await phone.sees(words.coming)
  expect(phone.troubles).toEqual([])
})

test('[LG5] a language that is chosen is spoken at once, and after the page is loaded again', async () => {
  const phone = await world.phone(0, undefined, 'ru-RU')
  await phone.page.goto(world.url())
  await phone.taps('Настройки')
  await phone.taps('Қазақша')
  await phone.sees('Мәтін өлшемі')
  await phone.taps('Жабу')
  for (const _ of ['at once', 'after a reload']) {
    await phone.page.getByRole('button', { name: 'Қазір жүгіреміз' }).waitFor()
    expect(await phone.page.evaluate('document.documentElement.lang')).toBe('kk')
    await phone.page.reload()
  }
  expect(phone.troubles).toEqual([])
})
