/** What is measured on a page as it stands: its targets, its texts, and what axe-core finds. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

const TARGET_PX = 48
/** What is pressed while running, with wet gloves. */
const MAIN_TARGET_PX = 88
const mainTargets = '.ask, .hold'
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type AxeResults = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }
type Axe = { run(of: unknown, how: unknown): Promise<AxeResults> }

/** Violations in words, one a place; of colours alone where the rest has been looked at before. */
export async function violations(page: Page, { ofColours = false } = {}): Promise<string[]> {
  // By way of the debugger: the content security policy lets no other script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations: found } = await page.evaluate(
    (runOnly) => (window as unknown as { axe: Axe }).axe.run(document, { runOnly, resultTypes: ['violations'] }),
    ofColours ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: tags },
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}

/** Of somebody in shown-runs.ts: longer than a narrow line beside its buttons, where it breaks rather than hides. */
const LONG_NAME = 'Konstantinopolsky'

/** Words that are written on two lines, for want of room. */
export const brokenWords = (page: Page): Promise<string[]> =>
  page.evaluate((longName) => {
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const holder = node.parentElement
      if (!holder?.checkVisibility() || holder.closest('svg, script, pre, .poster-url, .unseen, .maplibregl-map'))
        continue
      for (const { index, 0: word } of (node.textContent ?? '').matchAll(/[\p{L}\p{N}]+/gu)) {
        if (word === longName) continue
        range.setStart(node, index)
        range.setEnd(node, index + word.length)
        const [first, ...others] = [...range.getClientRects()].filter(({ width }) => width > 0)
        const isBroken = first && others.some(({ top }) => top > first.top + first.height / 2)
        if (isBroken) found.push(`${word}, in ${holder.tagName.toLowerCase()}.${holder.className}`)
      }
    }
    return found
  }, LONG_NAME)

/** Whatever can be pressed, in CSS pixels; a box to tick counts with its label. */
export const targets = (page: Page) =>
  page.evaluate(() => {
    const pressed = 'button, a[href], input, select, textarea, summary, [role=button], [role=slider], [role=tab]'
    // An open dialog is all there is to press.
    const dialog = document.querySelector('dialog[open]')
    return [...(dialog ?? document).querySelectorAll<HTMLElement>(pressed)].flatMap((element) => {
      const shown = element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
      // A tile service's own line of thanks is a sentence with links in it.
      if (!shown || element.closest('.maplibregl-ctrl-attrib, [inert]')) return []
      const label = element.matches('[type=checkbox], [type=radio]') ? element.closest('label') : null
      const { x, y, width, height } = (label ?? element).getBoundingClientRect()
      if (width === 0 || height === 0 || isScrolledAway(element)) return []
      const isFixed = element.closest('.tabs, .notices, .top, .top-state, .job-act, .lead-tabs') !== null
      return [{ html: element.outerHTML.slice(0, 160), x, y, width, height, isFixed }]
    })

    /** A list that scrolls in a box of its own hides what does not fit: nobody can press that, nor miss it. */
    function isScrolledAway(element: Element): boolean {
      const { top, bottom } = element.getBoundingClientRect()
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        const edge = box.getBoundingClientRect()
        if (/auto|scroll/.test(getComputedStyle(box).overflowY) && (bottom > edge.bottom + 1 || top < edge.top - 1))
          return true
      }
      return false
    }
  })

export const smallTargets = async (page: Page): Promise<string[]> =>
  (await targets(page))
    .filter(({ width, height }) => Math.min(width, height) < TARGET_PX - 0.5)
    .map(({ html, width, height }) => `${Math.round(width)} x ${Math.round(height)}: ${html}`)

export const lowTargets = async (page: Page): Promise<string[]> => {
  const heights = await page
    .locator(mainTargets)
    .evaluateAll((all) =>
      all
        .filter((element) => element.checkVisibility())
        .map((element) => ({ html: element.outerHTML.slice(0, 160), height: element.getBoundingClientRect().height })),
    )
  return heights
    .filter(({ height }) => height < MAIN_TARGET_PX - 0.5)
    .map(({ html, height }) => `${Math.round(height)} high: ${html}`)
}

/** Targets that lie over one another. */
export async function overlaps(page: Page): Promise<string[]> {
  const all = (await targets(page)).filter(({ isFixed }) => !isFixed)
  return all.flatMap((one, i) =>
    all
      .slice(i + 1)
      .filter((other) => {
        const acrossPx = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
        const downPx = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
        return acrossPx > 2 && downPx > 2
      })
      .map((other) => `${one.html} over ${other.html}`),
  )
}

/** Texts that are cut, stick out of what holds them or of the page, and whatever makes the page scroll sideways. */
export const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth > clientWidth + 1) {
      const wide = [...document.querySelectorAll('body *')].filter(
        (element) => element.getBoundingClientRect().right > clientWidth + 1,
      )
      const names = wide.map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`)
      found.push(`the page is ${scrollWidth} wide on ${clientWidth}: ${[...new Set(names)].slice(-4).join(', ')}`)
    }
    const dialog = document.querySelector('dialog[open]')
    for (const element of (dialog ?? document.body).querySelectorAll<HTMLElement>('*')) {
      if (element.closest('svg, .unseen, [inert], .maplibregl-map') || !element.checkVisibility()) continue
      const said = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
      if (!said) continue
      const name = `${element.tagName.toLowerCase()}.${element.className} "${element.textContent?.trim().slice(0, 60)}"`
      const { overflowX, overflowY, display } = getComputedStyle(element)
      if (display === 'inline' || display === 'contents') {
        const { left, right } = element.getBoundingClientRect()
        if (left < -1 || right > clientWidth + 1) found.push(`${name} goes from ${left} to ${right} of ${clientWidth}`)
        continue
      }
      if (element.scrollWidth > element.clientWidth + 1 && !/auto|scroll/.test(overflowX))
        found.push(`${name} is ${element.scrollWidth} wide in ${element.clientWidth}`)
      // A title may end after two lines: it stands whole in the tab's own title.
      const isCutDown = overflowY === 'hidden' && !element.matches('.top h1')
      if (isCutDown && element.scrollHeight > element.clientHeight + 2)
        found.push(`${name} is ${element.scrollHeight} high in ${element.clientHeight}`)
    }
    return found
  })
