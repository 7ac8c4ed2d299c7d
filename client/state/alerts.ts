/** What a seat is told of alerts: a leader all, a helper what was sent to them, a member the question about themself. */
import { type Alert, alertPolicyOf, isAudible, isUncleared, mayTakeFrom } from '../../shared/run/alerts.ts'
import { isHelper } from '../../shared/run/roles.ts'
import { type AlertId, type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { me, membersOf, nameOf } from './people.ts'
import { ageMs, isTooOld, nearnessOf } from './place-age.ts'
import type { RunView } from './run-view.ts'
import { isWaitingAbout } from './waiting.ts'

/** Whom it is about has so long to answer before their leader is told. */
const ANSWER_WITHIN_MS = MINUTE_MS

export type ShownAlert = {
  readonly alert: Alert
  /** `null` for an alert of the run. */
  readonly name: string | null
  /** Since the condition began. */
  readonly forMs: number
  /** Of their last place; `null` without one. */
  readonly placeAgeMs: number | null
  readonly owner: string | null
  readonly isMine: boolean
  /** AT9: whether it is worth offering me to look after it. */
  readonly canTake: boolean
  /** Helpers whom it was sent to. */
  readonly sentTo: readonly string[]
  /** Nobody has taken it, and it is worth a sound. */
  readonly isAudible: boolean
  /** A tap about it has not been answered yet. */
  readonly isSending: boolean
}

/** AT30: the audible first, then the newest. For leaders what is raised; for everybody else what was sent to them or is theirs. */
export const alertsOf = (view: RunView, nowMs: number): ShownAlert[] =>
  [...view.run.alerts.values()]
    .filter((alert) => isUncleared(alert) && alert.status !== 'asked' && isForMe(view, alert))
    .map((alert) => shown(view, alert, nowMs))
    .sort((a, b) => Number(b.isAudible) - Number(a.isAudible) || b.alert.statusAtMs - a.alert.statusAtMs || byId(a, b))

export type MyQuestion = {
  readonly alertId: AlertId
  readonly rule: Alert['rule']
  /** Until the leader is told; 0 when that has happened. */
  readonly leftMs: number
}

/** AT31: what I am asked about myself; `null` when nothing is, or my answer is on its way. */
export function myQuestion(view: RunView, nowMs: number): MyQuestion | null {
  const [question] = [...view.run.alerts.values()]
    .filter(
      (alert) =>
        alert.memberId === view.myId &&
        isUncleared(alert) &&
        alertPolicyOf(alert.rule).asksFirst &&
        alert.answer === null &&
        !isWaitingAbout(view, alert.alertId),
    )
    .sort((a, b) => b.statusAtMs - a.statusAtMs)
  if (!question) return null
  const { alertId, rule, status, statusAtMs } = question
  return { alertId, rule, leftMs: status === 'asked' ? Math.max(0, statusAtMs + ANSWER_WITHIN_MS - nowMs) : 0 }
}

/** Nobody has it, or whoever has it may be relieved of it. */
export function canTake(view: RunView, alert: Alert): boolean {
  const [mine, owner] = [me(view), alert.ownerId === null ? undefined : view.run.members.get(alert.ownerId)]
  return (
    mine !== undefined &&
    alert.ownerId !== mine.memberId &&
    (!owner || owner.status === 'stopped' || mayTakeFrom(owner, mine, alert))
  )
}

export type HelperNear = {
  readonly memberId: MemberId
  /** By air, from whom it is about; `null` where one of the two places is old or unknown. */
  readonly distanceM: number | null
}

/** AT33: whom a leader may send an alert to, the nearest first. */
export const helpersFor = (view: RunView, alert: Alert, nowMs: number): readonly HelperNear[] =>
  membersOf(view)
    .filter((one) => isHelper(one.role) && one.status !== 'stopped' && one.memberId !== view.myId)
    .map(({ memberId }) => memberId)
    .filter((id) => id !== alert.memberId && id !== alert.ownerId && !alert.sentToIds.includes(id))
    .map((memberId) => {
      const way = alert.memberId && nearnessOf(view, alert.memberId, memberId, nowMs)
      return { memberId, distanceM: way && !isTooOld(way.ageMs) ? way.distanceM : null }
    })
    .sort((a, b) => (a.distanceM ?? Number.MAX_VALUE) - (b.distanceM ?? Number.MAX_VALUE))

/** What is about oneself is a question, and nothing to look after. */
function isForMe(view: RunView, { memberId, sentToIds, ownerId }: Alert): boolean {
  const mine = me(view)
  if (!mine || memberId === mine.memberId) return false
  return mine.role === 'leader' || sentToIds.includes(mine.memberId) || ownerId === mine.memberId
}

function shown(view: RunView, alert: Alert, nowMs: number): ShownAlert {
  const { alertId, memberId, sinceMs, ownerId, sentToIds } = alert
  const place = memberId === null ? undefined : view.places.get(memberId)
  return {
    alert,
    name: memberId === null ? null : nameOf(view, memberId),
    forMs: Math.max(0, nowMs - sinceMs),
    placeAgeMs: place ? ageMs(place, nowMs) : null,
    owner: ownerId && nameOf(view, ownerId),
    isMine: ownerId !== null && ownerId === view.myId,
    canTake: canTake(view, alert),
    sentTo: sentToIds.map((id) => nameOf(view, id)),
    isAudible: isAudible(alert),
    isSending: isWaitingAbout(view, alertId),
  }
}

const byId = (a: ShownAlert, b: ShownAlert): number => (a.alert.alertId < b.alert.alertId ? -1 : 1)
