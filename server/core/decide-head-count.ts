/** "Seen here": who was counted, by whom, when and where. A list of ticks costs nobody anything, and is undone by nothing. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import { isCounted, mayCount, mayCountGroup } from '../../shared/run/head-count.ts'
import { isOut } from '../../shared/run/questions.ts'
import type { Guests, Member, RunState } from '../../shared/run/state.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { type Asked, accept, type Decision } from './decision.ts'
import { participantSeenBy } from './participant.ts'
import { seesGuests } from './visibility.ts'

type HeadCountWish = Extract<
  Command,
  { type: 'begin-head-count' | 'see-members' | 'see-group' | 'see-number' | 'see-guests' }
>

/** Two taps within it are one; after it they are another lap. */
const TWICE_WITHIN_MS = MINUTE_MS
/** The way through the network takes no longer; what takes longer was tapped without one. */
const LATE_MS = MINUTE_MS
/** No phone knows better where it is. */
const ROUNDED_TO_M = 10

export function decideHeadCount(wish: HeadCountWish, asked: Asked): Decision {
  const { run, by, world } = asked
  const may = wish.type === 'begin-head-count' ? by.role === 'leader' : mayCount(run, by)
  if (!may) return refuse('not-for-your-role') // HC1
  if (run.head.phase === 'ended') return refuse('run-has-ended')
  switch (wish.type) {
    case 'begin-head-count': {
      const sinceMs = run.head.headCountSinceMs ?? Number.NEGATIVE_INFINITY
      return world.nowMs - sinceMs < TWICE_WITHIN_MS ? accept() : accept({ type: 'head-count-begun' }) // HC2
    }
    case 'see-members': {
      const members = wish.memberIds.flatMap((memberId) => participantSeenBy(run, by, memberId) ?? [])
      if (members.length < wish.memberIds.length) return refuse('no-such-thing', { field: 'command.memberIds' }) // HC3
      return membersSeen(members, wish, asked)
    }
    case 'see-group': {
      const group = run.groups.get(wish.groupId)
      if (!group) return refuse('no-such-thing', { field: 'command.groupId' })
      if (!mayCountGroup(by, group)) return refuse('not-for-your-role') // HC1
      const isMissed = (member: Member) =>
        member.groupId === wish.groupId && isOut(member) && !isCounted(run, member, world.nowMs)
      const missed = [...run.members.values()].filter(isMissed).sort((a, b) => a.memberNo - b.memberNo)
      return membersSeen(missed, wish, asked) // HC5
    }
    case 'see-number':
      return numberSeen(wish, asked)
    case 'see-guests': {
      const guests = seesGuests(by) ? run.guests.get(wish.guestsId) : undefined
      if (!guests) return refuse('no-such-thing', { field: 'command.guestsId' })
      return guestsSeen(guests, wish.count, wish, asked)
    }
  }
}

type Tapped = { readonly seenAtMs?: number | undefined }

/** HC16: not before the run began, nor in the future; nothing when it has just been tapped. */
function toldLate({ seenAtMs }: Tapped, { run, world }: Asked): { readonly seenAtMs?: number } {
  const atMs = Math.max(seenAtMs ?? world.nowMs, run.head.startedAtMs ?? Number.NEGATIVE_INFINITY)
  return world.nowMs - atMs > LATE_MS ? { seenAtMs: atMs } : {}
}

function membersSeen(members: readonly Member[], tapped: Tapped, asked: Asked): Decision {
  const { run, by, world } = asked
  const late = toldLate(tapped, asked)
  const news = [...new Set(members)].filter(({ seen }) => !isTwice(seen, late, asked)) // HC4
  if (news.length === 0) return accept()
  // Where they are who see; not where they were an hour ago, nor where they have gone since.
  const isPlaced = late.seenAtMs === undefined && world.placeOf(by.memberId) !== undefined
  const alongM = isPlaced ? world.alongM(by.memberId) : undefined
  const atM = alongM === undefined ? null : Math.round(alongM / ROUNDED_TO_M) * ROUNDED_TO_M
  // HC7: whoever is seen on the course has set out, also who carries no phone to say so.
  const setOut = isLive(run) ? news.filter(({ status }) => status === 'joined') : []
  return accept(
    { type: 'members-seen', memberIds: news.map(({ memberId }) => memberId), atM, ...late },
    ...setOut.map(({ memberId }) => ({ type: 'member-returned', memberId }) as const),
  )
}

const isLive = ({ head }: RunState): boolean => head.phase === 'live'

const isTwice = (seen: Member['seen'] | Guests['seen'], late: Tapped, { by, world }: Asked): boolean =>
  seen !== null && seen.byId === by.memberId && Math.abs((late.seenAtMs ?? world.nowMs) - seen.atMs) < TWICE_WITHIN_MS

/** HC8: a member's number, else that of guests who are out. Two who wear the same are told apart by name. */
function numberSeen(wish: Extract<HeadCountWish, { type: 'see-number' }>, asked: Asked): Decision {
  const { run, by } = asked
  const typed = wish.startNumber
  const isIt = (startNumber: string | null) => startNumber?.toLowerCase() === typed.trim().toLowerCase()
  const members = [...run.members.values()].filter(
    ({ memberId, startNumber }) => isIt(startNumber) && participantSeenBy(run, by, memberId),
  )
  const guests = seesGuests(by) ? [...run.guests.values()].filter(({ startNumber }) => isIt(startNumber)) : []
  const [member] = members
  const [guest] = guests
  if (members.length + guests.length > 1)
    return refuse('malformed', { field: 'command.startNumber', detail: 'several wear this number' })
  if (member) return membersSeen([member], wish, asked)
  if (guest) return guestsSeen(guest, outOf(guest), wish, asked)
  return refuse('no-such-thing', { field: 'command.startNumber' })
}

/** HC9 */
function guestsSeen(guests: Guests, count: number, tapped: Tapped, asked: Asked): Decision {
  const late = toldLate(tapped, asked)
  const left = outOf(guests)
  if (left === 0) return accept()
  if (count > left) return refuse('malformed', { field: 'command.count', detail: `only ${left} are out` })
  if (isTwice(guests.seen, late, asked) && guests.seen?.count === count) return accept()
  return accept({ type: 'guests-seen', guestsId: guests.guestsId, count, ...late })
}

const outOf = ({ count, accountedCount }: Guests): number => Math.max(0, count - accountedCount)
