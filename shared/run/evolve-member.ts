import { unreachable } from '../unreachable.ts'
import { DRUNK_KEPT } from './drink.ts'
import type { RunEvent } from './events.ts'
import type { Member } from './state.ts'

/** Events that change one member who is there already. */
export type MemberEvent = Exclude<
  Extract<RunEvent, { memberId: Member['memberId'] }>,
  { type: 'member-joined' | 'message-seen' | 'alert-asked' | 'regroup-answered' }
>

export function memberAfter(member: Member, event: MemberEvent, atMs: number): Member {
  switch (event.type) {
    case 'member-changed':
      return { ...member, role: event.role, groupId: event.groupId }
    case 'leadership-taken-up':
      return { ...member, role: 'leader' }
    case 'minor-set':
      return { ...member, isMinor: event.isMinor }
    case 'helping-set':
      return { ...member, helping: { kind: event.kind, state: event.state } }
    case 'stock-set':
      return { ...member, stock: { pieces: event.pieces, emptiesCount: event.emptiesCount } }
    case 'drink-plan-set':
      return { ...member, drinkPlan: event.plan }
    case 'drunk':
      return { ...member, drunk: [...member.drunk, { atMs, drinkMl: event.drinkMl }].slice(-DRUNK_KEPT) }
    case 'member-renamed':
    case 'emergency-set':
      return member
    case 'phone-set':
      return { ...member, hasPhone: event.isGiven }
    case 'push-set':
      return { ...member, hasPush: event.isGiven }
    case 'usual-set': {
      const { kind, quantity, hasNote } = event
      return { ...member, usual: { kind, quantity, hasNote } }
    }
    case 'sharing-started':
      return {
        ...member,
        status: 'out',
        statusAtMs: atMs,
        pauseReason: null,
        stopReason: null,
        windows: [...closed(member.windows, event.fromMs), { fromMs: event.fromMs, toMs: null }],
      }
    case 'sharing-stopped':
      return { ...member, windows: closed(member.windows, event.toMs) }
    case 'member-paused':
      return {
        ...member,
        status: 'paused',
        statusAtMs: atMs,
        pauseReason: event.reason,
      }
    case 'member-stopped':
      return {
        ...member,
        status: 'stopped',
        statusAtMs: atMs,
        pauseReason: null,
        stopReason: event.reason,
        windows: closed(member.windows, event.toMs),
      }
    case 'member-returned':
      return {
        ...member,
        status: 'out',
        statusAtMs: atMs,
        pauseReason: null,
        stopReason: null,
      }
    case 'member-removed':
      return {
        ...member,
        status: 'removed',
        statusAtMs: atMs,
        hasPush: false,
        windows: closed(member.windows, atMs),
      }
    case 'member-reseated':
      return { ...member, seatNo: event.seatNo, hasPush: false } // PU4: it was the other phone's
    case 'member-erased':
      return {
        ...member,
        status: 'removed',
        statusAtMs: atMs,
        windows: [],
        hasPhone: false,
        hasPush: false,
        isErased: true,
        usual: null,
        stock: null,
        drinkPlan: null,
        drunk: [],
        isMinor: false,
        seen: null,
        trackerIds: [],
      }
    case 'tracker-attached':
      return {
        ...member,
        trackerIds: [...member.trackerIds, event.trackerId],
      }
    case 'tracker-detached':
      return {
        ...member,
        trackerIds: member.trackerIds.filter((each) => each !== event.trackerId),
      }

    default:
      return unreachable(event)
  }
}

type Windows = Member['windows']

/** Ends the sharing that goes on, if any. */
export const closed = (windows: Windows, atMs: number): Windows =>
  windows.map((window) => (window.toMs === null ? { ...window, toMs: atMs } : window))
