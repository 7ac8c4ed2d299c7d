/** FO1: folds facts into a run. Takes any fact at any time: history is not refused. */
import { PersistentMap } from '../persistent-map.ts'
import type { MemberId, RegroupId, RequestId } from '../units.ts'
import { unreachable } from '../unreachable.ts'
import type { Fact, RunEvent } from './events.ts'
import { alertAfter, alertFrom } from './evolve-alert.ts'
import { closed, memberAfter } from './evolve-member.ts'
import { requestAfter, requestFrom } from './evolve-request.ts'
import { ordinaryHelping } from './helping.ts'
import type { Regroup } from './regroup.ts'
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
  helpersWanted: null,
  lastMemberNo: 0,
  heat: 'mild',
  alertsOff: [],
  headCountSinceMs: null,
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
  alerts: PersistentMap.empty(),
  regroups: PersistentMap.empty(),
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
    case 'plan-changed': {
      const { type, ...plan } = event
      const { latestEndMs } = run.head
      const invites = [...run.invites.values()].reduce(
        (all, invite) =>
          invite.expiresAtMs === latestEndMs
            ? all.set(invite.inviteId, { ...invite, expiresAtMs: event.latestEndMs })
            : all,
        run.invites,
      )
      return { ...run, invites, head: { ...run.head, ...plan } }
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
      return { ...run, groups: run.groups.set(event.groupId, { ...group, leaderId: null, backMarkerId: null }) }
    }
    case 'group-changed': {
      const { type, ...group } = event
      return run.groups.has(event.groupId) ? { ...run, groups: run.groups.set(event.groupId, group) } : run
    }
    case 'conditions-set':
      return { ...run, head: { ...run.head, heat: event.heat, alertsOff: event.alertsOff } }
    case 'head-count-begun':
      return { ...run, head: { ...run.head, headCountSinceMs: atMs } }
    case 'members-seen': {
      if (!byId) return run
      const seen = { byId, atMs: event.seenAtMs ?? atMs, atM: event.atM, count: 0 }
      // HC16: what is told later does not take the place of what came after it.
      const newest = (before: Member['seen']) => ({
        ...(before && before.atMs > seen.atMs ? before : seen),
        count: (before?.count ?? 0) + 1,
      })
      return event.memberIds.reduce(
        (next, id) => withMember(next, id, (one) => ({ ...one, seen: newest(one.seen) })),
        run,
      )
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
        hasPush: false,
        isErased: false,
        usual: null,
        helping: ordinaryHelping,
        stock: null,
        drinkPlan: null,
        drunk: [],
        isMinor: false,
        seen: null,
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
    case 'leadership-taken-up':
    case 'minor-set':
    case 'helping-set':
    case 'stock-set':
    case 'drink-plan-set':
    case 'drunk':
    case 'member-changed':
    case 'member-renamed':
    case 'phone-set':
    case 'emergency-set':
    case 'push-set':
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
      return { ...run, guests: run.guests.set(event.guestsId, { ...guests, accountedCount: 0, atMs, seen: null }) }
    }
    case 'guests-accounted': {
      const guests = run.guests.get(event.guestsId)
      if (!guests) return run
      const accountedCount = guests.accountedCount + event.count
      return { ...run, guests: run.guests.set(event.guestsId, { ...guests, accountedCount }) }
    }

    case 'guests-seen': {
      const guests = run.guests.get(event.guestsId)
      if (!guests || !byId) return run
      const seen = { byId, atMs: event.seenAtMs ?? atMs, count: event.count }
      if (guests.seen && guests.seen.atMs > seen.atMs) return run
      return { ...run, guests: run.guests.set(event.guestsId, { ...guests, seen }) }
    }

    case 'request-raised':
      return { ...run, requests: run.requests.set(event.requestId, requestFrom(event, atMs)) }
    case 'request-claimed':
    case 'request-released':
    case 'request-doubted':
    case 'request-kept':
    case 'request-offered':
    case 'request-met':
    case 'request-near':
    case 'request-denied':
    case 'request-assumed':
    case 'request-unassumed':
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

    case 'alert-asked':
    case 'alert-raised': {
      const before = run.alerts.get(event.alertId)
      return { ...run, alerts: run.alerts.set(event.alertId, alertFrom(event, before, atMs)) }
    }
    case 'alert-answered':
    case 'alert-owned':
    case 'alert-sent':
    case 'alert-cleared': {
      const alert = run.alerts.get(event.alertId)
      return alert ? { ...run, alerts: run.alerts.set(event.alertId, alertAfter(alert, event, atMs)) } : run
    }

    case 'regroup-called': {
      const { type, ...called } = event
      if (!byId) return run
      const regroup: Regroup = { ...called, calledById: byId, calledAtMs: atMs, answers: [], isOver: false }
      return { ...run, regroups: run.regroups.set(event.regroupId, regroup) }
    }
    case 'regroup-answered':
      return withRegroup(run, event.regroupId, (regroup) => {
        const { memberId, answer } = event
        const others = regroup.answers.filter((each) => each.memberId !== memberId)
        return { ...regroup, answers: [...others, { memberId, answer }] }
      })
    case 'regroup-ended':
      return withRegroup(run, event.regroupId, (regroup) => ({ ...regroup, isOver: true }))

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

function withRegroup(run: RunState, regroupId: RegroupId, change: (regroup: Regroup) => Regroup): RunState {
  const regroup = run.regroups.get(regroupId)
  return regroup ? { ...run, regroups: run.regroups.set(regroupId, change(regroup)) } : run
}

function withRequest(run: RunState, requestId: RequestId, change: (request: Request) => Request): RunState {
  const request = run.requests.get(requestId)
  return request ? { ...run, requests: run.requests.set(requestId, change(request)) } : run
}
