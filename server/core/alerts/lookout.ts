/** What all rules look at: the scene, and of everybody watched what is asked again and again. */
import type { Fix } from '../../../shared/geo/fix.ts'
import type { PlaceProgress } from '../../../shared/geo/progress/place-progress.ts'
import { isOut, isSharing } from '../../../shared/run/questions.ts'
import type { Member, RunState } from '../../../shared/run/state.ts'
import { type GroupId, type MemberId, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { sureAtM } from '../watch/reach.ts'
import type { Scene } from '../watch/scene.ts'

/** Whose fix is older says nothing about now. */
const HEARD_WITHIN_MS = 2 * MINUTE_MS
/** Beyond that they may have turned, or stand. */
const CARRIED_ON_MS = 30 * SECOND_MS
/** So near the end of the route they have arrived, and may do as they like. */
const ARRIVED_M = 100
/** A page sends its last place as it goes dark, and screens are looked after each second. */
const LAST_PLACE_MS = 5 * SECOND_MS

/** Somebody out who shares their place, of whom there is one. */
export type Watched = {
  readonly member: Member
  readonly fix: Fix
  /** Of the fix. */
  readonly ageMs: number
  /** When they were last known to be well: their fix, something handed to them, asked by them, or somebody saw them. */
  readonly heardAtMs: number
  readonly progress: PlaceProgress | null
  /** Metres along the route when the fix was taken, and now; `null` when that is not sure. */
  readonly wasAtM: number | null
  readonly isAtM: number | null
  readonly isFresh: boolean
  readonly hasArrived: boolean
  /**
   * AT15: their screen went dark, and with it the places stopped, as they do in a page: neither silence nor a dead phone. Who locates on
   * in the dark does so in an app, and falls silent later than that.
   */
  readonly isDark: boolean
}

export type Lookout = {
  readonly scene: Scene
  readonly watched: readonly Watched[]
  /** Those who run and do not pause, leaders too. */
  readonly runners: readonly Watched[]
  /** Of the route. */
  readonly lengthM: number | null
  /** Since when this node could have heard everybody: what it could not hear is no silence. */
  readonly hearsSinceMs: number
}

/** O(members + requests + hand-overs). */
export function lookoutOf(scene: Scene, hearsSinceMs: number): Lookout {
  const { run } = scene
  const lengthM = run.head.route?.lengthM ?? null
  const metAtMs = metAtMsOf(run)
  const watched: Watched[] = []
  for (const member of run.members.values()) {
    const one = isOut(member) && isSharing(member) ? watchedAs(scene, member, lengthM, metAtMs) : undefined
    if (one) watched.push(one)
  }
  const runners = watched.filter(({ member }) => member.role !== 'cyclist' && member.status === 'out')
  return { scene, watched, runners, lengthM, hearsSinceMs }
}

function watchedAs(
  { nowMs, fixOf, progressOf, darkForMs }: Scene,
  member: Member,
  lengthM: number | null,
  metAtMs: ReadonlyMap<MemberId, number>,
): Watched | undefined {
  const { memberId, windows, seen, trackerIds } = member
  const fix = fixOf(memberId)
  // AT13: nobody is silent before their first fix; one from before they stopped and came back is none.
  if (!fix || fix.takenAtMs < (windows.at(-1)?.fromMs ?? 0)) return undefined
  const progress = progressOf(memberId)
  const ageMs = Math.max(0, nowMs - fix.takenAtMs)
  const darkMs = trackerIds.length === 0 ? darkForMs(memberId) : null
  const wasAtM = sureAtM(progress)
  const onM = ((progress?.speedMps ?? 0) * Math.min(ageMs, CARRIED_ON_MS)) / SECOND_MS
  return {
    member,
    fix,
    ageMs,
    heardAtMs: Math.max(fix.takenAtMs, metAtMs.get(memberId) ?? 0, seen?.atMs ?? 0),
    progress,
    wasAtM,
    isAtM: wasAtM === null ? null : wasAtM + onM,
    isFresh: ageMs <= HEARD_WITHIN_MS,
    hasArrived: lengthM !== null && wasAtM !== null && wasAtM >= lengthM - ARRIVED_M,
    isDark: darkMs !== null && ageMs >= darkMs - LAST_PLACE_MS,
  }
}

/** When somebody last asked for something, or was given it. */
function metAtMsOf({ requests, handOvers }: RunState): ReadonlyMap<MemberId, number> {
  const met = new Map<MemberId, number>()
  const note = (memberId: MemberId, atMs: number) => met.set(memberId, Math.max(met.get(memberId) ?? 0, atMs))
  for (const { runnerId, raisedAtMs } of requests.values()) note(runnerId, raisedAtMs)
  for (const { runnerId, atMs } of handOvers.values()) note(runnerId, atMs)
  return met
}

export function byGroup(all: readonly Watched[]): ReadonlyMap<GroupId | null, readonly Watched[]> {
  const groups = new Map<GroupId | null, Watched[]>()
  for (const one of all) {
    const { groupId } = one.member
    const group = groups.get(groupId)
    if (group) group.push(one)
    else groups.set(groupId, [one])
  }
  return groups
}

/** Fewer are not "everybody". */
const MOST_AT_LEAST = 4
const MOST_SHARE = 0.6

/** AT16: the groups most of whom do the same: then the plan has changed, and nobody has lost their way. */
export function groupsThat(all: readonly Watched[], is: (one: Watched) => boolean): ReadonlySet<GroupId | null> {
  const counts = new Map<GroupId | null, number>()
  for (const one of all) if (is(one)) counts.set(one.member.groupId, (counts.get(one.member.groupId) ?? 0) + 1)
  const groups = new Set<GroupId | null>()
  for (const [groupId, count] of counts) {
    if (count < MOST_AT_LEAST) continue
    const size = all.filter(({ member }) => member.groupId === groupId).length
    if (count >= MOST_SHARE * size) groups.add(groupId)
  }
  return groups
}
