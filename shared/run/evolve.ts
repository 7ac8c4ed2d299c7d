/** FO1: folds facts into a run. Takes any fact at any time: history is not refused. */
import { PersistentMap } from '../persistent-map.ts'
import type { MemberId, RequestId } from '../units.ts'
import { unreachable } from '../unreachable.ts'
import type { Fact, RunEvent } from './events.ts'
import { closed, memberAfter } from './evolve-member.ts'
import { requestAfter, requestFrom } from './evolve-request.ts'
import { type Head, type Member, type Request, type RunState, seenKey } from './state.ts'

const unplanned: Head = {
  phase: 'unplanned',
  plannedStartMs: 0,
  expectedEndMs: 0,
  latestEndMs: 0,
  retentionMs: 0,
  recordedShiftMs: 0,
  startedAtMs: null,
  endedAtMs: null,
  endReason: null,
  endAskedAtMs: null,
  missing: [],
  missingGuestCount: 0,
  route: null,
  lastMemberNo: 0,
}

export const newRun: RunState = {
  version: 0,
  head: unplanned,
  groups: PersistentMap.empty(),
  members: PersistentMap.empty(),
  invites: PersistentMap.empty(),
  requests: PersistentMap.empty(),
  handOvers: PersistentMap.empty(),
  guests: PersistentMap.empty(),
  messages: PersistentMap.empty(),
  seen: PersistentMap.empty(),
}

export function evolve(run: RunState, { version, atMs, byId, event }: Omit<Fact, 'commandId'>): RunState {
  return { ...applied(run, event, atMs, byId), version }
}

function applied(run: RunState, event: RunEvent, atMs: number, byId: MemberId | null): RunState {
  switch (event.type) {
    case 'run-planned': {
      const { type, ...plan } = event
      return { ...run, head: { ...run.head, ...plan, phase: 'planned' } }
    }
    case 'route-set':
      return { ...run, head: { ...run.head, route: { routeId: event.routeId, lengthM: event.lengthM } } }
    case 'run-started':
      return { ...run, head: { ...run.head, phase: 'live', startedAtMs: atMs } }
    case 'end-asked': {
      const { missing, missingGuestCount } = event
      return { ...run, head: { ...run.head, endAskedAtMs: atMs, missing, missingGuestCount } }
    }
    case 'run-extended':
      return { ...run, head: { ...run.head, expectedEndMs: event.expectedEndMs, endAskedAtMs: null } }
    case 'run-ended': {
      const { reason, missing, missingGuestCount } = event
      const head: Head = {
        ...run.head,
        phase: 'ended',
        endedAtMs: atMs,
        endReason: reason,
        missing,
        missingGuestCount,
      }
      return { ...closeAllWindows(run, atMs), head }
    }

    case 'group-added': {
      const { type, ...group } = event
      return { ...run, groups: run.groups.set(event.groupId, group) }
    }
    case 'invite-issued': {
      const { type, ...invite } = event
      return { ...run, invites: run.invites.set(event.inviteId, { ...invite, uses: 0, isWithdrawn: false }) }
    }
    case 'invite-withdrawn': {
      const invite = run.invites.get(event.inviteId)
      if (!invite) return run
      return { ...run, invites: run.invites.set(event.inviteId, { ...invite, isWithdrawn: true }) }
    }

    case 'member-joined': {
      const { type, ...joined } = event
      const member: Member = {
        ...joined,
        status: 'joined',
        statusAtMs: atMs,
        pauseReason: null,
        stopReason: null,
        seatNo: 1,
        windows: [],
        hasPhone: false,
        isErased: false,
        usual: null,
        trackerIds: [],
      }
      const invite = event.inviteId && run.invites.get(event.inviteId)
      return {
        ...run,
        head: { ...run.head, lastMemberNo: Math.max(run.head.lastMemberNo, event.memberNo) },
        members: run.members.set(event.memberId, member),
        invites: invite ? run.invites.set(invite.inviteId, { ...invite, uses: invite.uses + 1 }) : run.invites,
      }
    }
    case 'leadership-passed': {
      const from = withMember(run, event.fromMemberId, (member) => ({ ...member, role: 'runner' }))
      return withMember(from, event.toMemberId, (member) => ({ ...member, role: 'leader' }))
    }
    case 'member-changed':
    case 'member-renamed':
    case 'phone-set':
    case 'usual-set':
    case 'sharing-started':
    case 'sharing-stopped':
    case 'member-paused':
    case 'member-stopped':
    case 'member-returned':
    case 'member-removed':
    case 'member-reseated':
    case 'member-erased':
    case 'tracker-attached':
    case 'tracker-detached':
      return withMember(run, event.memberId, (member) => memberAfter(member, event, atMs))

    case 'guests-counted': {
      const { type, ...guests } = event
      return { ...run, guests: run.guests.set(event.guestsId, { ...guests, accountedCount: 0, atMs }) }
    }
    case 'guests-accounted': {
      const guests = run.guests.get(event.guestsId)
      if (!guests) return run
      const accountedCount = guests.accountedCount + event.count
      return { ...run, guests: run.guests.set(event.guestsId, { ...guests, accountedCount }) }
    }

    case 'request-raised':
      return { ...run, requests: run.requests.set(event.requestId, requestFrom(event, atMs)) }
    case 'request-claimed':
    case 'request-released':
    case 'request-delivered':
    case 'request-cancelled':
    case 'request-needs-check':
    case 'request-closed':
    case 'request-escalated':
    case 'request-repeated':
      return withRequest(run, event.requestId, (request) => requestAfter(request, event, atMs, byId))
    case 'handed-over': {
      const { type, ...handOver } = event
      return { ...run, handOvers: run.handOvers.set(event.handOverId, { ...handOver, atMs }) }
    }

    case 'message-sent': {
      const { type, ...sent } = event
      if (!byId) return run
      return { ...run, messages: run.messages.set(event.messageId, { ...sent, byId, atMs, seenCount: 0 }) }
    }
    case 'message-seen': {
      const message = run.messages.get(event.messageId)
      const { type, ...seen } = event
      if (!message || run.seen.has(seenKey(seen))) return run
      return {
        ...run,
        messages: run.messages.set(event.messageId, { ...message, seenCount: message.seenCount + 1 }),
        seen: run.seen.set(seenKey(seen), seen),
      }
    }
    default:
      return unreachable(event)
  }
}

function closeAllWindows(run: RunState, atMs: number): RunState {
  let { members } = run
  for (const member of members.values())
    if (member.windows.some((window) => window.toMs === null))
      members = members.set(member.memberId, { ...member, windows: closed(member.windows, atMs) })
  return { ...run, members }
}

function withMember(run: RunState, memberId: MemberId, change: (member: Member) => Member): RunState {
  const member = run.members.get(memberId)
  return member ? { ...run, members: run.members.set(memberId, change(member)) } : run
}

function withRequest(run: RunState, requestId: RequestId, change: (request: Request) => Request): RunState {
  const request = run.requests.get(requestId)
  return request ? { ...run, requests: run.requests.set(requestId, change(request)) } : run
}
