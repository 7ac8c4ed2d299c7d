/**
 * When live fixes leave the phone: as often as the server's rhythm says, and just before the run's tick, so that
 * nothing waits there. A message on its own leaves at once.
 */
import type { Rhythm } from '../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../shared/units.ts'
import type { ServerClock } from './server-clock.ts'

/** By the wall: what a busy phone and a busy server may add to the way. */
const LEAD_MS = 40
/** Phones of a run do not all speak in the same millisecond. */
const SPREAD_MS = 8
/** A longer answer was a queue and not the way. */
const WAY_MAX_MS = 500
/** By the wall: whatever the rhythm, and however fast the server's clock goes. */
const APART_MS = 200
/** Before a rhythm is heard. */
const SAMPLE_EVERY_MS = 5 * SECOND_MS

export type LiveSlots = {
  /** A new way to the server: what was known of the old one is not true of it. */
  welcomed(): void
  hear(rhythm: Rhythm): void
  /** An answer took so long, there and back. */
  answered(tookMs: number): void
  /** A message leaves now. */
  left(): void
  /** By the wall, until the next may leave; 0 for one on its own. */
  waitMs(): number
  /** By the server's clock: the next after a fix that is taken now, late enough to be fresh when it leaves. */
  nextFixAtMs(): number
}

export function liveSlots(clock: ServerClock): LiveSlots {
  const spreadMs = SPREAD_MS * Math.random()
  let rhythm: Rhythm | undefined
  let wayMs = 0
  let leftAt: { readonly wallMs: number; readonly serverMs: number } | undefined

  // The phone's clock was set by what came down a way, so it is late by that way: together with the way up, a whole round.
  const leadMs = () => (LEAD_MS + spreadMs + wayMs) * clock.timeScale()

  return {
    welcomed() {
      wayMs = 0
      leftAt = undefined
    },
    hear(next) {
      rhythm = next
    },
    answered(tookMs) {
      if (tookMs < WAY_MAX_MS) wayMs = wayMs === 0 ? tookMs : Math.min(wayMs, tookMs)
    },
    left() {
      leftAt = { wallMs: performance.now(), serverMs: clock.nowMs() }
    },
    waitMs() {
      if (!leftAt) return 0
      const apartMs = leftAt.wallMs + APART_MS - performance.now()
      if (!rhythm) return Math.max(0, apartMs)
      const dueMs = slotAfter(rhythm, leftAt.serverMs, leadMs()) - clock.nowMs()
      return Math.max(0, apartMs, dueMs / clock.timeScale())
    },
    nextFixAtMs() {
      const nowMs = clock.nowMs()
      return rhythm ? slotAfter(rhythm, nowMs, leadMs()) : nowMs + SAMPLE_EVERY_MS
    },
  }
}

/**
 * The moment `leadMs` before a tick that comes one beat of the rhythm after `lastMs`, in whole ticks. Who was a little early
 * or late the last time is not so the next.
 */
export function slotAfter({ fixEveryMs, nextTickAtMs, tickMs }: Rhythm, lastMs: number, leadMs: number): number {
  const firstMs = nextTickAtMs - leadMs
  const ticks = Math.max(1, Math.round(fixEveryMs / tickMs))
  return Math.round(firstMs + (Math.round((lastMs - firstMs) / tickMs) + ticks) * tickMs)
}
