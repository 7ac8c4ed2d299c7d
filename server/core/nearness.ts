import { distanceM } from '../../shared/geo/distance.ts'
import { isHelper, takesPart } from '../../shared/run/roles.ts'
import type { RunState } from '../../shared/run/state.ts'
import { KM_M, type MemberId } from '../../shared/units.ts'
import type { World } from './decision.ts'

const ALARM_REACH_M = KM_M
const TOLD_MAX = 50

/** Rounded to 10 m: a journal keeps roughly how far, not where. `null` when a place is unknown. */
export function distanceBetween(placeOf: World['placeOf'], a: MemberId, b: MemberId): number | null {
  const from = placeOf(a)
  const to = placeOf(b)
  return from && to ? Math.round(distanceM(from, to) / 10) * 10 : null
}

/**
 * AL2: who is near enough to run over, nearest first, then whoever was told before; helpers are told
 * anyway, wherever they are.
 */
export function withinReach(
  run: RunState,
  placeOf: World['placeOf'],
  ofId: MemberId,
  toldIds: readonly MemberId[] = [],
): MemberId[] {
  const near = nearTo(run, placeOf, ofId)
  return [...new Set([...near, ...toldIds])].slice(0, TOLD_MAX)
}

function nearTo(run: RunState, placeOf: World['placeOf'], ofId: MemberId): MemberId[] {
  const here = placeOf(ofId)
  if (!here) return []
  const near: { memberId: MemberId; distanceM: number }[] = []
  for (const { memberId, role, status } of run.members.values()) {
    if (memberId === ofId || !takesPart(role) || isHelper(role) || status === 'removed') continue
    const place = placeOf(memberId)
    if (!place) continue
    const away = distanceM(here, place)
    if (away <= ALARM_REACH_M) near.push({ memberId, distanceM: away })
  }
  return near.sort((a, b) => a.distanceM - b.distanceM).map(({ memberId }) => memberId)
}
