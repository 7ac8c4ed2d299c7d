import type { MemberId } from '../../../shared/units.ts'
import { nameOf } from '../../state/people.ts'
import { type RollPart, rollSentence } from '../../state/roll-sentence.ts'
import { type Run, useRun } from '../run/running.ts'
import { capitalised, clockText, kmText, t } from '../texts.ts'

/** "84 of 90 heard or seen, 87 in, 2 went home, 1 with Dana at km 16, 1 missing: Aidar". */
export function RollSentence() {
  const run = useRun()
  const { view, nowMs } = run
  const parts = rollSentence(view, nowMs)
  return (
    <p class="roll">
      <span role="status">
        {parts.length === 0 && t.roll.nobody}
        {parts.map((part, i) => (
          <Part key={`${part.is} ${'helperId' in part ? part.helperId : ''}`} part={part} run={run} isFirst={i === 0} />
        ))}
        .
      </span>
      {/* Phones come and go all the time: seen, and not read out. */}
      {view.counts && view.run.head.phase !== 'ended' && <small> {t.lead.connected(view.counts.connected)}.</small>}
    </p>
  )
}

type PartProps = { readonly part: RollPart; readonly run: Run; readonly isFirst: boolean }

function Part({ part, run, isFirst }: PartProps) {
  const text = isFirst ? capitalised(partText(part, run)) : `, ${partText(part, run)}`
  return isToLookAt(part) ? <strong>{text}</strong> : text
}

const isToLookAt = ({ is }: RollPart): boolean => is === 'missing' || is === 'silent' || is === 'unseen'

function partText(part: RollPart, { view, nowMs }: Run): string {
  const names = (ids: readonly MemberId[]) => ids.map((id) => nameOf(view, id))
  switch (part.is) {
    case 'heard-or-seen':
      return t.roll.heardOrSeen(part.count, part.of)
    case 'out':
      return t.roll.out(part.count)
    case 'guests-out':
      return t.roll.guestsOut(part.count)
    case 'paused':
      return t.roll.paused(part.count)
    case 'in':
      return t.roll.in(part.count)
    case 'went-home':
      return t.roll.wentHome(part.count)
    case 'got-a-lift':
      return t.roll.gotALift(part.count)
    case 'waiting':
      return t.roll.waiting(part.count)
    case 'with':
      return t.roll.with(part.count, nameOf(view, part.helperId), part.atM === null ? null : kmText(part.atM))
    case 'missing':
      return t.roll.missing(names(part.memberIds))
    case 'silent':
      return t.roll.silent(names(part.memberIds))
    case 'unseen': {
      const guests = part.guestCount > 0 ? [t.lead.guestHeads(part.guestCount)] : []
      return t.roll.unseen(part.count, clockText(part.sinceMs, nowMs), [...names(part.memberIds), ...guests])
    }
  }
}
