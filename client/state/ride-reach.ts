/** Where and when a cyclist could be with a runner, from what every phone sees alike. */
import { meetsAt, nodeNear, type Roads, rideOnFrom } from '../../shared/dispatch/roads.ts'
import { distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { DETOUR } from '../../shared/geo/meeting/detour.ts'
import { placeOfNode } from '../../shared/geo/meeting/rides.ts'
import type { Progress } from '../../shared/geo/progress/progress.ts'
import type { Helping } from '../../shared/run/helping.ts'
import type { Member } from '../../shared/run/state.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import { progressOf } from './meetings.ts'
import { ageMs, isTooOld } from './place-age.ts'
import { USUAL_RIDE_MPS } from './rough-ride.ts'
import type { RunView } from './run-view.ts'

/** Nobody else's phone knows better how fast somebody rides. */
const RIDES_MPS: Readonly<Record<Helping['kind'], number>> = { bike: USUAL_RIDE_MPS, car: 8, table: 0 }
/** Nearer than this to the paths is on them. */
const ON_PATH_M = 60

/** Somewhere at a moment; along the route where it is known. */
export type At = {
  readonly place: Place
  readonly node: number | null
  readonly atMs: number
  readonly atM: number | null
  readonly rideM: number
}

/** Where they are now; `undefined` when nobody knows, or that is older than two minutes. */
export function standsAt(view: RunView, roads: Roads | null, { memberId }: Member, nowMs: number): At | undefined {
  const place = view.places.get(memberId)
  if (!place || isTooOld(ageMs(place, nowMs))) return undefined
  return { place, node: roads && nodeNear(roads.ways, place), atMs: nowMs, atM: null, rideM: 0 }
}

export type Wanted = { readonly place: Place; readonly progress: Progress | null }

/** `null` when nobody knows where they are, or that is older than two minutes. */
export function wantedAt(view: RunView, runnerId: MemberId, nowMs: number): Wanted | null {
  const place = view.places.get(runnerId)
  return place && !isTooOld(ageMs(place, nowMs)) ? { place, progress: progressOf({ view, nowMs }, runnerId) } : null
}

/** Along the route where that is known, else as the crow flies; `undefined` at a table that they do not pass. */
export function reaches(
  roads: Roads | null,
  { helping }: Member,
  from: { readonly at: At; readonly isAfter: boolean },
  { place, progress }: Wanted,
  notBeforeMs: number,
): At | undefined {
  const rideMps = RIDES_MPS[helping.kind]
  const along = roads && progress && alongRoute(roads, from, rideMps, progress, notBeforeMs)
  return along ?? asTheCrowFlies(from.at, rideMps, place, notBeforeMs)
}

function alongRoute(
  roads: Roads,
  { at: from, isAfter }: { readonly at: At; readonly isAfter: boolean },
  rideMps: number,
  runner: Progress,
  notBeforeMs: number,
): At | undefined {
  if (from.node === null) return undefined
  const awayM = isAfter ? 0 : DETOUR * distanceM(from.place, placeOfNode(roads.ways, from.node))
  const offM = awayM > ON_PATH_M ? awayM : 0
  if (offM > 0 && !(rideMps > 0)) return undefined
  const spot = { node: from.node, atMs: from.atMs + (offM > 0 ? (offM / rideMps) * SECOND_MS : 0) }
  const meeting = meetsAt(roads, isAfter ? rideOnFrom(spot) : spot, rideMps, runner, notBeforeMs)
  if (!meeting) return undefined
  const { node, atMs, atM } = meeting
  const rideM = rideMps > 0 ? offM + (roads.metresFrom(from.node)[node] as number) : 0
  return { place: placeOfNode(roads.ways, node), node, atMs, atM, rideM }
}

function asTheCrowFlies(from: At, rideMps: number, place: Place, notBeforeMs: number): At | undefined {
  const rideM = DETOUR * distanceM(from.place, place)
  if (!(rideMps > 0) && rideM > ON_PATH_M) return undefined
  const rideMs = rideMps > 0 ? (rideM / rideMps) * SECOND_MS : 0
  return { place, node: null, atMs: Math.max(notBeforeMs, from.atMs + rideMs), atM: null, rideM }
}
