/** What a crowd costs a phone that looks at it. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { newPhone, slowDown } from './house.ts'
import { crowd } from './people.ts'
import { scriptTasks } from './tasks.ts'

const SETTLE_MS = 8_000
const LONG_MS = 50
const MB = 1_000_000

export type Ninety = {
  readonly tasks: number
  /** Of our own scripts, without MapLibre's drawing. */
  readonly longMs: readonly number[]
  readonly longestMs: number
  /** With it. */
  readonly longWithMapMs: readonly number[]
}

/** A watcher's map of 90 people, once a second; the phone four times slower than this machine. */
export async function ninety(browser: Browser, url: string, seconds: number): Promise<Ninety> {
  const { seat, stop } = await crowd(url, 91, {}, 90)
  const { page, context } = await newPhone(browser)
  try {
    await page.goto(`${url}/s#${seat}`)
    await page.getByRole('button', { name: 'Where' }).tap()
    await pause(SETTLE_MS)
    const session = await slowDown(page, true)
    const tasks = await scriptTasks(session, () => pause(seconds * 1_000))
    const own = tasks.map(({ ownMs }) => ownMs)
    return {
      tasks: tasks.length,
      longMs: own.filter((ms) => ms > LONG_MS),
      longestMs: Math.max(0, ...own),
      longWithMapMs: tasks.map(({ ms }) => ms).filter((ms) => ms > LONG_MS),
    }
  } finally {
    stop()
    await context.close()
  }
}

export type Overview = {
  readonly members: number
  readonly heapMb: number
  /** Ours, in which a frame is taken; shortest first. */
  readonly framesMs: readonly number[]
  /** All of ours, with what is reckoned and drawn anew each second. */
  readonly tasksMs: readonly number[]
}

const GROUP = 99

/** A leader's screen over a run of thousands; an unhindered phone. */
export async function overview(browser: Browser, url: string, members: number, seconds: number): Promise<Overview> {
  const leaders = members / 100
  const { seat, stop } = await crowd(
    url,
    members,
    {
      roleOf: (memberNo) => (memberNo < leaders ? 'leader' : 'runner'),
      groupOf: (memberNo) => (memberNo < leaders ? null : Math.floor((memberNo - leaders) / GROUP)),
    },
    leaders - 1,
  )
  const { page, context } = await newPhone(browser)
  try {
    await page.goto(`${url}/s#${seat}`)
    await page.getByRole('button', { name: 'Where' }).tap()
    await pause(SETTLE_MS)
    const session = await context.newCDPSession(page)
    const tasks = await scriptTasks(session, () => pause(seconds * 1_000))
    tasks.sort((a, b) => a.ownMs - b.ownMs)
    await session.send('HeapProfiler.enable')
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number }
    return {
      members,
      heapMb: usedSize / MB,
      framesMs: tasks.filter(({ isFrame }) => isFrame).map(({ ownMs }) => ownMs),
      tasksMs: tasks.map(({ ownMs }) => ownMs),
    }
  } finally {
    stop()
    await context.close()
  }
}
