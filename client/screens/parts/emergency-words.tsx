import type { MemberId } from '../../../shared/units.ts'
import { emergencyOf } from '../../state/emergency.ts'
import { nameOf } from '../../state/people.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

/** What whoever helps must know of somebody, and whom to call for them; nothing for who is not told. */
export function EmergencyWords({ memberId }: { readonly memberId: MemberId }) {
  const { view } = useRun()
  const { contact, note } = emergencyOf(view, memberId)
  if (!contact && !note) return null
  return (
    <section class="emergency" aria-label={t.emergency.of(nameOf(view, memberId))}>
      {note && (
        <p>
          <strong>{note}</strong>
        </p>
      )}
      {contact && (
        <a class="button" href={`tel:${contact.phone}`}>
          {t.emergency.call(contact.name)}
        </a>
      )}
    </section>
  )
}
