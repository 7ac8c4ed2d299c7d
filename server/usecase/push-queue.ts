/**
 * What waits to be pushed by this node. A slow push service keeps nobody waiting but those who are pushed to through it:
 * each has a lane of its own, and all of them together an end.
 */
import type { PushSubscriptionGiven } from '../../shared/run/push.ts'
import { SECOND_MS } from '../../shared/units.ts'
import type { Tally } from './tally.ts'

const SENT_AT_ONCE = 16
export const WAITING_MAX = 5_000
const AGAIN_AFTER_MS = [SECOND_MS, 5 * SECOND_MS, 20 * SECOND_MS]

export type PushOptions = {
  readonly ttlMs: number
  readonly isUrgent: boolean
  /** A later one of the same takes its place where it still waits. */
  readonly replaces: string
}

/** `gone`: nobody is there any more. `later`: try again. `refused`: it would be so again. */
export type Pushed = 'sent' | 'gone' | 'later' | 'refused'

export type PushJob = PushOptions & {
  readonly subscription: PushSubscriptionGiven
  readonly body: string
  /** Goes before others, and is not given up for them. */
  readonly isFirst: boolean
  readonly onGone: () => void
}

export type PushQueue = {
  readonly mayBeLoopback: boolean
  add(job: PushJob): void
  close(): void
}

export type PushSender = (subscription: PushSubscriptionGiven, body: string, options: PushOptions) => Promise<Pushed>

type Counted = Pick<Tally, 'pushesSent' | 'pushesFailed' | 'pushesDropped' | 'pushesGone'>
type Lane = { sending: number; readonly waiting: PushJob[] }

export function pushQueueOf(
  send: PushSender,
  tally: Counted,
  { mayBeLoopback = false, againAfterMs = AGAIN_AFTER_MS }: { mayBeLoopback?: boolean; againAfterMs?: number[] } = {},
): PushQueue {
  const lanes = new Map<string, Lane>()
  const timers = new Set<NodeJS.Timeout>()
  let waitingCount = 0
  let isClosed = false

  function add(job: PushJob): void {
    if (isClosed) return
    if (waitingCount >= WAITING_MAX && !(job.isFirst && dropOne())) {
      tally.pushesDropped++
      return
    }
    const name = new URL(job.subscription.endpoint).host
    const lane = lanes.get(name) ?? { sending: 0, waiting: [] }
    lanes.set(name, lane)
    waitingCount++
    if (job.isFirst) lane.waiting.unshift(job)
    else lane.waiting.push(job)
    next(name, lane)
  }

  /** Whoever has waited longest for something that is no call for help. */
  function dropOne(): boolean {
    for (const { waiting } of lanes.values()) {
      const at = waiting.findIndex(({ isFirst }) => !isFirst)
      if (at < 0) continue
      waiting.splice(at, 1)
      waitingCount--
      tally.pushesDropped++
      return true
    }
    return false
  }

  function next(name: string, lane: Lane): void {
    while (lane.sending < SENT_AT_ONCE) {
      const job = lane.waiting.shift()
      if (!job) break
      waitingCount--
      lane.sending++
      void sent(job).finally(() => {
        lane.sending--
        next(name, lane)
      })
    }
    if (lane.sending === 0) lanes.delete(name)
  }

  async function sent(job: PushJob, times = 0, sinceMs = performance.now()): Promise<void> {
    const pushed = await send(job.subscription, job.body, job).catch(() => 'later' as const)
    if (pushed === 'sent') tally.pushesSent++
    if (pushed === 'refused') tally.pushesFailed++
    if (pushed === 'gone') {
      tally.pushesGone++
      job.onGone()
    }
    if (pushed !== 'later') return
    const afterMs = againAfterMs[times]
    if (isClosed || afterMs === undefined || performance.now() + afterMs - sinceMs > job.ttlMs) {
      tally.pushesFailed++
      return
    }
    // Its place in the lane is free meanwhile: who waits for a service that fails holds nobody up.
    const timer = setTimeout(() => {
      timers.delete(timer)
      void sent(job, times + 1, sinceMs)
    }, afterMs)
    timers.add(timer)
  }

  return {
    mayBeLoopback,
    add,
    close() {
      isClosed = true
      for (const timer of timers) clearTimeout(timer)
      lanes.clear()
    },
  }
}
