/** Lighthouse, as its command line runs it for phones, with its own slow network and slow processor. */
import lighthouse from 'lighthouse'
import type { Browser } from 'playwright-core'
import { newPhone } from './house.ts'

const CATEGORIES = ['performance', 'accessibility', 'best-practices']

export type Scores = {
  readonly page: string
  readonly scores: Readonly<Record<string, number>>
  /** Largest paint, blocking time, shifts: what performance is made of. */
  readonly metrics: readonly string[]
  readonly faults: readonly string[]
}

/** @param port the browser's debugging port */
export async function scoresOf(port: number, name: string, address: string): Promise<Scores> {
  const result = await lighthouse(address, {
    ...{ port, output: 'json', logLevel: 'error', onlyCategories: CATEGORIES, disableStorageReset: true },
  })
  const lhr = result?.lhr
  if (!lhr) throw new Error(`no scores for ${address}`)
  const scores = Object.fromEntries(
    Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(100 * (score ?? 0))]),
  )
  const faults = Object.values(lhr.audits)
    .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === 'binary' && score === 0)
    .map(({ id }) => id)
  const metrics = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ].map((id) => `${id} ${lhr.audits[id]?.displayValue ?? '?'}`)
  return { page: name, scores, metrics, faults }
}

/** A page of this browser that has the seat already: what Lighthouse opens then shares its storage. */
export async function seatHere(browser: Browser, url: string, seat: string): Promise<string> {
  const context = browser.contexts()[0] ?? (await newPhone(browser)).context
  const page = await context.newPage()
  await page.goto(`${url}/s#${seat}`)
  await page.waitForURL(/\/r\//)
  const address = page.url()
  await page.close()
  return address
}
