import { useState } from 'preact/hooks'
import { takesPart } from '../../../shared/run/roles.ts'
import { NAME_MAX } from '../../../shared/run/words.ts'
import { emergencyFrom, emergencyOf, formOf, noEmergency } from '../../state/emergency.ts'
import { nameOf, phoneOf } from '../../state/people.ts'
import { phoneFrom } from '../../state/phone-number.ts'
import { myEmergency } from '../kept.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { EmergencyFields } from '../parts/emergency-fields.tsx'
import { Field } from '../parts/field.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { FamilyLink } from './family-link.tsx'

/** What the run knows of me, to correct or to take back. */
export function AboutMe() {
  const { view, mine, wish, notice } = useRun()
  const [name, setName] = useState(() => (mine ? nameOf(view, mine.memberId) : ''))
  const [phone, setPhone] = useState(() => (mine ? (phoneOf(view, mine.memberId) ?? '') : ''))
  const [emergency, setEmergency] = useState(() => formOf(mine ? emergencyOf(view, mine.memberId) : noEmergency))
  if (!mine) return null

  const save = (event: Event) => {
    event.preventDefault()
    if (name.trim() && name.trim() !== nameOf(view, mine.memberId)) void wish({ type: 'rename', name: name.trim() })
    const number = phoneFrom(phone)
    if (number === undefined) notice.value = t.fields.phone
    else if (number !== phoneOf(view, mine.memberId)) void wish({ type: 'set-phone', phone: number })
    const known = emergencyFrom(emergency)
    const before = emergencyOf(view, mine.memberId)
    if (takesPart(mine.role) && typeof known !== 'string' && JSON.stringify(known) !== JSON.stringify(before)) {
      myEmergency.set(JSON.stringify(emergency))
      void wish({ type: 'set-emergency', contact: known.contact, note: known.note })
    }
  }
  return (
    <details class="card">
      <summary>{t.about.heading}</summary>
      <form onSubmit={save}>
        <Field label={t.about.name} value={name} maxLength={NAME_MAX} onText={setName} />
        <Field label={t.start.phone} type="tel" value={phone} onText={setPhone}>
          <small>{mine.role === 'leader' ? t.start.phoneHint : t.join.phoneHint}</small>
        </Field>
        {takesPart(mine.role) && <EmergencyFields form={emergency} onForm={setEmergency} />}
        <button type="submit">{t.about.save}</button>
      </form>
      <FamilyLink />
      <hr />
      <ConfirmButton label={t.about.erase} question={t.about.eraseSure} onYes={() => void wish({ type: 'erase-me' })} />
    </details>
  )
}
