import { distanceM } from '../../shared/geo/distance.ts'
import { isOut } from '../../shared/run/questions.ts'
import { isHelper, takesPart } from '../../shared/run/roles.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import { KM_M, type MemberId } from '../../shared/units.ts'
import type { World } from './decision.ts'
import { seesMember } from './visibility.ts'

const ALARM_REACH_M = KM_M
const TOLD_MAX = 50
/** Of a wish that no cyclist can bring: enough for a bottle, and no crowd is disturbed. */
const HANDS_MAX = 5

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

/** RQ19: the few nearest of those out who see the author, nearest first; helpers see it anyway. */
export function nearestHands(run: RunState, placeOf: World['placeOf'], author: Member): MemberId[] {
  const isThere = (memberId: MemberId) => {
    const member = run.members.get(memberId)
    return member !== undefined && isOut(member) && seesMember(member, author)
  }
  return nearTo(run, placeOf, author.memberId).filter(isThere).slice(0, HANDS_MAX)
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
