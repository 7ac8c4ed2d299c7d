import type { Fix, Place } from '../../../shared/geo/fix.ts'
import type { NamedPoint } from '../../../shared/geo/named-points.ts'
import type { RouteLine } from '../../../shared/geo/route.ts'

/** Runners and cyclists by their number in the world. */
export type Claim = {
  readonly runner: number
  /** What the runner was told when the request was claimed; null at that moment itself. */
  readonly promisedAtMs: number | null
}

export type Visit = {
  readonly runner: number
  readonly place: Place
  readonly atMs: number
  /** Said to hold nine times in ten, if anything is said. */
  readonly rangeMs?: readonly [earliestMs: number, latestMs: number]
}

/** What is judged: it hears fixes as they arrive, and says in which order, where and when a cyclist meets those it has claimed. */
export type Estimator = {
  hear(member: number, fix: Fix): void
  visits(cyclist: number, claims: readonly Claim[], nowMs: number): readonly Visit[]
}

export type EstimatorFactory = (line: RouteLine, namedPoints: readonly NamedPoint[]) => Estimator
