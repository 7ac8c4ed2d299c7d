/** Every screen there is, each with a way to bring a new page to it: looked at by tests and for pictures. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Language } from '../../client/screens/language.ts'
import type { TextSize, Theme } from '../../client/screens/settings/look.ts'
import type { Shown } from './shown-runs.ts'

export type Look = {
  readonly language?: Language
  readonly theme?: Theme
  readonly text?: TextSize
  readonly options?: BrowserContextOptions
}

export type ScreenStep = {
  readonly name: string
  go(page: Page, shown: Shown): Promise<unknown>
}

const FIND_WITHIN_MS = 20_000
const phoneOptions: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  permissions: ['geolocation'],
  geolocation: { latitude: 51.1555, longitude: 71.4285, accuracy: 8 },
}

/** A new phone with all seats on it; closing its context closes it. */
export async function newPage(browser: Browser, { seats }: Shown, look: Look = {}): Promise<Page> {
  const { language = 'en', theme = 'light', text = 'normal', options } = look
  const context = await browser.newContext({ ...phoneOptions, ...options })
  context.setDefaultTimeout(FIND_WITHIN_MS)
  const kept = Object.entries(seats).map(([key, { seat, role }]) => ({
    key,
    seat,
    role,
    title: null,
    name: null,
    keptAtMs: Date.now(),
    invites: {},
    usedInvite: null,
    locates: ['running', 'asking'].includes(key),
    isDemo: false,
  }))
  await context.addInitScript(
    ([all, wanted]) => {
      if (localStorage.getItem('serik.seats') === null) localStorage.setItem('serik.seats', all as string)
      for (const [name, value] of Object.entries(wanted as object)) localStorage.setItem(`serik.${name}`, value)
      // A pocket fills the screen, and a page that does cannot be resized.
      Object.defineProperty(Element.prototype, 'requestFullscreen', { value: undefined })
    },
    [JSON.stringify(kept), { language, theme, text, pocket: 'by-hand' }] as const,
  )
  return context.newPage()
}

/** Everything folded is opened, twice, for there are folds in folds. */
export async function unfolds(page: Page): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
    await settled(page)
  }
}

/** Two frames have been drawn, and what they load is there. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))))

const opens = async (page: Page, { url }: Shown, path: string, shows = 'main h1, main h2') => {
  await page.goto(url + path)
  await page.locator(shows).first().waitFor({ state: 'attached' })
  await settled(page)
}

/** A run from one of the seats, on one of its tabs; the first that its role has if none is named. */
const inRun =
  (seat: string, tab?: string, shows = 'main section, main .card, main .plan') =>
  async (page: Page, shown: Shown) => {
    await page.goto(`${shown.url}/r/${seat}`)
    await page.locator('.dot.online').waitFor()
    // Where there is room the plan stands beside the rest and has no tab.
    const chosen = page.locator(`.tab.to-${tab ?? ''}`)
    if (tab && (await chosen.isVisible())) await chosen.click()
    await page.locator(shows).first().waitFor()
    await settled(page)
  }

const unfolded = (go: ScreenStep['go']): ScreenStep['go'] => {
  return async (page, shown) => {
    await go(page, shown)
    await unfolds(page)
  }
}

/** What a tap on one screen opens over it or in it. Where there is room it may be open already. */
const opened =
  (go: ScreenStep['go'], button: string, shows: string): ScreenStep['go'] =>
  async (page, shown) => {
    await go(page, shown)
    await page.locator(button).click()
    await page.locator(shows).waitFor()
    await settled(page)
  }

/** A part of leading that a phone hides behind its button, with all its folds open. */
const leads = (no: number, shows: string) =>
  unfolded(async (page, shown) => {
    await inRun('leader')(page, shown)
    const button = page.locator(`.lead-tabs > :nth-child(${no})`)
    if (await button.isVisible()) await button.click()
    await page.locator(shows).waitFor()
    await settled(page)
  })

async function tapsMiddle(page: Page, shown: Shown): Promise<void> {
  await inRun('running', 'where')(page, shown)
  // Where somebody is drawn, there is something to tap.
  await page.locator('.plan .mark').first().waitFor()
  await page.locator('.plan').press('Enter')
  await page.locator('.card.place').waitFor()
  await settled(page)
}

async function drawsRoute(page: Page, shown: Shown): Promise<void> {
  await opens(page, shown, '/plan', 'form.planning')
  await page.locator('.drop .row > button').first().click()
  const sheet = page.locator('dialog.route-drawing[open]')
  const add = sheet.locator('.drawing-tools > button').first()
  for (const way of ['ArrowRight', 'ArrowUp', 'ArrowLeft']) {
    await add.click()
    await sheet.locator('.plan').press(way)
  }
  await settled(page)
}

async function makesClub(page: Page, shown: Shown): Promise<void> {
  await opens(page, shown, '/c')
  await page.locator('form input').fill('Абылай жүгірушілері')
  await page.locator('form button').click()
  await page.locator('.poster img').waitFor()
  await settled(page)
}

const pages: readonly ScreenStep[] = [
  { name: 'start', go: (page, shown) => opens(page, shown, '/') },
  { name: 'start-unfolded', go: unfolded((page, shown) => opens(page, shown, '/')) },
  { name: 'plan', go: (page, shown) => opens(page, shown, '/plan', 'form.planning') },
  {
    name: 'plan-again-unfolded',
    async go(page, shown) {
      await opens(page, shown, '/plan/leader', 'svg.route-sketch')
      await unfolds(page)
    },
  },
  {
    name: 'plan-wrong',
    async go(page, shown) {
      await opens(page, shown, '/plan', 'form.planning')
      await page.locator('form.planning button[type=submit]').click()
      await page.locator('[aria-invalid=true]').waitFor()
    },
  },
  { name: 'plan-drawing', go: drawsRoute },
  { name: 'club-make', go: (page, shown) => opens(page, shown, '/c') },
  {
    name: 'club',
    async go(page, shown) {
      await makesClub(page, shown)
      await unfolds(page)
    },
  },
  {
    name: 'club-printed',
    async go(page, shown) {
      await makesClub(page, shown)
      await page.emulateMedia({ media: 'print' })
      await settled(page)
    },
  },
  {
    name: 'club-none-planned',
    async go(page, shown) {
      await makesClub(page, shown)
      const link = await page.locator('.poster-url').textContent()
      await page.goto('about:blank')
      await page.goto(link ?? '')
      await page.locator('main .lead').waitFor()
    },
  },
  { name: 'club-refused', go: (page, shown) => opens(page, shown, '/c#c.nonsense', '[role=alert]') },
  { name: 'privacy', go: (page, shown) => opens(page, shown, '/privacy') },
  { name: 'join', go: unfolded((page, shown) => opens(page, shown, `/j#${shown.invites.runner}`, 'form')) },
  { name: 'join-watcher', go: (page, shown) => opens(page, shown, `/j#${shown.invites.watcher}`, 'form') },
  { name: 'join-guardian', go: (page, shown) => opens(page, shown, `/j#${shown.invites.guardian}`, 'form') },
  { name: 'join-refused', go: (page, shown) => opens(page, shown, '/j#nonsense', '[role=alert]') },
  { name: 'no-seat', go: (page, shown) => opens(page, shown, '/r/run_unknown') },
  {
    name: 'settings',
    async go(page, shown) {
      await opens(page, shown, '/')
      await page.locator('.settings-button').click()
      await page.locator('dialog[open]').waitFor()
    },
  },
]

const runs: readonly ScreenStep[] = [
  { name: 'leader-alone', go: inRun('alone') },
  { name: 'leader-planned', go: inRun('planned') },
  { name: 'leader', go: inRun('leader') },
  { name: 'leader-unfolded', go: unfolded(inRun('leader')) },
  { name: 'leader-people-unfolded', go: leads(2, '.lead-people > *:first-child') },
  { name: 'leader-run-unfolded', go: leads(3, '.lead-run > *:first-child') },
  { name: 'leader-me', go: inRun('leader', 'ask') },
  { name: 'leader-where', go: inRun('leader', 'where') },
  { name: 'leader-alarm', go: inRun('alarmLeader', undefined, '.alarm .emergency') },
  { name: 'leader-ended', go: unfolded(inRun('endedLeader')) },
  { name: 'leader-replay', go: opened(inRun('endedLeader'), '.after-replay .primary', '.replay-buttons') },
  { name: 'runner-planned', go: inRun('plannedRunner') },
  { name: 'runner-before', go: inRun('before') },
  { name: 'runner', go: inRun('running') },
  { name: 'runner-unfolded', go: unfolded(inRun('running')) },
  { name: 'runner-asking', go: inRun('asking') },
  { name: 'runner-paused', go: inRun('paused') },
  { name: 'runner-stopped', go: inRun('stopped') },
  { name: 'runner-where', go: unfolded(inRun('running', 'where')) },
  { name: 'runner-where-place', go: tapsMiddle },
  { name: 'runner-leaving', go: opened(inRun('running'), '.leave [aria-haspopup=dialog]', 'dialog .leaving') },
  {
    name: 'runner-pocket',
    go: opened(inRun('running'), '.leave .row > button:not([aria-haspopup])', 'dialog.pocket[open]'),
  },
  { name: 'runner-help', go: inRun('running', 'help') },
  { name: 'runner-help-sent', go: inRun('alarmRunner', 'help') },
  { name: 'runner-ended', go: unfolded(inRun('endedRunner')) },
  { name: 'runner-replay', go: opened(inRun('endedRunner'), '.after-replay .primary', '.replay-buttons') },
  { name: 'cyclist-planned', go: inRun('plannedCyclist', undefined, '#ring') },
  { name: 'cyclist', go: inRun('cyclist') },
  { name: 'cyclist-unfolded', go: unfolded(inRun('cyclist')) },
  { name: 'cyclist-where', go: inRun('cyclist', 'where') },
  { name: 'cyclist-alarm', go: inRun('alarmCyclist', undefined, '.alarm .emergency') },
  { name: 'watcher', go: unfolded(inRun('watcher')) },
  { name: 'guardian', go: unfolded(inRun('guardian')) },
  { name: 'pair-runner', go: inRun('pairRunner') },
  { name: 'pair-leader', go: inRun('pairLeader') },
  { name: 'pair-menu', go: opened(inRun('pairRunner'), '.pair-rest [aria-haspopup=dialog]', '.pair-menu') },
]

const troubles: readonly ScreenStep[] = [
  {
    name: 'offline',
    async go(page, shown) {
      await inRun('running')(page, shown)
      await page.context().setOffline(true)
      await page.locator('.dot.offline').waitFor()
      await page.locator('.ask.water').click()
      await page.locator('.outbox li').first().waitFor()
    },
  },
  {
    name: 'elsewhere',
    async go(page, shown) {
      await inRun('before')(page, shown)
      await inRun('before')(await page.context().newPage(), shown)
      await page.locator('main.page').waitFor()
    },
  },
]

/** Later ones change nothing that earlier ones show. */
export const everyScreen: readonly ScreenStep[] = [...pages, ...runs, ...troubles]

/** Those with every fold open: as long as it gets. */
export const unfoldedScreens: ReadonlySet<string> = new Set(
  everyScreen.flatMap(({ name }) => (name.endsWith('-unfolded') ? [name] : [])),
)
