import { nameOf } from '../../state/people.ts'
import { rollOf } from '../../state/roll.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

/** "18 out, 4 in, 2 went home, 1 missing: Aidar". */
export function RollSentence() {
  const { view, nowMs } = useRun()
  const roll = rollOf(view, nowMs)
  const names = (members: typeof roll.missing) => members.map(({ memberId }) => nameOf(view, memberId))
  const counted = [
    roll.out && t.lead.out(roll.out),
    roll.guestsOut && t.lead.guestsOut(roll.guestsOut),
    roll.paused && t.lead.paused(roll.paused),
    (roll.finished || roll.guestsIn) && t.lead.in(roll.finished + roll.guestsIn),
    roll.wentHome && t.lead.wentHome(roll.wentHome),
    roll.gotALift && t.lead.gotALift(roll.gotALift),
    roll.waiting && t.lead.waiting(roll.waiting),
  ].filter((part) => typeof part === 'string')
  return (
    <p class="roll" role="status">
      {counted.length > 0 ? counted.join(', ') : t.lead.nobody}
      {roll.missing.length > 0 && <strong>, {t.lead.missing(names(roll.missing))}</strong>}
      {roll.silent.length > 0 && <strong>, {t.lead.silent(names(roll.silent))}</strong>}.
      {view.counts && <small> {t.lead.connected(view.counts.connected)}.</small>}
    </p>
  )
}
