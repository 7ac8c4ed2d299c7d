/** Rung while nobody looks: a push service of our own, and what it gets is given to the worker by the browser's debugging protocol. */
import type { CDPSession } from 'playwright-core'
import { expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { aPushService, type PushService } from '../support/push-service.ts'
import { until } from '../support/until.ts'
import { type BrowserPhone, browserWorld } from './browser-world.ts'
import { asksElse, holds, joins, linkFor, opensTab, runsNow, startsSharing } from './club.ts'

const world = browserWorld({ PUSH_LOOPBACK: 'on' }, launchChromium)

/** No push service of the world is asked: the browser gets its subscription from ours. */
async function subscribes(phone: BrowserPhone, service: PushService, name: string): Promise<void> {
  const { endpoint, p256dh, auth } = service.subscription(name)
  await phone.context.grantPermissions(['notifications', 'geolocation'])
  await phone.context.addInitScript(
    (given) => {
      let held: unknown = null
      PushManager.prototype.getSubscription = async () => held as PushSubscription | null
      PushManager.prototype.subscribe = async (options) => {
        const key = (options as { applicationServerKey: Uint8Array }).applicationServerKey.slice().buffer
        held = {
          endpoint: given.endpoint,
          options: { applicationServerKey: key },
          toJSON: () => given,
          unsubscribe: async () => true,
        }
        return held as PushSubscription
      }
    },
    { endpoint, keys: { p256dh, auth } },
  )
}

async function workerOf({ page, context }: BrowserPhone) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const protocol: CDPSession = await context.newCDPSession(page)
  const registrationId = new Promise<string>((resolve) => {
    protocol.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [found] = registrations
      if (found) resolve(found.registrationId)
    })
  })
  await protocol.send('ServiceWorker.enable')
  const id = await registrationId
  const { origin } = new URL(world.url())
  return {
    delivers: (data: string) => protocol.send('ServiceWorker.deliverPushMessage', { origin, registrationId: id, data }),
    shown: () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready
        return (await registration.getNotifications()).map(({ title, body, lang, requireInteraction }) => ({
          title,
          body,
          lang,
          requireInteraction,
        }))
      }),
  }
}

async function aRungCyclist(service: PushService, locale?: string) {
  const [leader, runner, cyclist] = [
    await world.phone(),
    await world.phone(0.001),
    await world.phone(0.002, undefined, locale),
  ]
  await subscribes(cyclist, service, 'cyclist')
  await runsNow(world, leader)
  return { leader, runner, cyclist }
}

/** All that the page has put into its databases. */
const keptOnPhone = ({ page }: BrowserPhone): Promise<string> =>
  page.evaluate(async () => {
    const answered = <Value>(asked: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    let kept = ''
    for (const { name } of await indexedDB.databases()) {
      const database = await answered(indexedDB.open(name ?? ''))
      for (const store of database.objectStoreNames)
        kept += JSON.stringify(await answered(database.transaction(store).objectStore(store).getAll()))
      database.close()
    }
    return kept
  })

const newest = async (service: PushService, what: string): Promise<string> => {
  await until(() => expect(service.whats('cyclist').at(-1)).toBe(what))
  return service.rung('cyclist').at(-1)?.text ?? ''
}

test('[PW11] a cyclist lets the phone ring, tries it, and is told what came while they looked', async () => {
  const service = await aPushService()
  const { leader, cyclist } = await aRungCyclist(service)
  await joins(cyclist, await linkFor(leader, 'cyclist'), 'Dana')
  await cyclist.taps('Let it ring')
  await cyclist.sees('This phone rings when locked.')
  const worker = await workerOf(cyclist)
  await cyclist.taps('Ring me in 10 s')
  await cyclist.sees(/Lock the phone now/)
  await worker.delivers(await newest(service, 'test'))
  await cyclist.sees('It came. With a locked phone it rings.')
  expect(await worker.shown()).toEqual([])
  await cyclist.taps('It did not')
  await cyclist.sees('Turn the volume up, and "do not disturb" off.')
  expect(cyclist.troubles).toEqual([])
})

test('[PW11] a phone that may not ring says why', async () => {
  const service = await aPushService()
  const { leader, cyclist } = await aRungCyclist(service)
  await cyclist.context.clearPermissions()
  await cyclist.context.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }))
  await joins(cyclist, await linkFor(leader, 'cyclist'), 'Dana')
  await cyclist.sees(
    'Notifications are not allowed for this page. Allow them in the settings of the phone or the browser.',
  )
})

test('[PW5] whoever is away is shown a notification a thing, with the name they know, and none is left when they come to look', async () => {
  const service = await aPushService()
  const { leader, runner, cyclist } = await aRungCyclist(service)
  const [toRunners, toCyclists] = [await linkFor(leader, 'runner'), await linkFor(leader, 'cyclist')]
  await joins(runner, toRunners, 'Aidar')
  await startsSharing(runner)
  await joins(cyclist, toCyclists, 'Dana')
  await cyclist.taps('Let it ring')
  await cyclist.sees('This phone rings when locked.')
  const run = cyclist.page.url()
  await cyclist.page.goto(world.url())
  const worker = await workerOf(cyclist)

  await runner.taps(/^Water/)
  const asked = await newest(service, 'asked')
  await worker.delivers(asked)
  const water = { title: 'Water', body: 'Aidar waits for it', lang: 'en', requireInteraction: false }
  await until(async () => expect(await worker.shown()).toEqual([water]))
  await worker.delivers(asked)
  await worker.delivers('what is this')
  await until(async () => expect(await worker.shown()).toHaveLength(2))
  await opensTab(runner, 'Help')
  await holds(runner, /^Help Hold/)
  await worker.delivers(await newest(service, 'help'))
  const help = { title: 'HELP', body: 'Aidar calls for help', lang: 'en', requireInteraction: true }
  await until(async () => expect(await worker.shown()).toContainEqual(help))

  await cyclist.page.goto(run)
  await cyclist.sees('Aidar')
  await until(async () => expect((await worker.shown()).map(({ title }) => title)).toEqual(['Serik']))
})

test('[PW6] a tap on a notification opens the run', async () => {
  const service = await aPushService()
  const { leader, cyclist } = await aRungCyclist(service)
  await joins(cyclist, await linkFor(leader, 'cyclist'), 'Dana')
  await cyclist.taps('Let it ring')
  await cyclist.sees('This phone rings when locked.')
  const { pathname } = new URL(cyclist.page.url())
  await cyclist.page.goto(world.url())
  const worker = await workerOf(cyclist)
  await leader.page.evaluate(() => undefined)
  const { runId } = { runId: pathname.slice(3) }
  const [started] = service.rung('cyclist')
  const toId =
    started?.note.toId ??
    (await cyclist.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const opening = indexedDB.open('serik worker')
          opening.onsuccess = () => {
            const asking = opening.result.transaction('notes').objectStore('notes').getAllKeys()
            asking.onsuccess = () =>
              resolve(String(asking.result.find((key) => String(key).startsWith('seat:'))).slice(5))
          }
        }),
    ))
  await worker.delivers(JSON.stringify({ runId, toId, what: 'regroup', atMs: 1, regroupId: 'rgp_000000000000' }))
  await until(async () => expect(await worker.shown()).toHaveLength(1))
  const [background] = cyclist.context.serviceWorkers()
  const opened = await background?.evaluate(async () => {
    // A tap of our own may open no window: what the worker asks for is enough.
    const scope = globalThis as unknown as {
      clients: { openWindow: (url: string) => Promise<null> }
      registration: ServiceWorkerRegistration
      dispatchEvent(event: Event): void
      NotificationEvent: new (type: string, init: object) => Event
    }
    const asked = new Promise<string>((resolve) => {
      scope.clients.openWindow = async (url) => {
        resolve(url)
        return null
      }
    })
    const [notification] = await scope.registration.getNotifications()
    scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }))
    return asked
  })
  expect(opened).toBe(pathname)
  await until(async () => expect(await worker.shown()).toEqual([]))
})

test('[PW7] who let their phone ring is rung in the next run too, in their language, and where the browser has moved to', async () => {
  const service = await aPushService()
  const { leader, runner, cyclist } = await aRungCyclist(service, 'kk-KZ')
  const toCyclists = await linkFor(leader, 'cyclist')
  await joinsInKazakh(cyclist, toCyclists)
  await cyclist.taps('Дыбысты қосу')
  await cyclist.sees('Телефон құлыптаулы тұрса да шырылдайды.')

  const next = await world.phone()
  await runsNow(world, next)
  const [toRunners, again] = [await linkFor(next, 'runner'), await linkFor(next, 'cyclist')]
  await joins(runner, toRunners, 'Айдар')
  await startsSharing(runner)
  await joinsInKazakh(cyclist, again)
  await cyclist.sees('Телефон құлыптаулы тұрса да шырылдайды.')
  await until(async () => expect(await keptOnPhone(cyclist)).toContain('Айдар'))
  await cyclist.page.goto(world.url())
  const worker = await workerOf(cyclist)
  await runner.taps(/^Water/)
  await worker.delivers(await newest(service, 'asked'))
  const water = { title: 'Су', body: 'Күтіп тұр: Айдар', lang: 'kk' }
  await until(async () => expect(await worker.shown()).toMatchObject([water]))

  const moved = service.subscription('moved')
  const [background] = cyclist.context.serviceWorkers()
  await background?.evaluate(({ endpoint, p256dh, auth }) => {
    const toJSON = () => ({ endpoint, keys: { p256dh, auth } })
    const event = Object.assign(new Event('pushsubscriptionchange'), {
      newSubscription: { toJSON },
      oldSubscription: null,
      waitUntil: () => undefined,
    })
    globalThis.dispatchEvent(event)
  }, moved)
  await asksElse(runner, 'Gel')
  await until(async () => {
    expect(service.asked('moved')).toBeGreaterThan(0)
  })
})

async function joinsInKazakh(phone: BrowserPhone, link: string): Promise<void> {
  await phone.page.goto(link)
  await phone.page.getByLabel('Атыңыз').fill('Дана')
  await phone.taps('Қосылу')
  await phone.page.waitForURL(/\/r\//)
}
