/** When a page's buttons work: the first moment at which one with these words is there, in sight and not disabled. */
import type { Page } from 'playwright-core'

/** Before the page is opened. What is told later is in ms since its address was asked for. */
export const watchFor = (page: Page, words: string): Promise<unknown> =>
  page.addInitScript((wanted) => {
    const isThere = () =>
      [...document.querySelectorAll('button')].some(
        (button) => button.textContent?.includes(wanted) && !button.disabled && button.getClientRects().length > 0,
      )
    const look = () => {
      if (!isThere()) return
      observer.disconnect()
      Object.assign(window, { usableAtMs: performance.now() })
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { childList: true, subtree: true, attributes: true })
  }, words)

export async function usableAtMs(page: Page): Promise<number> {
  await page.waitForFunction(() => 'usableAtMs' in window, undefined, { timeout: 60_000 })
  return page.evaluate(() => (window as unknown as { usableAtMs: number }).usableAtMs)
}
