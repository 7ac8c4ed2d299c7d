/** What the page's main thread did for our own scripts, from the browser's own trace. */
import type { CDPSession } from 'playwright-core'

type TraceEvent = {
  readonly name: string
  readonly ph: string
  readonly ts: number
  readonly dur?: number
  readonly pid: number
  readonly tid: number
  readonly args?: { readonly data?: { readonly url?: string }; readonly name?: string }
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata']
/** What runs a script; which one is in `data.url`, and for what a script has called by itself in nothing. */
const SCRIPTED = new Set([
  'FunctionCall',
  'EvaluateScript',
  'TimerFire',
  'FireAnimationFrame',
  'EventDispatch',
  'RunMicrotasks',
])

/** MapLibre is a file of its own; what it draws is its time and not ours. */
const MAP_FILE = /\/tiles-[^/]+\.js$/
const CONNECTION_FILE = /\/dial-socket-io-[^/]+\.js$/

export type ScriptTask = {
  /** With style, layout and paint. */
  readonly ms: number
  /** Without what MapLibre did in it. */
  readonly ownMs: number
  /** Something came over the connection: nearly always a frame. */
  readonly isFrame: boolean
}

/** All main thread tasks in which a script of the page ran, while `during` goes on. */
export async function scriptTasks(session: CDPSession, during: () => Promise<unknown>): Promise<ScriptTask[]> {
  const events: TraceEvent[] = []
  const collect = ({ value }: { value: unknown[] }) => void events.push(...(value as TraceEvent[]))
  session.on('Tracing.dataCollected', collect)
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: CATEGORIES } })
  await during()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  session.off('Tracing.dataCollected', collect)
  return tasksIn(events)
}

const urlOf = ({ args }: TraceEvent): string => args?.data?.url ?? ''
const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur

/** The browser has pages of its own; ours is the one whose scripts come over HTTP. */
function pageThread(events: readonly TraceEvent[]): (event: TraceEvent) => boolean {
  const ours = events.find((event) => event.name === 'FunctionCall' && urlOf(event).startsWith('http'))
  return ({ pid, tid }) => pid === ours?.pid && tid === ours.tid
}

function tasksIn(events: readonly TraceEvent[]): ScriptTask[] {
  const isPage = pageThread(events)
  const timed = events.filter((event) => event.ph === 'X' && isPage(event)).sort((a, b) => a.ts - b.ts)
  const scripted = timed.filter(({ name }) => SCRIPTED.has(name))
  const found: ScriptTask[] = []
  let next = 0
  let lastEnd = 0
  for (const task of timed.filter(({ name }) => /RunTask/.test(name))) {
    // A task is told twice, by the thread and by what runs on it.
    if (endOf(task) <= lastEnd) continue
    lastEnd = endOf(task)
    const inside: TraceEvent[] = []
    while (next < scripted.length && (scripted[next] as TraceEvent).ts < endOf(task)) {
      const event = scripted[next++] as TraceEvent
      if (event.ts >= task.ts) inside.push(event)
    }
    if (inside.length === 0) continue
    const ms = (task.dur ?? 0) / 1_000
    const isFrame = inside.some((event) => CONNECTION_FILE.test(urlOf(event)))
    found.push({ ms, ownMs: ms - mapUs(inside) / 1_000, isFrame })
  }
  return found
}

/** Calls within calls count once. */
function mapUs(inside: readonly TraceEvent[]): number {
  let us = 0
  let countedUpTo = 0
  for (const call of inside) {
    if (call.name !== 'FunctionCall' || !MAP_FILE.test(urlOf(call)) || call.ts < countedUpTo) continue
    us += call.dur ?? 0
    countedUpTo = endOf(call)
  }
  return us
}
