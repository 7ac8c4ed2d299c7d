import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Member } from '../../../shared/run/state.ts'
import { findPeople } from '../../state/find-people.ts'
import { rollList, rollOf } from '../../state/roll.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { FindField } from './find-field.tsx'

/** More are not drawn each second; a name or number finds them. */
const SHOWN_MAX = 100
const FINDS_FROM = 12

type PeopleListProps = { readonly row: (member: Member) => ComponentChildren }

/** Everyone, those to be looked at first. */
export function PeopleList({ row }: PeopleListProps) {
  const { view, nowMs, mine } = useRun()
  const [text, setText] = useState('')
  const all = rollList(view, nowMs)
  const found = findPeople(view, all, text)
  const { silent, missing } = rollOf(view, nowMs)
  const toLookAt = mine?.role === 'leader' ? [...silent, ...missing] : []
  const first = new Set(toLookAt.map(({ memberId }) => memberId))
  return (
    <>
      {all.length >= FINDS_FROM && <FindField text={text} onText={setText} />}
      <ul class="list people">
        {found.slice(0, SHOWN_MAX).map((member) => (
          <li key={member.memberId} class={first.has(member.memberId) ? 'look-at' : undefined}>
            {row(member)}
          </li>
        ))}
      </ul>
      {found.length > SHOWN_MAX && <p class="hint">{t.where.more(found.length - SHOWN_MAX)}</p>}
    </>
  )
}
