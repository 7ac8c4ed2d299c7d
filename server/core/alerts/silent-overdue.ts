import { distanceM } from '../../../shared/geo/distance.ts'
import { type GroupId, KM_M, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { lasting, type Verdict } from './lasting.ts'
import type { Lookout, Watched } from './lookout.ts'
import { isHeldBack, silenceLimitMs, silentMs } from './silence.ts'

/** In frost phones die, and silence alone says less: there `no-contact` lists them early, and the sound waits. */
export const silentAfterMs = (heat: string): number => (heat === 'frost' ? 10 : 5) * MINUTE_MS
/** Seen, or handed something, after their phone fell silent: known to be well, and to have no phone. */
const SEEN_FACTOR = 3
const SEEN_LATER_MS = 30 * SECOND_MS
/** A place they should have come to, and whoever runs with them. */
const NEXT_M = 300
const LATE_FACTOR = 1.5
/** Late by this at a place 500 m on, whatever the others do. */
const LATE_M = 500
const LATE_MS = 10 * MINUTE_MS
const SLOWEST_MPS = 0.8
/** Without a route: the others have gone so far away. */
const AWAY_M = KM_M
const AWAY_AFTER_MS = 10 * MINUTE_MS

/**
 * AT23: nothing heard of them, and half of the others have passed a place where they should have been seen. Once it is told it holds until
 * they are heard.
 */
export const silentOverdue = lasting(
  { rule: 'silent-overdue', raisedAfterMs: 0, overAfterMs: 0, leastCount: 1 },
  (lookout) => {
    const { scene, watched } = lookout
    const isHeld = isHeldBack(lookout)
    const afterMs = silentAfterMs(scene.run.head.heat)
    const verdicts: Verdict[] = []
    for (const one of watched) {
      const { memberId, role } = one.member
      if (role === 'cyclist') continue
      const isSeen = one.heardAtMs > one.fix.takenAtMs + SEEN_LATER_MS
      const limitMs = isSeen ? SEEN_FACTOR * afterMs : afterMs
      const isOpen = openAlert(scene.run, 'silent-overdue', memberId) !== undefined
      // AT5: whatever this node could hear, it ends when they are heard.
      const silent = isOpen ? scene.nowMs - one.heardAtMs : silentMs(one.heardAtMs, lookout)
      const isLong = silent >= limitMs && silent >= silenceLimitMs(one, lookout, limitMs)
      const isSilent = isLong && !one.isDark && !one.hasArrived
      if (!isSilent && !isOpen) continue
      const holds = isSilent && (isOpen || (!isHeld && isOverdue(one, lookout)))
      const value = Math.floor(silent / MINUTE_MS)
      verdicts.push({ memberId, holds, atMs: scene.nowMs, sinceMs: one.heardAtMs, value })
    }
    return verdicts
  },
)

function isOverdue(one: Watched, lookout: Lookout): boolean {
  const { scene, lengthM } = lookout
  const sinceMs = scene.nowMs - one.heardAtMs
  const fromM = lastAtM(one)
  if (fromM === null || lengthM === null)
    return (
      sinceMs >= AWAY_AFTER_MS && isMost(othersOf(one, lookout).heard, ({ fix }) => distanceM(fix, one.fix) > AWAY_M)
    )
  const paceMps = Math.max(SLOWEST_MPS, one.progress?.forecastMps ?? 0)
  const dueAfterMs = (aheadM: number) => (aheadM / paceMps) * SECOND_MS
  const nextM = Math.min(NEXT_M, lengthM - fromM)
  if (sinceMs < LATE_FACTOR * dueAfterMs(nextM)) return false
  if (sinceMs >= dueAfterMs(LATE_M) + LATE_MS) return true
  const { middleM } = othersOf(one, lookout)
  return middleM !== null && middleM >= fromM + nextM
}

/** `middleM`: half of those whose place is sure have come so far; `null` of none. */
type Others = { readonly heard: readonly Watched[]; readonly middleM: number | null }

// Only saves work: in a large run hundreds may be silent, who run with the same others.
const known = new WeakMap<Lookout, Map<GroupId | null, Others>>()

/** Who runs with them and is heard, which they are not: of their group, else of the run, else whoever there is. */
function othersOf({ member: { groupId } }: Watched, lookout: Lookout): Others {
  const ofGroups = known.get(lookout) ?? new Map<GroupId | null, Others>()
  known.set(lookout, ofGroups)
  const before = ofGroups.get(groupId)
  if (before) return before
  const { runners, watched } = lookout
  const all = runners.filter(({ isFresh }) => isFresh)
  const mates = all.filter(({ member }) => member.groupId === groupId)
  const heard = mates.length > 0 ? mates : all.length > 0 ? all : watched.filter(({ isFresh }) => isFresh)
  const atM = heard.flatMap(({ isAtM }) => isAtM ?? []).sort((a, b) => a - b)
  const others = { heard, middleM: atM[Math.floor(atM.length / 2)] ?? null }
  ofGroups.set(groupId, others)
  return others
}

/** Where they were seen, when somebody has seen them since their last fix. */
function lastAtM({ member: { seen }, fix, wasAtM }: Watched): number | null {
  return seen && seen.atMs > fix.takenAtMs && seen.atM !== null ? seen.atM : wasAtM
}

const isMost = (others: readonly Watched[], is: (one: Watched) => boolean): boolean =>
  others.length > 0 && others.filter(is).length * 2 >= others.length
