/**
 * How often the places of a large audience are told: near ones in each frame, others in turn, far ones seldom. What is near is asked of
 * a neighbourhood that many readers share, so that they can share its frames.
 */
import { distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'

/** From so many places on. A smaller audience is told all in each frame. */
export const OVERVIEW_FROM = 200

/** Some 2 km at our latitudes. */
const CELL_DEG = { latitude: 0.02, longitude: 0.03 }
/** Whoever is this far out of the middle, in cells, belongs to another one: more than half, so that nobody goes to and fro. */
const LEAVES_AT = 0.75
const NEAR_M = 3_000
const FAR_M = 8_000
/** From so many places on near ones take turns too: a leader of thousands stands among most of them. */
const CROWD_FROM = 2_000
const TURNS = { near: 1, nearInCrowd: 2, other: 6, far: 15 }

/** The middle of the reader's neighbourhood: the same as before for as long as that will do. */
export function neighbourhood({ latitudeDeg, longitudeDeg }: Place, before: Place | undefined): Place {
  if (before) {
    const isIn =
      Math.abs(latitudeDeg - before.latitudeDeg) < LEAVES_AT * CELL_DEG.latitude &&
      Math.abs(longitudeDeg - before.longitudeDeg) < LEAVES_AT * CELL_DEG.longitude
    if (isIn) return before
  }
  return {
    latitudeDeg: middleOf(latitudeDeg, CELL_DEG.latitude),
    longitudeDeg: middleOf(longitudeDeg, CELL_DEG.longitude),
  }
}

/** LN5, LN11: in how many ticks a place is told once to an audience of so many. Whoever has no place has no neighbourhood. */
export function turnsOf(place: Place, middle: Place | undefined, placeCount: number): number {
  if (!middle) return TURNS.other
  const awayM = distanceM(middle, place)
  const near = placeCount < CROWD_FROM ? TURNS.near : TURNS.nearInCrowd
  return awayM <= NEAR_M ? near : awayM <= FAR_M ? TURNS.other : TURNS.far
}

const middleOf = (deg: number, cellDeg: number): number => (Math.floor(deg / cellDeg) + 0.5) * cellDeg
