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

/** The lengths in ms of all main thread tasks in which a script of the page ran, while `during` goes on. */
export async function scriptTasksMs(session: CDPSession, during: () => Promise<unknown>): Promise<number[]> {
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

export function tasksIn(events: readonly TraceEvent[]): number[] {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const isMain = ({ pid, tid }: TraceEvent) => mains.has(`${pid} ${tid}`)
  const tasks = events
    .filter((event) => event.ph === 'X' && /RunTask/.test(event.name) && isMain(event))
    .sort((a, b) => a.ts - b.ts)
  const scripted = events.filter((event) => SCRIPTED.has(event.name) && isMain(event)).sort((a, b) => a.ts - b.ts)
  const lengths: number[] = []
  let next = 0
  for (const task of tasks) {
    const endUs = task.ts + (task.dur ?? 0)
    while ((scripted[next]?.ts ?? Number.POSITIVE_INFINITY) < task.ts) next++
    if ((scripted[next]?.ts ?? Number.POSITIVE_INFINITY) < endUs) lengths.push((task.dur ?? 0) / 1_000)
  }
  return lengths
}
