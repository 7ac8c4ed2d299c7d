/**
 * Facts that were true and answered for on a fork of the journal, which the store has lost since. Each enters
 * again where it still can be, under its own command id; where the journal has gone another way meanwhile
 * (somebody else holds the claim now), the journal stays.
 */
import { isUncleared } from '../../shared/run/alerts.ts'
import { DOUBT_ANSWER_MS } from '../../shared/run/claims.ts'
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import { isEnded, isSharing } from '../../shared/run/questions.ts'
import { isHelper, takesPart } from '../../shared/run/roles.ts'
import type { RunState } from '../../shared/run/state.ts'
import { noWord, type Word, wordKeysSetBy, wordKeysTakenBackBy } from '../../shared/run/words.ts'
import type { CommandId, MemberId } from '../../shared/units.ts'
import { openAlert } from './alerts/episodes.ts'
import { acceptWith, type Decision, type DoorCommand } from './decision.ts'
import { foreseen } from './foreseen.ts'

type Readmit = Extract<DoorCommand, { type: 'readmit' }>

/** RA1: what fits is taken, in order, each seeing what the ones before it did. */
export function decideReadmit(run: RunState, { events, words, atMs, releasedFrom }: Readmit): Decision {
  const taken: RunEvent[] = []
  let next = run
  for (const event of events) {
    const fitting = fitted(next, event, releasedFrom, atMs)
    if (!fitting) continue
    taken.push(fitting)
    next = foreseen(next, [fitting], atMs)
  }
  const isTheirs = ({ ownerId }: Word) => ownerId === null || next.members.get(ownerId)?.isErased === false
  return acceptWith(taken.length > 0 ? words.filter(isTheirs) : [], ...taken)
}

/** One wish's facts, as they left, with the words they brought. */
export type LostWish = { readonly commandId: CommandId; readonly byId: MemberId | null; readonly wish: Readmit }

/**
 * RA2: who is out comes first, so that nobody is let in again by what follows; and once more in its place, for
 * who came and went on the fork alone. A wish that has entered does not enter twice.
 */
export function lostWishes(facts: readonly Fact[], words: { get(key: string): Word | undefined }): LostWish[] {
  const groups = new Map<CommandId, Fact[]>()
  for (const fact of facts) groups.set(fact.commandId, [...(groups.get(fact.commandId) ?? []), fact])
  const heldBy = holdersOf(facts)
  const wishes = [...groups].map(([commandId, group]) => {
    const [first] = group as [Fact]
    const brought = new Set(group.flatMap(wordKeysSetBy))
    const takenBack = group.flatMap(wordKeysTakenBackBy).filter((key) => !words.get(key))
    return {
      commandId,
      byId: first.byId,
      wish: {
        type: 'readmit' as const,
        events: group.map(({ event }) => event),
        words: [
          ...[...brought].map((key) => words.get(key)).filter((word) => word !== undefined),
          ...takenBack.map(noWord),
        ],
        atMs: first.atMs,
        releasedFrom: group.flatMap((fact) => {
          const { event, byId } = fact
          if (event.type === 'request-released') return [heldBy.get(fact), byId].filter((id) => id != null)
          if (ofClaim.has(event.type)) return heldBy.get(fact) ?? []
          return 'memberId' in event && event.memberId !== null ? [event.memberId] : []
        }),
      },
    }
  })
  const isRevoking = ({ wish }: LostWish) => wish.events.some(({ type }) => revoking.has(type))
  return [...wishes.filter(isRevoking), ...wishes]
}

/** Who held the request that a fact is about, just before it; unknown when they had claimed it before the fork. */
function holdersOf(facts: readonly Fact[]): Map<Fact, MemberId> {
  const heldBy = new Map<Fact, MemberId>()
  const holders = new Map<string, MemberId>()
  for (const fact of facts) {
    const { event } = fact
    const holder = 'requestId' in event && event.requestId ? holders.get(event.requestId) : undefined
    if (holder) heldBy.set(fact, holder)
    if (event.type === 'request-claimed') holders.set(event.requestId, event.cyclistId)
    if (event.type === 'request-released') holders.delete(event.requestId)
  }
  return heldBy
}

/** What is said of one claim is not true of another's. */
const ofClaim: ReadonlySet<RunEvent['type']> = new Set([
  'request-doubted',
  'request-kept',
  'request-offered',
  'request-near',
  'request-met',
  'request-denied',
  'request-assumed',
] as const)

const revoking: ReadonlySet<RunEvent['type']> = new Set([
  'member-removed',
  'member-reseated',
  'member-erased',
  'invite-withdrawn',
] as const)

/** The event as it can be true now, or `undefined`. */
function fitted(run: RunState, event: RunEvent, releasedFrom: readonly MemberId[], atMs: number): RunEvent | undefined {
  const { phase } = run.head
  const when = (fits: boolean) => (fits ? event : undefined)
  switch (event.type) {
    case 'run-planned':
      return when(phase === 'unplanned')
    case 'run-started':
    case 'plan-changed':
      return when(phase === 'planned')
    case 'run-ended':
      return when(phase === 'live' || phase === 'planned')
    case 'group-added':
      return when(!run.groups.has(event.groupId))
    case 'invite-issued':
      return when(!run.invites.has(event.inviteId))
    case 'member-joined':
      return run.members.has(event.memberId) ? undefined : { ...event, memberNo: run.head.lastMemberNo + 1 }
    case 'member-reseated':
      return when((run.members.get(event.memberId)?.seatNo ?? event.seatNo) < event.seatNo)
    case 'invite-withdrawn':
      return when(run.invites.get(event.inviteId)?.isWithdrawn === false)
    case 'sharing-started': {
      const member = run.members.get(event.memberId)
      return when(member !== undefined && isThere(run, event.memberId) && !isSharing(member) && phase !== 'ended')
    }
    case 'guests-counted':
      return when(!run.guests.has(event.guestsId))
    case 'request-raised': {
      if (run.requests.has(event.requestId) || !isThere(run, event.runnerId)) return undefined
      return { ...event, runnerNo: run.members.get(event.runnerId)?.memberNo ?? event.runnerNo }
    }
    case 'request-claimed': {
      const request = run.requests.get(event.requestId)
      const helper = run.members.get(event.cyclistId)
      const isOffered = request?.offer?.toId === event.cyclistId // LE7
      const isFree = request !== undefined && !isEnded(request) && (request.cyclistId === null || isOffered)
      return when(isFree && helper !== undefined && isHelper(helper.role) && isThere(run, event.cyclistId))
    }
    case 'request-released': {
      // Only the claim that was given back: somebody else may hold it now.
      const { cyclistId, claimedAtMs } = run.requests.get(event.requestId) ?? {}
      // LE4: one that was claimed since then was never asked.
      const isOver = event.reason === 'lease-over' && (claimedAtMs ?? atMs) + DOUBT_ANSWER_MS <= atMs
      return when(cyclistId != null && (releasedFrom.includes(cyclistId) || isOver))
    }
    case 'request-delivered':
    case 'request-cancelled':
    case 'request-needs-check':
    case 'request-closed':
    case 'request-escalated':
    case 'request-repeated': {
      const request = run.requests.get(event.requestId)
      return when(request !== undefined && !isEnded(request))
    }
    case 'handed-over':
      return when(!run.handOvers.has(event.handOverId))
    case 'request-doubted':
    case 'request-kept':
    case 'request-offered':
    case 'request-near':
    case 'request-met':
    case 'request-denied':
    case 'request-assumed': {
      const request = run.requests.get(event.requestId)
      const cyclistId = request && !isEnded(request) ? request.cyclistId : null
      return when(cyclistId !== null && (releasedFrom.length === 0 || releasedFrom.includes(cyclistId)))
    }
    case 'request-unassumed':
      return when(run.requests.get(event.requestId)?.isAssumed === true)
    case 'group-changed':
      return when(run.groups.has(event.groupId))
    case 'alert-asked':
    case 'alert-raised': {
      const known = run.alerts.get(event.alertId)
      if (known) return when(event.type === 'alert-raised' && known.status === 'asked')
      const isAbout = event.memberId === null || isThere(run, event.memberId)
      // AT3: after a fork both sides may have begun the same, each by its own look.
      return when(phase === 'live' && isAbout && openAlert(run, event.rule, event.memberId) === undefined)
    }
    case 'alert-owned': {
      const alert = run.alerts.get(event.alertId)
      return when(alert !== undefined && isUncleared(alert) && alert.ownerId === null && isThere(run, event.ownerId))
    }
    case 'alert-answered':
    case 'alert-sent':
    case 'alert-cleared': {
      const alert = run.alerts.get(event.alertId)
      return when(alert !== undefined && isUncleared(alert))
    }
    case 'regroup-called': {
      const isCalled = [...run.regroups.values()].some((each) => each.groupId === event.groupId && !each.isOver)
      return when(!run.regroups.has(event.regroupId) && !isCalled) // RG2
    }
    case 'message-sent':
      return when(!run.messages.has(event.messageId))
    case 'leadership-passed':
      return when(isThere(run, event.toMemberId) && run.members.get(event.fromMemberId)?.role === 'leader')
    case 'leadership-taken-up': {
      const member = run.members.get(event.memberId)
      return when(member !== undefined && isThere(run, event.memberId) && takesPart(member.role))
    }
    case 'push-set':
      // PU4: it may be of the phone before; the new one says so when it is opened.
      return when(isThere(run, event.memberId) && (!event.isGiven || run.members.get(event.memberId)?.seatNo === 1))
    case 'minor-set':
    case 'helping-set':
    case 'stock-set':
    case 'drink-plan-set':
    case 'drunk':
    case 'member-changed':
    case 'member-renamed':
    case 'phone-set':
    case 'usual-set':
    case 'emergency-set':
    case 'member-paused':
    case 'member-stopped':
    case 'member-returned':
    case 'member-removed':
    case 'tracker-attached':
    case 'tracker-detached':
    case 'sharing-stopped':
      return when(isThere(run, event.memberId))
    case 'member-erased':
      return when(run.members.get(event.memberId)?.isErased === false)
    default:
      return event
  }
}

function isThere(run: RunState, memberId: MemberId): boolean {
  const member = run.members.get(memberId)
  return member !== undefined && member.status !== 'removed'
}
