import { useState } from 'preact/hooks'
import { takesPart } from '../../../shared/run/roles.ts'
import type { MemberId } from '../../../shared/units.ts'
import { membersOf, nameOf } from '../../state/people.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { SelectOne } from '../parts/select-one.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

const OFFERED_MAX = 300

/** Leadership goes to anyone who takes part; their leader goes on as a runner. */
export function HandOn() {
  const { view, wish } = useRun()
  const [toId, setTo] = useState<MemberId | null>(null)
  const others = membersOf(view)
    .filter(({ memberId, role }) => memberId !== view.myId && takesPart(role) && role !== 'leader')
    .slice(0, OFFERED_MAX)
  if (others.length === 0) return null
  return (
    <details class="card">
      <summary>{t.handOn.heading}</summary>
      <p class="hint">{t.handOn.hint}</p>
      <SelectOne
        label={t.handOn.whom}
        none={t.handOn.choose}
        all={others.map(({ memberId }) => [memberId, nameOf(view, memberId)])}
        chosen={toId}
        onChoose={setTo}
      />
      {toId !== null && (
        <ConfirmButton
          key={toId}
          label={t.lead.pass}
          question={t.lead.passSure(nameOf(view, toId))}
          onYes={() => void wish({ type: 'pass-leadership', toMemberId: toId })}
        />
      )}
    </details>
  )
}
