import { membersOf } from '../../state/people.ts'
import { PackStrip } from '../pack/pack-strip.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { Ground } from '../where/ground.tsx'
import { NamedPoints } from '../where/named-points.tsx'
import { PeopleList } from '../where/people-list.tsx'
import { PersonRow } from '../where/person-row.tsx'

/** For those at home: the map, the pack on one line, and everybody. Nothing here changes anything. */
export function WatchScreen() {
  const { view } = useRun()
  const { counts } = view
  return (
    <div class="watch">
      <section class="watch-ground" aria-label={t.where.heading}>
        <Ground />
        <p class="hint">
          {t.where.stale}
          {counts && counts.joined > membersOf(view).length && ` ${t.where.runCounts(counts.joined, counts.out)}.`}
        </p>
        <PackStrip />
      </section>
      <section class="watch-people" aria-label={t.where.everybody}>
        <NamedPoints />
        <h2>{t.where.everybody}</h2>
        <PeopleList row={(member) => <PersonRow member={member} />} />
      </section>
    </div>
  )
}
