/** From a tapped link to working buttons, and from the home screen without a network, on a slow phone. */
import type { Browser, Page } from 'playwright-core'
import { usableAtMs, watchFor } from './buttons.ts'
import { newPhone, slowDown } from './house.ts'
import { begins, joined, planned, shares } from './people.ts'

/** Somebody's first visit at all: nothing is in any cache. */
async function firstVisit(browser: Browser, address: string, button: string): Promise<number> {
  const { page, context } = await newPhone(browser)
  try {
    await watchFor(page, button)
    await slowDown(page)
    await page.goto(address, { waitUntil: 'commit' })
    return await usableAtMs(page)
  } finally {
    await context.close()
  }
}

export async function joinVisit(browser: Browser, url: string): Promise<number> {
  const { invites } = await planned(url)
  return firstVisit(browser, `${url}/j#${invites.runner}`, 'Join')
}

/** A runner whose seat was moved to a new phone while they run: the longest way to a button for water. */
export async function seatVisit(browser: Browser, url: string): Promise<number> {
  const { seat, invites } = await planned(url)
  await begins(url, seat)
  const runner = await joined(url, invites.runner, 'Aidar')
  await shares(url, runner.seat)
  return firstVisit(browser, `${url}/s#${runner.seat}`, 'Water')
}

/** The address that the installed app opens, then the run; without a network, with what the earlier visit has left. */
export async function offlineVisits(browser: Browser, url: string): Promise<{ startMs: number; runMs: number }> {
  const { seat, invites } = await planned(url)
  await begins(url, seat)
  const runner = await joined(url, invites.runner, 'Aidar')
  await shares(url, runner.seat)
  const { page, context } = await newPhone(browser)
  try {
    await page.goto(`${url}/s#${runner.seat}`)
    await page.getByRole('button', { name: /Water/ }).first().waitFor()
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated')
    const run = page.url()
    await page.goto('about:blank') // what is known of the run is kept as the page is left
    await page.close()
    await context.setOffline(true)
    const opened = async (address: string, button: string): Promise<number> => {
      const next: Page = await context.newPage()
      await watchFor(next, button)
      await slowDown(next, true)
      await next.goto(address, { waitUntil: 'commit' })
      const usableMs = await usableAtMs(next)
      await next.close()
      return usableMs
    }
    return { startMs: await opened(`${url}/`, 'Run now'), runMs: await opened(run, 'Water') }
  } finally {
    await context.close()
  }
}
