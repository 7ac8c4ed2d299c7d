/**
 * What a node leaves out when it has more to do than it can: first detail of large overviews, then frames. Never a command, a fact, a
 * fix or a receipt. How late its ticks are says how much it has to do; nothing else is asked.
 */
import { SECOND_MS } from '../../shared/units.ts'

/** A tick that is later than this has waited for work that should have been done. */
const LATE_MS = 150
const CALM_MS = 30
/** It must last: one long garbage collection is no overload. */
const RAISE_AFTER_MS = 2 * SECOND_MS
const LOWER_AFTER_MS = 5 * SECOND_MS

const levels = [
  { turnsTimes: 1, everyTimes: 1 },
  { turnsTimes: 4, everyTimes: 1 },
  { turnsTimes: 4, everyTimes: 2 },
  { turnsTimes: 4, everyTimes: 4 },
] as const

export type Load = {
  /** 0 nothing is left out, 1 detail of overviews, 2 every other frame, 3 three frames of four. */
  readonly level: number
  /** Since when ticks have been late, or calm, without a break. */
  readonly lateSinceMs: number | null
  readonly calmSinceMs: number | null
}

export const noLoad: Load = { level: 0, lateSinceMs: null, calmSinceMs: null }

/** LD1-LD3: after a tick that began `lateMs` after its time. One level a while up, and one a longer while down. */
export function loadAfter({ level, lateSinceMs, calmSinceMs }: Load, lateMs: number, nowMs: number): Load {
  const late = lateMs > LATE_MS ? (lateSinceMs ?? nowMs) : null
  const calm = lateMs < CALM_MS ? (calmSinceMs ?? nowMs) : null
  if (late !== null && nowMs - late >= RAISE_AFTER_MS && level < levels.length - 1)
    return { level: level + 1, lateSinceMs: nowMs, calmSinceMs: null }
  if (calm !== null && nowMs - calm >= LOWER_AFTER_MS && level > 0)
    return { level: level - 1, lateSinceMs: null, calmSinceMs: nowMs }
  return { level, lateSinceMs: late, calmSinceMs: calm }
}

/** How many times fewer places of a large overview a frame holds, and how many times fewer frames there are. */
export const shedding = (level: number) => levels[level] ?? levels[0]
