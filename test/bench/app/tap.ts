/** A tap on water: how soon it is shown as on its way here, and seen by a cyclist on another node. No slowdown. */
import type { Browser, Page } from 'playwright-core'
import { newPhone } from './house.ts'
import { begins, joined, planned, shares } from './people.ts'

const TRIES = 20

export type Taps = { readonly shownMs: readonly number[]; readonly seenMs: readonly number[] }

/** When the page's text first has these words, by the machine's clock. */
const firstSeen = (page: Page, words: string): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!document.body.innerText.includes(wanted)) return false
          observer.disconnect()
          resolve(performance.timeOrigin + performance.now())
          return true
        }
        const observer = new MutationObserver(look)
        if (!look()) observer.observe(document.body, { childList: true, subtree: true, characterData: true })
      }),
    words,
  )

/** @param here, there addresses of two nodes */
export async function taps(browser: Browser, here: string, there: string): Promise<Taps> {
  const shownMs: number[] = []
  const seenMs: number[] = []
  const { seat, invites } = await planned(here)
  await begins(here, seat)
  const cyclist = await newPhone(browser)
  const dana = await joined(there, invites.cyclist, 'Dana')
  await shares(there, dana.seat)
  await cyclist.page.goto(`${there}/s#${dana.seat}`)
  for (let turn = 0; turn < TRIES; turn++) {
    const name = `Runner ${String(turn).padStart(2, '0')}`
    const runner = await newPhone(browser)
    const { seat: own } = await joined(here, invites.runner, name)
    await shares(here, own)
    await runner.page.goto(`${here}/s#${own}`)
    const button = runner.page.getByRole('button', { name: /^Water/ }).first()
    await button.waitFor()
    const seen = firstSeen(cyclist.page, name)
    const shown = runner.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          document.addEventListener(
            'click',
            () => {
              const tappedAtMs = performance.now()
              Object.assign(window, { tappedAtMs: performance.timeOrigin + tappedAtMs })
              const observer = new MutationObserver(() => {
                if (!document.querySelector('.request')) return
                observer.disconnect()
                requestAnimationFrame(() => resolve(performance.now() - tappedAtMs))
              })
              observer.observe(document.body, { childList: true, subtree: true, attributes: true })
            },
            { capture: true, once: true },
          )
        }),
    )
    await button.click()
    shownMs.push(await shown)
    const tappedAtMs = await runner.page.evaluate(() => (window as unknown as { tappedAtMs: number }).tappedAtMs)
    seenMs.push((await seen) - tappedAtMs)
    await runner.context.close()
  }
  await cyclist.context.close()
  return { shownMs, seenMs }
}
