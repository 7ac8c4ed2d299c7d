/**
 * Whose phone a fact rings, although nobody looks at it: PU6 to PU13 say it one by one. What is not here makes no sound.
 * To whom it goes can be pushed to, and may see what it is about; whether they look just now is not known here.
 */
import { isAudible } from '../../shared/run/alerts.ts'
import type { Fact } from '../../shared/run/events.ts'
import type { PushNote } from '../../shared/run/push.ts'
import { cyclistsOf } from '../../shared/run/questions.ts'
import { isCalled } from '../../shared/run/regroup.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import { isHelper, takesPart } from '../../shared/run/roles.ts'
import type { Member, Request, RunState } from '../../shared/run/state.ts'
import { HOUR_MS, type MemberId, MINUTE_MS, type RequestId } from '../../shared/units.ts'
import { couldBring } from './observed-claims.ts'
import { seesAlert, seesRequest } from './visibility.ts'

export type Push = {
  readonly toId: MemberId
  readonly note: Omit<PushNote, 'runId' | 'toId' | 'atMs'>
  /** After so long it says nothing true any more. */
  readonly ttlMs: number
  /** A sleeping phone is woken for it. */
  readonly isUrgent: boolean
  /** PU14: also to who looks, or seems to. */
  readonly isAlways: boolean
}

type Of = Push['note']
const ring = (toId: MemberId, note: Of, ttlMs: number): Push => ({
  toId,
  note,
  ttlMs,
  isUrgent: true,
  isAlways: note.what === 'help',
})

/** @param run with the fact in it, and with those that came with it. */
export function pushesOf(run: RunState, { event, byId }: Pick<Fact, 'event' | 'byId'>): readonly Push[] {
  return notesOf(run, event, byId).filter(({ toId }) => {
    const member = run.members.get(toId)
    return member?.hasPush && member.status !== 'removed' && toId !== byId
  })
}

function notesOf(run: RunState, event: Fact['event'], byId: MemberId | null): readonly Push[] {
  switch (event.type) {
    case 'request-raised':
    case 'request-released':
    case 'request-repeated':
      return requestWaits(run, event)
    case 'request-claimed':
      return requestClaimed(run, event, byId)
    case 'request-near':
      return toAuthor(run, event.requestId, 'near', 4 * MINUTE_MS)
    case 'request-escalated':
      return toAuthor(run, event.requestId, 'nobody', 30 * MINUTE_MS)
    case 'alert-asked': {
      const { alertId, rule, memberId } = event
      return [ring(memberId, { what: 'are-you-fine', alertId, rule }, 5 * MINUTE_MS)]
    }
    case 'alert-raised':
      return alertRaised(run, event)
    case 'alert-sent': {
      const { rule, memberId } = run.alerts.get(event.alertId) ?? {}
      return [
        ring(event.toId, { what: 'sent', alertId: event.alertId, ...about(memberId), ...(rule && { rule }) }, HOUR_MS),
      ]
    }
    case 'regroup-called': {
      const note = { what: 'regroup', regroupId: event.regroupId } as const
      const called = [...run.members.values()].filter((member) => isOnTheWay(member) && isCalled(event, member))
      return called.map(({ memberId }) => ring(memberId, note, 30 * MINUTE_MS))
    }
    case 'run-started': {
      const there = [...run.members.values()].filter(isOnTheWay)
      return there.map(({ memberId }) => ({ ...ring(memberId, { what: 'started' }, 30 * MINUTE_MS), isUrgent: false }))
    }
    default:
      return []
  }
}

const about = (memberId: MemberId | null | undefined): Pick<Of, 'aboutId'> => (memberId ? { aboutId: memberId } : {})
const isOnTheWay = ({ role, status }: Member): boolean =>
  takesPart(role) && status !== 'stopped' && status !== 'removed'

type Waits = Extract<Fact['event'], { type: 'request-raised' | 'request-released' | 'request-repeated' }>

function requestWaits(run: RunState, { type, requestId }: Waits): Push[] {
  const request = run.requests.get(requestId)
  if (!request || request.endedAtMs !== null || request.cyclistId !== null) return []
  const { runnerId, kind, toldIds } = request
  if (!isAlarm(kind)) {
    if (policyOf(kind).tells !== 'helpers') return []
    const told = type === 'request-released' ? [] : toldIds // RQ19: they were told before
    const cyclists = type === 'request-repeated' ? [] : cyclistsOf(run)
    const able = cyclists.filter((cyclist) => couldBring(run, request, cyclist)).map(({ memberId }) => memberId)
    return [...new Set([...able, ...told])].map((toId) => asked(toId, request))
  }
  if (request.status === 'needs-check') return []
  const hear = [...run.members.values()].filter(
    (member) =>
      member.memberId !== runnerId &&
      seesRequest(run, member, request) &&
      // Who is home is not woken for it; a leader and the author's family always are.
      (isOnTheWay(member)
        ? isHelper(member.role) || toldIds.includes(member.memberId)
        : !takesPart(member.role) || member.role === 'leader'),
  )
  const note = { what: 'help', requestId, kind, aboutId: runnerId } as const
  return hear.map(({ memberId }) => ring(memberId, note, 30 * MINUTE_MS))
}

const asked = (toId: MemberId, { requestId, kind, runnerId }: Request): Push =>
  ring(toId, { what: 'asked', requestId, kind, aboutId: runnerId }, 10 * MINUTE_MS)

type Claimed = Extract<Fact['event'], { type: 'request-claimed' }>

function requestClaimed(run: RunState, { requestId, cyclistId, isAutomatic }: Claimed, byId: MemberId | null): Push[] {
  const request = run.requests.get(requestId)
  if (!request || request.cyclistId !== cyclistId) return []
  // RQ5: the only cyclist did not tap; who has just asked reads it on the screen.
  const toCyclist = isAutomatic && cyclistId !== byId ? [asked(cyclistId, request)] : []
  return [...toCyclist, ...toAuthor(run, requestId, 'claimed', 15 * MINUTE_MS)]
}

function toAuthor(run: RunState, requestId: RequestId, what: 'claimed' | 'near' | 'nobody', ttlMs: number): Push[] {
  const request = run.requests.get(requestId)
  if (!request || request.endedAtMs !== null) return []
  const { runnerId, cyclistId, kind } = request
  return [ring(runnerId, { what, requestId, kind, ...about(cyclistId) }, ttlMs)]
}

function alertRaised(run: RunState, { alertId }: Extract<Fact['event'], { type: 'alert-raised' }>): Push[] {
  const alert = run.alerts.get(alertId)
  if (!alert || !isAudible(alert)) return []
  const leaders = [...run.members.values()].filter(
    (member) => member.role === 'leader' && seesAlert(run, member, alert),
  )
  const note = { what: 'alert', alertId, rule: alert.rule, ...about(alert.memberId) } as const
  return leaders.map(({ memberId }) => ring(memberId, note, 30 * MINUTE_MS))
}
