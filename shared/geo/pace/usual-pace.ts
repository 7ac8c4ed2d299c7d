/** The pace to forecast with: of the last 5 to 10 minutes of moving, so that pauses and sprints hardly change it. */

export type UsualPace = {
  readonly speedMps: number
  /** Mean square of how far the speed of single stretches is from it. */
  readonly swingM2ps2: number
  /** Moving time it rests on. */
  readonly learnedMs: number
}

/** What a runner does, until this one has shown more. It counts as much as a minute of moving. */
export const unknownPace: UsualPace = { speedMps: 2.5, swingM2ps2: 0.5, learnedMs: 60_000 }

const MEMORY_MS = 420_000
/** What nobody can know of the next minutes: wind, hills, company. A share of the pace. */
const UNFORESEEN_SHARE = 0.04

/** The pace after a stretch of moving. Method: exponential averages over moving time. */
export function paceAfter(pace: UsualPace, metres: number, tookMs: number): UsualPace {
  if (tookMs <= 0) return pace
  const learnedMs = Math.min(MEMORY_MS, pace.learnedMs + tookMs)
  const share = Math.min(1, tookMs / learnedMs)
  const offMps = (metres / tookMs) * 1_000 - pace.speedMps
  return {
    speedMps: pace.speedMps + share * offMps,
    swingM2ps2: (1 - share) * (pace.swingM2ps2 + share * offMps ** 2),
    learnedMs,
  }
}

/** One standard deviation of the mean pace of the next minutes of moving, in m/s. */
export function paceSpreadMps({ speedMps, swingM2ps2, learnedMs }: UsualPace): number {
  const stretches = Math.max(1, learnedMs / 80_000)
  return Math.sqrt((2 * swingM2ps2) / stretches + (UNFORESEEN_SHARE * speedMps) ** 2)
}
