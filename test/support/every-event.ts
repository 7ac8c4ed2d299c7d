/** One event of each type; the compiler asks for a line when there is a new one. */
import type { RunEvent } from '../../shared/run/events.ts'
import * as p from './people.ts'

type EveryEvent = { readonly [Type in RunEvent['type']]: Extract<RunEvent, { type: Type }> }

const { aidar: memberId, START_MS: fromMs, START_MS: toMs } = p
const requestId = p.request(0)
const groupId = p.group('red')

export const everyEvent: EveryEvent = {
  'run-planned': p.planned,
  'route-set': { type: 'route-set', routeId: p.route(0), lengthM: 5_000 },
  'run-started': { type: 'run-started' },
  'end-asked': { type: 'end-asked', missing: [memberId], missingGuestCount: 1 },
  'run-extended': { type: 'run-extended', expectedEndMs: p.LATEST_END_MS },
  'run-ended': { type: 'run-ended', reason: 'by-leader', missing: [memberId], missingGuestCount: 2 },
  'group-added': { type: 'group-added', groupId, colour: '#00ff00', targetPaceMps: 3 },
  'invite-issued': {
    type: 'invite-issued',
    inviteId: p.invite('runner'),
    role: 'runner',
    groupId,
    wardId: null,
    maxUses: 3,
    expiresAtMs: p.LATEST_END_MS,
  },
  'invite-withdrawn': { type: 'invite-withdrawn', inviteId: p.invite('runner') },
  'member-joined': p.joined(memberId, 'runner', 2, { inviteId: p.invite('runner') }),
  'member-changed': { type: 'member-changed', memberId, role: 'cyclist', groupId },
  'member-renamed': { type: 'member-renamed', memberId },
  'phone-set': { type: 'phone-set', memberId, isGiven: true },
  'usual-set': { type: 'usual-set', memberId, kind: 'gel', quantity: 2, hasNote: true },
  'sharing-started': { type: 'sharing-started', memberId, fromMs },
  'sharing-stopped': { type: 'sharing-stopped', memberId, toMs },
  'member-paused': { type: 'member-paused', memberId, reason: 'shoe' },
  'member-stopped': { type: 'member-stopped', memberId, reason: 'got-a-lift', toMs },
  'member-returned': { type: 'member-returned', memberId },
  'member-removed': { type: 'member-removed', memberId },
  'member-reseated': { type: 'member-reseated', memberId, seatNo: 2 },
  'member-erased': { type: 'member-erased', memberId },
  'leadership-passed': { type: 'leadership-passed', fromMemberId: p.lena, toMemberId: memberId },
  'tracker-attached': { type: 'tracker-attached', memberId, trackerId: p.tracker(0) },
  'tracker-detached': { type: 'tracker-detached', memberId, trackerId: p.tracker(0) },
  'guests-counted': { type: 'guests-counted', guestsId: p.guests(0), count: 12, startNumber: '7' },
  'guests-accounted': { type: 'guests-accounted', guestsId: p.guests(0), count: 5 },
  'request-raised': p.raised(0, memberId, { kind: 'help', toldIds: [p.madina] }),
  'request-claimed': p.claimed(0, p.dana, { distanceM: 250 }),
  'request-released': { type: 'request-released', requestId, reason: 'by-cyclist' },
  'request-delivered': { type: 'request-delivered', requestId, cyclistId: p.dana, handOverId: null, distanceM: 10 },
  'request-cancelled': { type: 'request-cancelled', requestId, reason: 'by-author' },
  'request-needs-check': { type: 'request-needs-check', requestId },
  'request-closed': { type: 'request-closed', requestId, distanceM: 0 },
  'request-escalated': { type: 'request-escalated', requestId },
  'request-repeated': { type: 'request-repeated', requestId, toldIds: [p.timur] },
  'handed-over': {
    type: 'handed-over',
    handOverId: p.handOver(0),
    runnerId: memberId,
    cyclistId: p.dana,
    kind: 'water',
    quantity: 1,
    requestId: null,
  },
  'message-sent': { type: 'message-sent', messageId: p.message(0), groupId: null },
  'message-seen': { type: 'message-seen', messageId: p.message(0), memberId },
}
