import { membersOf } from '../../state/people.ts'
import { useRun } from '../run/running.ts'
import { isWide } from '../run/wide.ts'
import { t } from '../texts.ts'
import { PeopleList } from '../where/people-list.tsx'
import { PersonRow } from '../where/person-row.tsx'
import { MemberActions } from './member-actions.tsx'

/** On a phone more are folded away: whoever is to be looked at stands in the sentence on top. */
const OPEN_MAX = 20

/** A tap on one opens what a leader may do. */
export function People() {
  const count = membersOf(useRun().view).length
  if (count > OPEN_MAX)
    return (
      <details class="card" open={isWide.value}>
        <summary>
          <span>
            {t.lead.people} <small>{count}</small>
          </span>
        </summary>
        <List />
      </details>
    )
  return (
    <section aria-labelledby="people">
      <h2 id="people">{t.lead.people}</h2>
      <List />
    </section>
  )
}

const List = () => (
  <PeopleList
    row={(member) => (
      <details>
        <summary>
          <PersonRow member={member} />
        </summary>
        <MemberActions member={member} />
      </details>
    )}
  />
)
