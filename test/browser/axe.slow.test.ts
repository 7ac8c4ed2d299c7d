/** Every screen, in three languages, on phones and a laptop, in every theme: measured, not looked at. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Language, languages } from '../../shared/language.ts'
import { browserWorld } from './browser-world.ts'
import { everyScreen, newPage, unfoldedScreens } from './every-screen.ts'
import { brokenWords, cutTexts, lowTargets, overlaps, smallTargets, violations } from './measured.ts'
import { type Shown, showsRuns } from './shown-runs.ts'

const world = browserWorld()
let shown: Shown
beforeAll(async () => {
  shown = await showsRuns(world.url())
})
afterAll(() => shown.close())

const WALK_MS = 900_000

type Found = {
  readonly axe: string[]
  readonly small: string[]
  readonly cut: string[]
  readonly low: string[]
  /** How often axe-core looked, and at how many sizes it was measured. */
  readonly counts: { looks: number; sizes: number }
}

const wears = (page: Page, name: 'theme' | 'contrast' | 'text', value: string) =>
  page.evaluate(([key, worn]) => document.documentElement.setAttribute(`data-${key}`, worn), [name, value] as const)

const sizes = [
  { is: 'phone', widthPx: 390, text: 'normal' },
  { is: 'phone, huge text', widthPx: 390, text: 'huge' },
  { is: 'small phone', widthPx: 320, text: 'normal' },
  { is: 'small phone, huge text', widthPx: 320, text: 'huge' },
] as const
const laptopSizes = [
  { is: 'laptop', widthPx: 1280, text: 'normal' },
  { is: 'laptop, huge text', widthPx: 1280, text: 'huge' },
] as const

/** By turns each screen is looked at in one language, one more theme and one size; `SCREENS=all` looks at all of everything. */
const isAll = process.env.SCREENS === 'all'
const turn = <Value>(all: readonly Value[], no: number): readonly Value[] =>
  isAll ? all : all.slice(no % all.length, (no % all.length) + 1)

async function walk(spoken: readonly Language[]): Promise<Found> {
  const found: Found = { axe: [], small: [], cut: [], low: [], counts: { looks: 0, sizes: 0 } }
  for (const [no, { name, go }] of everyScreen.entries()) {
    const language = spoken[no % spoken.length] ?? 'en'
    const said = (where: string, list: string[]) => list.map((text) => `${name} (${where}): ${text}`)
    const phone = await newPage(world.browser(), shown, { language })
    await go(phone, shown)
    found.axe.push(...said('light', await violations(phone)))
    found.counts.looks++
    found.low.push(...said('phone', await lowTargets(phone)))
    for (const theme of turn(['dark', 'contrast'], no)) {
      await wears(phone, 'theme', theme)
      await wears(phone, 'contrast', theme === 'contrast' ? 'more' : 'normal')
      found.axe.push(...said(theme, await violations(phone, { ofColours: true })))
      found.counts.looks++
    }
    for (const size of turn(sizes, no)) await measure(phone, size)
    await phone.context().close()

    // What is folded away on a phone is folded away here too.
    if (unfoldedScreens.has(name) || (!isAll && no % 6 > 0)) continue
    const laptop = await newPage(world.browser(), shown, {
      language,
      options: { viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false },
    })
    await go(laptop, shown)
    found.axe.push(...said('laptop', await violations(laptop)))
    found.counts.looks++
    for (const size of turn(laptopSizes, no)) await measure(laptop, size)
    await laptop.context().close()

    async function measure(page: Page, { is, widthPx, text }: (typeof sizes | typeof laptopSizes)[number]) {
      await page.setViewportSize({ width: widthPx, height: widthPx > 600 ? 900 : 844 })
      await wears(page, 'text', text)
      found.counts.sizes++
      found.small.push(...said(is, await smallTargets(page)))
      const broken = text === 'normal' ? await brokenWords(page) : []
      found.cut.push(...said(is, [...broken, ...(await cutTexts(page)), ...(await overlaps(page))]))
    }
  }
  const { looks, sizes: measured } = found.counts
  process.stderr.write(
    `${spoken}: ${everyScreen.length} screens, axe-core ${looks} times, ${measured} sizes measured\n`,
  )
  return found
}

const walks: { spoken: readonly Language[] }[] = isAll
  ? languages.map((language) => ({ spoken: [language] }))
  : [{ spoken: languages }]

describe.each(walks)('every screen in $spoken', ({ spoken }) => {
  let found: Found
  beforeAll(async () => {
    found = await walk(spoken)
  }, WALK_MS)

  test('[AX1] axe-core finds nothing wrong, in light, dark and high contrast', () => {
    expect(found.axe).toEqual([])
  })

  test('[AX2] whatever is pressed is 48 px high and wide at least', () => {
    expect(found.small).toEqual([])
  })

  test('[AX3] what a runner presses while running is 88 px high', () => {
    expect(found.low).toEqual([])
  })

  test('[AX4] no text is cut and nothing scrolls sideways or lies over another, at 320, 390 and 1280 px, nor with text twice as large', () => {
    expect(found.cut).toEqual([])
  })
})
