/**
 * What waits to be pushed by this node. A slow push service keeps nobody waiting but those who are pushed to through it:
 * each has a lane of its own, and all of them together an end.
 */
import type { PushSubscriptionGiven } from '../../shared/run/push.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { endpointTrouble } from '../core/push-endpoint.ts'
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
type Waiting = {
  readonly job: PushJob
  /** How often its service was asked. */
  readonly times: number
  /** By `performance.now`: from then on it says nothing true any more. */
  readonly untilMs: number
}
type Lane = { sending: number; readonly waiting: Waiting[] }

export function pushQueueOf(
  send: PushSender,
  tally: Counted,
  { mayBeLoopback = false, againAfterMs = AGAIN_AFTER_MS }: { mayBeLoopback?: boolean; againAfterMs?: number[] } = {},
): PushQueue {
  const lanes = new Map<string, Lane>()
  /** Asked for again in a while: their places in the lanes are free meanwhile, and they count as waiting. */
  const paused = new Map<Waiting, NodeJS.Timeout>()
  let waitingCount = 0
  let isClosed = false

  function add(job: PushJob): void {
    if (isClosed) return
    // PU5: what was let in under other settings goes nowhere under these.
    if (endpointTrouble(job.subscription.endpoint, mayBeLoopback)) {
      tally.pushesFailed++
      return
    }
    if (waitingCount >= WAITING_MAX && !(job.isFirst && dropOne())) {
      tally.pushesDropped++
      return
    }
    waitingCount++
    enter({ job, times: 0, untilMs: performance.now() + job.ttlMs })
  }

  function enter(waiting: Waiting): void {
    const name = new URL(waiting.job.subscription.endpoint).host
    const lane = lanes.get(name) ?? { sending: 0, waiting: [] }
    lanes.set(name, lane)
    if (waiting.job.isFirst) lane.waiting.unshift(waiting)
    else lane.waiting.push(waiting)
    next(name, lane)
  }

  /** Whoever has waited longest for something that is no call for help. */
  function dropOne(): boolean {
    for (const { waiting } of lanes.values()) {
      const at = waiting.findIndex(({ job }) => !job.isFirst)
      if (at < 0) continue
      waiting.splice(at, 1)
      return dropped()
    }
    for (const [waiting, timer] of paused) {
      if (waiting.job.isFirst) continue
      clearTimeout(timer)
      paused.delete(waiting)
      return dropped()
    }
    return false
  }

  function dropped(): true {
    waitingCount--
    tally.pushesDropped++
    return true
  }

  function next(name: string, lane: Lane): void {
    while (lane.sending < SENT_AT_ONCE) {
      const waiting = lane.waiting.shift()
      if (!waiting) break
      waitingCount--
      lane.sending++
      void sent(waiting).finally(() => {
        lane.sending--
        next(name, lane)
      })
    }
    if (lane.sending === 0) lanes.delete(name)
  }

  async function sent(waiting: Waiting): Promise<void> {
    const { job, untilMs } = waiting
    const leftMs = untilMs - performance.now()
    if (leftMs <= 0) {
      tally.pushesFailed++
      return
    }
    const pushed = await send(job.subscription, job.body, { ...job, ttlMs: leftMs }).catch(() => 'later' as const)
    if (pushed === 'sent') tally.pushesSent++
    if (pushed === 'refused') tally.pushesFailed++
    if (pushed === 'gone') {
      tally.pushesGone++
      job.onGone()
    }
    if (pushed === 'later') later(waiting)
  }

  function later(waiting: Waiting): void {
    const afterMs = againAfterMs[waiting.times]
    if (isClosed || afterMs === undefined || performance.now() + afterMs > waiting.untilMs) {
      tally.pushesFailed++
      return
    }
    waitingCount++
    const again = { ...waiting, times: waiting.times + 1 }
    const timer = setTimeout(() => {
      paused.delete(again)
      enter(again)
    }, afterMs)
    paused.set(again, timer)
  }

  return {
    mayBeLoopback,
    add,
    close() {
      isClosed = true
      for (const timer of paused.values()) clearTimeout(timer)
      for (const { waiting } of lanes.values()) waiting.length = 0
      lanes.clear()
    },
  }
}
