/** How the pages look and are worked with: themes, letters, dialogs, keyboard, a screen reader's ear. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { browserWorld } from './browser-world.ts'
import { everyScreen, type Look, newPage } from './every-screen.ts'
import { type Shown, showsRuns } from './shown-runs.ts'

const world = browserWorld()
let shown: Shown
beforeAll(async () => {
  shown = await showsRuns(world.url())
})
afterAll(() => shown.close())

async function pageAt(name: string, look: Look = {}): Promise<Page> {
  const page = await newPage(world.browser(), shown, look)
  onTestFinished(() => page.context().close())
  const step = everyScreen.find((each) => each.name === name)
  if (!step) throw new Error(`no screen is named ${name}`)
  await step.go(page, shown)
  return page
}

/** A phone on which nothing has been chosen yet. */
async function newPhone(options: Look['options'] = {}): Promise<Page> {
  const context = await world.browser().newContext({ viewport: { width: 390, height: 844 }, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(world.url())
  await page.locator('.settings-button').waitFor()
  return page
}

const groundOf = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
const inkOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).color)
const chooses = async (page: Page, name: string) => {
  if (!(await page.locator('dialog[open]').isVisible())) await page.locator('.settings-button').click()
  await page.locator('dialog[open]').getByRole('button', { name, exact: true }).click()
}
const FOUR_TICKS_MS = 4_200
const light = 'rgb(243, 245, 242)'
const dark = 'rgb(14, 20, 18)'

test('[AX5] the colours are the phone’s own until others are chosen, and these are kept', async () => {
  const page = await newPhone({ colorScheme: 'dark' })
  expect(await groundOf(page)).toBe(dark)
  await chooses(page, 'Light')
  expect(await groundOf(page)).toBe(light)
  await page.reload()
  await page.locator('.settings-button').waitFor()
  expect(await groundOf(page)).toBe(light)
  expect(await page.locator('meta[name="theme-color"]').first().getAttribute('content')).toBe(light)
  await chooses(page, 'As the phone')
  expect(await groundOf(page)).toBe(dark)
})

test('[AX6] high contrast is black on white, chosen here or wished by the phone', async () => {
  const page = await newPhone()
  await chooses(page, 'High contrast')
  expect([await groundOf(page), await inkOf(page)]).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
  const wished = await newPhone({ contrast: 'more', colorScheme: 'dark' })
  expect([await groundOf(wished), await inkOf(wished)]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
})

test('[AX7] letters are twice as large when so chosen, and stay so', async () => {
  const page = await newPhone()
  const sizePx = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))
  const before = await sizePx()
  await chooses(page, 'Huge')
  expect(await sizePx()).toBe(2 * before)
  await page.reload()
  await page.locator('.settings-button').waitFor()
  expect(await sizePx()).toBe(2 * before)
})

test('[AX8] each language is named in itself, and the page speaks the one that is tapped, with the settings still open', async () => {
  const page = await newPhone()
  await chooses(page, 'Қазақша')
  await page.getByRole('dialog', { name: 'Баптаулар' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('kk')
  await chooses(page, 'Русский')
  await page.getByRole('dialog', { name: 'Настройки' }).waitFor()
  expect(await page.getByRole('button', { name: 'Русский' }).getAttribute('aria-pressed')).toBe('true')
})

test('[AX15] back undoes a dialog, a tapped place and a tab, and leaves a run with the second press; a reload keeps the tab', async () => {
  const page = await newPage(world.browser(), shown)
  onTestFinished(() => page.context().close())
  const screen = (name: string) => everyScreen.find((each) => each.name === name)
  await screen('start')?.go(page, shown)
  await screen('runner-where-place')?.go(page, shown)
  const back = () => page.evaluate(() => void setTimeout(() => history.back()))
  const opens = (tab: string) => page.locator(`.tab.to-${tab}[aria-current]`).waitFor()
  const place = page.locator('.card.place')
  const dialog = page.locator('dialog[open]')
  const opensSettings = async () => {
    await page.locator('.settings-button').click()
    await dialog.waitFor()
  }
  const closesSettings = async () => {
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
  await opensSettings()
  await closesSettings()
  await opensSettings()
  await back()
  await dialog.waitFor({ state: 'detached' })
  await place.waitFor()
  await back()
  await place.waitFor({ state: 'detached' })
  await page.reload()
  await opens('where')
  await opensSettings()
  await closesSettings()
  // What was closed otherwise costs no press.
  await back()
  await opens('ask')
  await back()
  await page.getByText('Back once more leaves the run.').waitFor()
  expect(page.url()).toContain('/r/running')
  await back()
  await page.getByRole('button', { name: 'Run now' }).waitFor()
})

test('[AX16] another language changes the words of a run alone: tab, folds and what is half typed stay', async () => {
  const page = await pageAt('runner-unfolded')
  const note = page.locator('.targets details input[type=text]').last()
  await note.fill('no ice')
  await page.evaluate(() => document.querySelector('.run')?.setAttribute('data-same', 'yes'))
  await chooses(page, 'Русский')
  await page.locator('dialog[open]').getByRole('button', { name: 'Закрыть' }).click()
  await page.getByText('Вода').first().waitFor()
  expect(await note.inputValue()).toBe('no ice')
  expect(await page.locator('.run[data-same] .targets details').first().getAttribute('open')).not.toBeNull()
})

test('[AX17] a question has the focus and lies under no bar, and once it is taken back its button has the focus', async () => {
  const page = await pageAt('leader-run-unfolded', { options: { viewport: { width: 390, height: 600 } } })
  const tops = async (selector: string) => (await page.locator(selector).boundingBox())?.y ?? 0
  const focused = (selector: string) =>
    page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector)
  // As low as it can lie and still be seen.
  const asks = async (button: Locator, question: string) => {
    await button.evaluate((element) => element.scrollIntoView({ block: 'end' }))
    await button.press('Enter')
    await focused(question)
    const box = await page.locator(question).boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(await tops('nav.tabs'))
  }
  const turns = page.getByRole('button', { name: 'Run it the other way round' })
  await asks(turns, 'fieldset.confirm')
  await page.locator('fieldset.confirm').getByRole('button', { name: 'No' }).press('Enter')
  await turns.waitFor()
  expect(await turns.evaluate((button) => button === document.activeElement)).toBe(true)
  const ends = page.locator('[aria-labelledby=end] > .danger')
  await asks(ends, '[aria-labelledby=end] > .notice')
  await page.locator('[aria-labelledby=end] > .notice .row > :last-child').press('Enter')
  await ends.waitFor()
  expect(await ends.evaluate((button) => button === document.activeElement)).toBe(true)
})

test('[AX9] a dialog takes the focus and keeps it, Escape closes it, and the focus is back where it was', async () => {
  const page = await pageAt('runner')
  await page.locator('.settings-button').focus()
  await page.keyboard.press('Enter')
  const dialog = page.locator('dialog[open]')
  await dialog.waitFor()
  // Past its last button the focus may leave the page for the browser's own, and for nothing behind the dialog.
  const isInside = () => page.evaluate(() => document.activeElement?.closest('main, header, nav') === null)
  for (let i = 0; i < 30; i++) {
    expect(await isInside()).toBe(true)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('settings-button')
})

test.each(['start', 'runner', 'cyclist', 'leader', 'runner-help'])(
  '[AX10] whatever can be pressed on %s is reached by the keyboard, and is seen to have the focus',
  async (name) => {
    const page = await pageAt(name)
    await page.waitForLoadState('networkidle') // parts that come after the buttons are there
    const pressed = 'button:not(:disabled), a[href], input, select, textarea, summary'
    const all = await page.locator(pressed).evaluateAll((found) => {
      const shownOnes = found.filter((element) => element.checkVisibility() && !element.closest('[inert]'))
      for (const [i, element] of shownOnes.entries()) element.setAttribute('data-no', String(i))
      return shownOnes.map((element) => element.outerHTML.slice(0, 120))
    })
    const reached = new Set<number>()
    const unseen: string[] = []
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    // Cards that change places meanwhile, or are drawn anew, are met the next time round.
    for (let i = 0; i < all.length * 4 && reached.size < all.length; i++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const element = document.activeElement
        if (!element || element === document.body) return null
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        const isSeen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
        return { no: Number(element.getAttribute('data-no') ?? -1), isSeen, html: element.outerHTML.slice(0, 120) }
      })
      if (!focused) continue
      if (!focused.isSeen) unseen.push(focused.html)
      if (focused.no >= 0) reached.add(focused.no)
    }
    const still = await page
      .locator(pressed)
      .evaluateAll((found) => found.map((element) => Number(element.getAttribute('data-no') ?? -1)))
    expect(unseen).toEqual([])
    expect(still.filter((no) => no >= 0).length).toBeGreaterThan(all.length / 2) // else it tells little
    expect(all.filter((_, no) => still.includes(no) && !reached.has(no))).toEqual([])
  },
)

test.each(['runner', 'cyclist', 'leader', 'watcher'])(
  '[AX11] a screen reader is not told on %s that time passes',
  async (name) => {
    const page = await pageAt(name)
    const said = await page.evaluate(
      (forMs) =>
        new Promise<string[][]>((done) => {
          const heard = new Map<Element, Set<string>>()
          const live = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]'
          const observer = new MutationObserver((changes) => {
            for (const { target } of changes) {
              const element = target instanceof Element ? target : target.parentElement
              const region = element?.closest(live)
              if (region) heard.set(region, (heard.get(region) ?? new Set()).add(region.textContent ?? ''))
            }
          })
          observer.observe(document.body, { subtree: true, childList: true, characterData: true })
          setTimeout(() => done([...heard.values()].map((texts) => [...texts])), forMs)
        }),
      FOUR_TICKS_MS,
    )
    // Somebody may have fallen silent meanwhile, once.
    expect(said.filter((texts) => texts.length > 2)).toEqual([])
  },
)

test('[AX12] nothing moves by itself where motion is not wanted', async () => {
  const page = await pageAt('runner', { options: { reducedMotion: 'reduce' } })
  await page.locator('.settings-button').click()
  await page.locator('dialog[open]').waitFor()
  const moving = await page.evaluate(() => document.getAnimations().length)
  expect(moving).toBe(0)
})

test('[AX13] with colours of the phone’s own a chosen button is told by its outline', async () => {
  const page = await newPhone({ forcedColors: 'active' })
  await page.locator('.settings-button').click()
  await page.locator('dialog[open]').waitFor()
  const outlines = await page
    .locator('dialog[open] [aria-pressed]')
    .evaluateAll((all) =>
      all.map((element) => [element.getAttribute('aria-pressed'), getComputedStyle(element).outlineStyle]),
    )
  expect(outlines.filter(([isPressed]) => isPressed === 'true').every(([, outline]) => outline === 'solid')).toBe(true)
  expect(outlines.filter(([isPressed]) => isPressed === 'false').some(([, outline]) => outline === 'none')).toBe(true)
})

test('[AX14] what is shared, with whom and until when stands on a page of its own, with the name of this server', async () => {
  const page = await newPhone()
  await page.locator('.settings-button').click()
  await page.locator('dialog[open]').getByRole('link', { name: 'What is shared, and with whom' }).click()
  await page.getByRole('heading', { name: 'What is shared, and with whom' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/privacy')
  await page.reload()
  await page.getByText(`the one server behind ${new URL(world.url()).host}`).waitFor()
  await page.getByText('no other service is asked').waitFor()
})

test('[AX14] the page names the host of the map, and no host where the map is the server’s own', async () => {
  const context = await world.browser().newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  let styleUrl = 'https://tiles.example/styles/plain.json'
  const about = await (await fetch(`${world.url()}/api/about`)).json()
  await page.route('**/api/about', async (route) => {
    await route.fulfill({ json: { ...about, map: { styleUrl, hosts: [] } } })
  })
  await page.goto(`${world.url()}/privacy`)
  await page.getByText('tiles.example').waitFor()
  styleUrl = '/map/style.json'
  await page.reload()
  await page.getByText('no other service is asked').waitFor()
})
