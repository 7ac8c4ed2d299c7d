import { membersOf } from '../../state/people.ts'
import { useRun } from '../run/running.ts'
import { isWide } from '../run/wide.ts'
import { t } from '../texts.ts'
import { Ground } from './ground.tsx'
import { NamedPoints } from './named-points.tsx'
import { PeopleList } from './people-list.tsx'
import { PersonRow } from './person-row.tsx'

export function WhereScreen() {
  const { view, mine } = useRun()
  const { counts } = view
  return (
    <section class="where" aria-label={t.where.heading}>
      <Ground />
      <p class="hint">
        {t.where.stale}
        {counts && counts.joined > membersOf(view).length && ` ${t.where.runCounts(counts.joined, counts.out)}.`}
      </p>
      <NamedPoints />
      {/* Beside what a leader does with them, everybody stands there. */}
      {!(isWide.value && mine?.role === 'leader') && (
        <>
          <h2>{t.where.everybody}</h2>
          <PeopleList row={(member) => <PersonRow member={member} />} />
        </>
      )}
    </section>
  )
}
