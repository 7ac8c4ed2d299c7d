/** What people do about alerts, and which rules a leader wants. */
import { refuse } from '../../shared/protocol/errors.ts'
import { type Alert, isAlertOn, mayTakeFrom } from '../../shared/run/alerts.ts'
import type { Command } from '../../shared/run/commands.ts'
import { isHelper } from '../../shared/run/roles.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import { uncleared } from './alerts/episodes.ts'
import { type Asked, accept, type Decision } from './decision.ts'
import { seesAlert, seesMember } from './visibility.ts'
import { raised } from './wake-alerts.ts'

type AlertWish = Extract<
  Command,
  { type: 'set-conditions' | 'own-alert' | 'send-alert' | 'clear-alert' | 'answer-alert' }
>
type Conditions = Extract<AlertWish, { type: 'set-conditions' }>

export function decideAlert(wish: AlertWish, asked: Asked): Decision {
  if (wish.type === 'set-conditions') return setConditions(wish, asked)
  const { run, by } = asked
  const alert = run.alerts.get(wish.alertId)
  // AT8: what only its member is asked about is nobody else's yet.
  const isTheirs = alert?.memberId === by.memberId
  if (!alert || !seesAlert(run, by, alert) || (alert.status === 'asked' && !isTheirs))
    return refuse('no-such-thing', { field: 'command.alertId' })
  switch (wish.type) {
    case 'answer-alert':
      return isTheirs ? answer(alert, wish.answer) : refuse('no-such-thing', { field: 'command.alertId' })
    case 'own-alert':
      return own(alert, asked)
    case 'send-alert': {
      if (by.role !== 'leader') return refuse('not-for-your-role')
      if (alert.status === 'cleared') return refuse('already-ended')
      const to = run.members.get(wish.toId)
      const isThere = to && mayOwn(run, to) && to.status !== 'stopped' && seesMember(by, to)
      if (!isThere) return refuse('no-such-thing', { field: 'command.toId' })
      if (alert.sentToIds.includes(wish.toId)) return accept()
      return accept({ type: 'alert-sent', alertId: alert.alertId, toId: wish.toId }) // AT10
    }
    case 'clear-alert':
      // AT11
      if (by.role !== 'leader' && alert.ownerId !== by.memberId) return refuse('not-for-your-role')
      if (alert.status === 'cleared') return accept()
      return accept({ type: 'alert-cleared', alertId: alert.alertId, over: 'by-leader' })
  }
}

/** AT7 */
function answer(alert: Alert, said: NonNullable<Alert['answer']>): Decision {
  const { alertId } = alert
  if (alert.status === 'cleared') return accept() // over by itself meanwhile; a call for help is a request of its own
  if (said === 'fine')
    return accept({ type: 'alert-answered', alertId, answer: said }, { type: 'alert-cleared', alertId, over: 'fine' })
  if (alert.answer === said) return accept()
  const answered = { type: 'alert-answered', alertId, answer: said } as const
  return alert.status === 'asked' ? accept(answered, raised(alert)) : accept(answered)
}

/** AT9: one helper sees to it; anybody may take it from one who is not there any more. */
function own(alert: Alert, { run, by }: Asked): Decision {
  const { alertId, memberId, ownerId, status } = alert
  if (!mayOwn(run, by) || (memberId === by.memberId && by.role !== 'leader')) return refuse('not-for-your-role')
  if (status === 'cleared') return refuse('already-ended')
  if (ownerId === by.memberId) return accept()
  const owner = ownerId === null ? undefined : run.members.get(ownerId)
  const isHeld = owner && mayOwn(run, owner) && owner.status !== 'stopped'
  if (isHeld && !mayTakeFrom(owner, by, alert)) return refuse('someone-else-has-it')
  return accept({ type: 'alert-owned', alertId, ownerId: by.memberId })
}

/** A helper, or the back marker of a group. */
const mayOwn = (run: RunState, { memberId, role, status }: Member): boolean =>
  status !== 'removed' &&
  (isHelper(role) || [...run.groups.values()].some(({ backMarkerId }) => backMarkerId === memberId))

/** AT2: what a leader puts off is over at once. */
function setConditions({ heat, alertsOff }: Conditions, { run, by }: Asked): Decision {
  if (by.role !== 'leader') return refuse('not-for-your-role')
  if (run.head.phase === 'ended') return refuse('run-has-ended')
  const next = [...new Set(alertsOff)].sort()
  if (heat === run.head.heat && next.join() === [...run.head.alertsOff].sort().join()) return accept()
  const isOff = ({ rule }: Alert) => !isAlertOn({ alertsOff: next }, rule)
  return accept(
    { type: 'conditions-set', heat, alertsOff: next },
    ...uncleared(run)
      .filter(isOff)
      .map(({ alertId }) => ({ type: 'alert-cleared', alertId, over: 'by-leader' }) as const),
  )
}
