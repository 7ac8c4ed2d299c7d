/** Who of those out is heard, who was seen, and of whom nobody knows; and the list a coach or a back marker ticks. */
import { isCounted, mayCount, mayCountGroup } from '../../shared/run/head-count.ts'
import { isOut } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Group, Member } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { onceALook } from './once-a-look.ts'
import { me, membersOf } from './people.ts'
import { ageMs, isTooOld } from './place-age.ts'
import type { RunView } from './run-view.ts'
import { waitingOf } from './waiting.ts'

export type HeadCount = {
  /** When the last head count began; `null` when there was none yet. */
  readonly sinceMs: number | null
  /** Of those out: with a place newer than two minutes, or the one who reads this. */
  readonly heard: readonly Member[]
  /** Not heard, and seen since the head count began; without one in the last 15 minutes. */
  readonly seen: readonly Member[]
  readonly unseen: readonly Member[]
  /** Of the guests who are out. */
  readonly guestsSeen: number
  readonly guestsUnseen: number
}

export const headCount = onceALook((view, nowMs): HeadCount => {
  const { run } = view
  const [heard, seen, unseen]: [Member[], Member[], Member[]] = [[], [], []]
  for (const member of membersOf(view).filter(isOut)) {
    if (isHeard(view, member, nowMs)) heard.push(member)
    else if (isCounted(run, member, nowMs)) seen.push(member)
    else unseen.push(member)
  }
  let [guestsSeen, guestsUnseen] = [0, 0]
  for (const guests of run.guests.values()) {
    const out = Math.max(0, guests.count - guests.accountedCount)
    const seenCount = isCounted(run, guests, nowMs) ? Math.min(out, guests.seen?.count ?? 0) : 0
    guestsSeen += seenCount
    guestsUnseen += out - seenCount
  }
  return { sinceMs: run.head.headCountSinceMs, heard, seen, unseen, guestsSeen, guestsUnseen }
})

/** Whoever reads this is there. */
export function isHeard(view: RunView, { memberId }: Member, nowMs: number): boolean {
  const place = view.places.get(memberId)
  return memberId === view.myId || (place !== undefined && !isTooOld(ageMs(place, nowMs)))
}

export type Tick = {
  readonly member: Member
  /** In this head count: in this lap, when a coach begins one at each. */
  readonly isTicked: boolean
  /** Tapped on this phone, and not answered yet. */
  readonly isOnItsWay: boolean
}

export type Roster = { readonly ticks: readonly Tick[]; readonly tickedCount: number }

/**
 * Whom I may tick, by number: those of my groups, else of my own group, else all. Also who has not set out by their phone, since
 * children carry none; not who is in.
 */
export function rosterOf(view: RunView, nowMs: number): Roster {
  const mine = me(view)
  const groupIds = new Set(groupsICount(view).map(({ groupId }) => groupId))
  const isMine = ({ groupId }: Member) =>
    groupIds.size > 0 && mine?.role !== 'leader'
      ? groupId !== null && groupIds.has(groupId)
      : mine?.groupId == null || mine.groupId === groupId
  const onTheirWay = new Set<MemberId>(waitingOf(view, 'see-members').flatMap(({ memberIds }) => memberIds))
  const ticks = membersOf(view)
    .filter(({ memberId, role, status }) => takesPart(role) && status !== 'stopped' && memberId !== view.myId)
    .filter(isMine)
    .map((member) => ({
      member,
      isTicked: isCounted(view.run, member, nowMs),
      isOnItsWay: onTheirWay.has(member.memberId),
    }))
  return { ticks, tickedCount: ticks.filter(({ isTicked }) => isTicked).length }
}

/** Whether this seat may say "seen here". */
export function mayICount(view: RunView): boolean {
  const mine = me(view)
  return mine !== undefined && view.run.head.phase !== 'ended' && mayCount(view.run, mine)
}

/** The groups of which I may say that all are here. */
export function groupsICount(view: RunView): Group[] {
  const mine = me(view)
  return mine ? [...view.run.groups.values()].filter((group) => mayCountGroup(mine, group)) : []
}

/** Two friends need no head count, no groups and no place to meet at. Of a run with groups one may see no more than two. */
export function isCrowd({ run }: RunView): boolean {
  let count = 0
  for (const { role, status } of run.members.values()) if (takesPart(role) && status !== 'removed') count++
  return count > 2 || run.guests.size > 0 || run.groups.size > 0
}
