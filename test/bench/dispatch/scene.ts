/** What a rule is told, and what it answers. */
import type { RoadSpot, Roads } from '../../../shared/dispatch/roads.ts'
import type { Progress } from '../../../shared/geo/progress/progress.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import type { PieceKind, PlannedNeed } from './scenarios.ts'

export type Need = PlannedNeed & {
  readonly no: number
  /** By the cyclist's number. */
  claimedBy: number | null
  servedAtS: number | null
}

export type Cyclist = {
  readonly no: number
  readonly rideMps: number
  readonly stock: Record<PieceKind, number>
  /** Where it is: at or on the way to this node, with so much still to ride. */
  node: number
  fromNode: number
  leftM: number
  standsS: number
  isRefilling: boolean
  /** Seconds until it taps. */
  thumbS: number | null
  rodeM: number
}

/** What every rule knows: the same people, places, pace, pieces and meetings. */
export type Scene = {
  readonly nowMs: number
  readonly roads: Roads
  /** Asked for and not served. */
  readonly needs: readonly Need[]
  /** By plan within minutes, and not asked for yet. Nobody is given anything before they ask. */
  readonly dueSoon: readonly Need[]
  /** Not refilling. */
  readonly cyclists: readonly Cyclist[]
  readonly runnerOf: (need: Need) => Progress
}

/** For each cyclist by number, the needs to go to, in order. What one has claimed must stay with them. */
export type Rule = (scene: Scene) => ReadonlyMap<number, readonly Need[]>

export type Outcome = {
  /** Of each need, in seconds from asking to the hand-over. */
  readonly waitsS: readonly number[]
  readonly unserved: number
  readonly rodeM: number
}

/** Where a cyclist can set off from, and when. */
export function startOf({ node, leftM, rideMps, standsS }: Cyclist, nowMs: number): RoadSpot {
  return { node, atMs: nowMs + (standsS + leftM / rideMps) * SECOND_MS }
}
