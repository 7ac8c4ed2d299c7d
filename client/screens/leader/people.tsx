import { t } from '../texts.ts'
import { PeopleList } from '../where/people-list.tsx'
import { PersonRow } from '../where/person-row.tsx'
import { MemberActions } from './member-actions.tsx'

/** A tap on one opens what a leader may do. */
export function People() {
  return (
    <section aria-labelledby="people">
      <h2 id="people">{t.lead.people}</h2>
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
    </section>
  )
}
