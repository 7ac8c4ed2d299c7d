/**
 * What a seat may see. One rule a table, used three ways: for a fact on its way out, for a snapshot,
 * and for what a member may ask about. For every seat, folding the facts it was shown equals the
 * snapshot it would be sent (tested by property): so a phone that was away ends where one that stayed is.
 */
import type { Alert } from '../../shared/run/alerts.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { endsLater } from '../../shared/run/questions.ts'
import type { Regroup } from '../../shared/run/regroup.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import { isHelper, takesPart } from '../../shared/run/roles.ts'
import type { HandOver, Member, Message, Request, RunState } from '../../shared/run/state.ts'
import type { MemberId, RequestId } from '../../shared/units.ts'
import { unreachable } from '../../shared/unreachable.ts'

/** VS1: sees the whole journal, a leader who is of no group. */
export const seesAll = (viewer: Member): boolean => viewer.role === 'leader' && viewer.groupId === null

/** VS2, VS3, VS4: is this member part of what the viewer folds? Helpers of no group belong to everybody. */
export function seesMember(viewer: Member, member: Member): boolean {
  if (viewer.memberId === member.memberId || seesAll(viewer)) return true
  if (viewer.role === 'guardian') return member.memberId === viewer.wardId || member.role === 'leader'
  if (member.role === 'guardian') return viewer.role === 'leader' // VS6: family links are nobody's business
  if (isHelper(member.role) && member.groupId === null) return true
  if (viewer.groupId === null && (isHelper(viewer.role) || viewer.role === 'watcher')) return true
  return viewer.groupId === member.groupId
}

/** VS7, AL1, RQ19 */
export function seesRequest(run: RunState, viewer: Member, request: Request): boolean {
  const { runnerId, cyclistId, kind, toldIds } = request
  if (viewer.memberId === runnerId || viewer.memberId === cyclistId) return true
  if (viewer.role === 'guardian') return viewer.wardId === runnerId
  if (!takesPart(viewer.role)) return false
  if ((isAlarm(kind) && isHelper(viewer.role)) || toldIds.includes(viewer.memberId)) return true
  if (policyOf(kind).tells !== 'group' && !isHelper(viewer.role)) return false
  const author = run.members.get(runnerId)
  return author !== undefined && seesMember(viewer, author)
}

/** VS13 */
export const seesMessage = (viewer: Member, message: Pick<Message, 'groupId' | 'byId'>): boolean =>
  message.groupId === null ||
  viewer.memberId === message.byId ||
  seesAll(viewer) ||
  (viewer.role !== 'guardian' && viewer.groupId === message.groupId)

/** VS12 */
export const seesGuests = (viewer: Member): boolean => isHelper(viewer.role)
/** VS11 */
export const seesTrackers = (viewer: Member, memberId: MemberId): boolean =>
  viewer.memberId === memberId || seesAll(viewer)
/** VS11 */
export const seesUsual = (viewer: Member, memberId: MemberId): boolean =>
  viewer.memberId === memberId || isHelper(viewer.role)
/** VS18: whom they were counted by is for those who count, and for the guardian of a child who carries no phone. */
export const seesHeadCount = (viewer: Member): boolean => isHelper(viewer.role) || viewer.role === 'guardian'
/** VS19: whom an alert is about, whoever leads them, and helpers to whom a leader sent it. */
export function seesAlert(run: RunState, viewer: Member, { memberId, status, sentToIds }: Alert): boolean {
  if (seesAll(viewer) || viewer.memberId === memberId || sentToIds.includes(viewer.memberId)) return true
  if (viewer.role !== 'leader' || status === 'asked') return false
  return memberId === null || isSeen(run, viewer, memberId)
}
/** VS20: those who are called, and whoever helps them. */
export const seesRegroup = (viewer: Member, { groupId }: Pick<Regroup, 'groupId'>): boolean =>
  groupId === null || viewer.groupId === groupId || (viewer.groupId === null && isHelper(viewer.role))
/** VS9, of whom one sees. */
export const seesPhone = (viewer: Member, owner: Member): boolean =>
  viewer.memberId === owner.memberId || viewer.role === 'leader' || owner.role === 'leader'

/** VS9, VS23 */
export function knowsPhone(run: RunState, viewer: Member, ownerId: MemberId): boolean {
  const owner = run.members.get(ownerId)
  if (owner && seesMember(viewer, owner) && seesPhone(viewer, owner)) return true
  return isCalled(run, viewer, ownerId)
}

/** VS22: oneself, the leaders who see them, and helpers while a call for help of theirs is open. */
export function seesEmergency(run: RunState, viewer: Member, ownerId: MemberId): boolean {
  if (viewer.memberId === ownerId) return true
  return (viewer.role === 'leader' && isSeen(run, viewer, ownerId)) || isCalled(run, viewer, ownerId)
}

const isCalled = (run: RunState, viewer: Member, callerId: MemberId): boolean =>
  isHelper(viewer.role) && endsLater(run).some(({ runnerId, kind }) => runnerId === callerId && isAlarm(kind))

/** MS5: who has seen a message is for its author to know, beside who sees all. */
export const seesSeen = (viewer: Member, seerId: MemberId, message: Message): boolean =>
  viewer.memberId === seerId || viewer.memberId === message.byId || seesAll(viewer)

/** VS10: the names of those one sees, and of whoever asked for, brought or said something that one sees. */
export function knowsName(run: RunState, viewer: Member, memberId: MemberId): boolean {
  if (isSeen(run, viewer, memberId)) return true
  for (const request of run.requests.values())
    if ((request.runnerId === memberId || request.cyclistId === memberId) && seesRequest(run, viewer, request))
      return true
  for (const handOver of run.handOvers.values())
    if ((handOver.runnerId === memberId || handOver.cyclistId === memberId) && seesHandOver(run, viewer, handOver))
      return true
  for (const message of run.messages.values())
    if (message.byId === memberId && seesMessage(viewer, message)) return true
  return false
}

export type Sight = 'shown' | 'hidden' | 'snapshot'

/**
 * VS14: whether a fact is shown to the viewer, given the run before and after it. `snapshot`: it changes what
 * the viewer may see of older facts, so a snapshot takes the place of the tail.
 */
export function sightOf(before: RunState, after: RunState, event: RunEvent, viewerId: MemberId): Sight {
  const was = before.members.get(viewerId)
  const viewer = after.members.get(viewerId)
  if (!viewer) return 'hidden'
  if (!was) return 'snapshot' // they have just come
  if (was.role !== viewer.role || was.groupId !== viewer.groupId) return 'snapshot'
  if (seesAll(viewer)) return 'shown'

  switch (event.type) {
    case 'run-planned':
    case 'plan-changed':
    case 'route-set':
    case 'run-started':
    case 'end-asked':
    case 'run-extended':
    case 'run-ended':
    case 'group-added':
    case 'group-changed':
    case 'conditions-set':
    case 'head-count-begun':
      return 'shown'
    case 'invite-issued':
    case 'invite-withdrawn':
      return 'hidden' // VS5: for who sees all, since an invite's count moves with every join
    case 'leadership-taken-up':
    case 'member-changed':
      return changeOf(before, after, event.memberId, viewer)
    case 'leadership-passed': {
      const changes = [event.fromMemberId, event.toMemberId].map((id) => changeOf(before, after, id, viewer))
      return changes.includes('snapshot') || !changes.every((change) => change === changes[0])
        ? 'snapshot'
        : (changes[0] ?? 'hidden')
    }
    case 'tracker-attached':
    case 'tracker-detached':
      return shownIf(seesTrackers(viewer, event.memberId))
    case 'usual-set':
    case 'stock-set':
    case 'drink-plan-set':
    case 'drunk':
    case 'minor-set':
      return shownIf(seesUsual(viewer, event.memberId) && isSeen(after, viewer, event.memberId))
    case 'push-set':
      return shownIf(viewer.memberId === event.memberId) // PU3
    case 'emergency-set':
      return shownIf(seesEmergency(after, viewer, event.memberId))
    case 'member-renamed':
    case 'member-erased':
      return shownIf(knowsName(after, viewer, event.memberId))
    case 'phone-set':
      return shownIf(isSeen(after, viewer, event.memberId) || knowsPhone(after, viewer, event.memberId))
    case 'member-joined':
    case 'sharing-started':
    case 'sharing-stopped':
    case 'member-paused':
    case 'member-stopped':
    case 'member-returned':
    case 'member-removed':
    case 'member-reseated':
    case 'helping-set':
      return shownIf(isSeen(after, viewer, event.memberId))
    case 'guests-counted':
    case 'guests-accounted':
    case 'guests-seen':
      return shownIf(seesGuests(viewer))
    case 'members-seen':
      return shownIf(
        isHelper(viewer.role) || (seesHeadCount(viewer) && event.memberIds.some((id) => isSeen(after, viewer, id))),
      )
    case 'request-raised':
    case 'request-claimed':
    case 'request-released':
    case 'request-delivered':
    case 'request-cancelled':
    case 'request-doubted':
    case 'request-kept':
    case 'request-offered':
    case 'request-near':
    case 'request-met':
    case 'request-denied':
    case 'request-assumed':
    case 'request-unassumed':
    case 'request-needs-check':
    case 'request-closed':
    case 'request-escalated':
    case 'request-repeated':
      return requestSight(before, after, event.requestId, viewer)
    case 'handed-over':
      return shownIf(seesHandOver(after, viewer, event))
    case 'alert-asked':
    case 'alert-raised':
    case 'alert-answered':
    case 'alert-owned':
    case 'alert-sent':
    case 'alert-cleared':
      return alertSight(before, after, event, viewer)
    case 'regroup-called':
    case 'regroup-answered':
    case 'regroup-ended': {
      const regroup = after.regroups.get(event.regroupId)
      return shownIf(regroup !== undefined && seesRegroup(viewer, regroup))
    }
    case 'message-sent': {
      const message = after.messages.get(event.messageId)
      return shownIf(message !== undefined && seesMessage(viewer, message))
    }
    case 'message-seen': {
      const message = after.messages.get(event.messageId)
      return shownIf(message !== undefined && seesSeen(viewer, event.memberId, message))
    }
    default:
      return unreachable(event)
  }
}

type Given = Pick<HandOver, 'runnerId' | 'cyclistId'>

/** VS8 */
export function seesHandOver(run: RunState, viewer: Member, { runnerId, cyclistId }: Given): boolean {
  if (viewer.memberId === runnerId || viewer.memberId === cyclistId) return true
  if (viewer.role === 'guardian') return viewer.wardId === runnerId
  return isHelper(viewer.role) && isSeen(run, viewer, runnerId)
}

const shownIf = (isShown: boolean): Sight => (isShown ? 'shown' : 'hidden')

function isSeen(run: RunState, viewer: Member, memberId: MemberId): boolean {
  const member = run.members.get(memberId)
  return member !== undefined && seesMember(viewer, member)
}

/** A member who comes into sight or leaves it takes their past with them: only a snapshot tells that. */
function changeOf(before: RunState, after: RunState, memberId: MemberId, viewer: Member): Sight {
  const isNow = isSeen(after, viewer, memberId)
  if (isSeen(before, viewer, memberId) !== isNow) return 'snapshot'
  const was = before.members.get(memberId)
  const is = after.members.get(memberId)
  // A leader's phone number is everybody's, and nobody's any more once they do not lead.
  if (isNow && is?.hasPhone && (was?.role === 'leader') !== (is.role === 'leader')) return 'snapshot'
  return shownIf(isNow)
}

type AlertEvent = Extract<RunEvent, { type: `alert-${string}` }>

function alertSight(before: RunState, after: RunState, event: AlertEvent, viewer: Member): Sight {
  const was = before.alerts.get(event.alertId)
  const is = after.alerts.get(event.alertId)
  const isNow = is !== undefined && seesAlert(after, viewer, is)
  if (!was) return shownIf(isNow)
  if (event.type === 'alert-raised' && was.answer === null) return shownIf(isNow) // it says all there is
  // Else an alert that comes into sight brings its past with it.
  return seesAlert(before, viewer, was) === isNow ? shownIf(isNow) : 'snapshot'
}

function requestSight(before: RunState, after: RunState, requestId: RequestId, viewer: Member): Sight {
  const was = before.requests.get(requestId)
  const is = after.requests.get(requestId)
  if (!is) return 'hidden'
  const isNow = seesRequest(after, viewer, is)
  if (!was) return shownIf(isNow)
  if (seesRequest(before, viewer, was) !== isNow) return 'snapshot'
  const { cyclistId } = was
  const lostHelper = isNow && cyclistId !== null && cyclistId !== is.cyclistId
  return lostHelper && !knowsName(after, viewer, cyclistId) ? 'snapshot' : shownIf(isNow)
}
