import { useState } from 'preact/hooks'
import { type ItemKind, itemKindNames } from '../../../shared/run/requests.ts'
import type { Member } from '../../../shared/run/state.ts'
import type { HandOverId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { handOverList } from '../../state/hand-over-list.ts'
import { nameOf } from '../../state/people.ts'
import { Field } from '../parts/field.tsx'
import { KindIcon } from '../parts/kind-icon.tsx'
import { useRun } from '../run/running.ts'
import { distanceText, t } from '../texts.ts'

const SHOWN_MAX = 8

/** Most bottles are given without a request: runner and thing in one tap, the nearest runner first. */
export function HandOverForm() {
  const { view, nowMs, wish, notice } = useRun()
  const [find, setFind] = useState('')
  const [isOpen, setOpen] = useState(false)
  const found = isOpen ? handOverList(view, find, nowMs) : []

  const give = async ({ memberId }: Member, kind: ItemKind) => {
    const name = nameOf(view, memberId)
    const answer = await wish({
      type: 'record-hand-over',
      handOverId: newId<HandOverId>('hov'),
      runnerId: memberId,
      kind,
      quantity: 1,
    })
    if (answer.ok) notice.value = t.handOver.done(t.kinds[kind], name)
  }
  return (
    <details class="card" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.handOver.heading}</summary>
      <Field label={t.handOver.find} type="search" value={find} onText={setFind} />
      <p class="hint">{t.handOver.hint}</p>
      <ul class="list">
        {found.slice(0, SHOWN_MAX).map(({ member, name, way }) => (
          <li key={member.memberId}>
            <p>
              <strong>{name}</strong> {member.startNumber && `#${member.startNumber}`}{' '}
              {way && <small>{distanceText(way.distanceM)}</small>}
            </p>
            <div class="items">
              {itemKindNames.map((kind) => (
                <button
                  key={kind}
                  type="button"
                  class="item"
                  aria-label={t.handOver.label(t.kinds[kind], name)}
                  onClick={() => void give(member, kind)}
                >
                  <KindIcon kind={kind} />
                  <small>{t.kinds[kind]}</small>
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      {found.length > SHOWN_MAX && <p class="hint">{t.handOver.more(found.length - SHOWN_MAX)}</p>}
    </details>
  )
}
