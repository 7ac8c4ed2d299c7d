import { NAME_MAX, NOTE_MAX } from '../../../shared/run/words.ts'
import { type EmergencyForm, emergencyFrom } from '../../state/emergency.ts'
import { t } from '../texts.ts'
import { Field } from './field.tsx'

type EmergencyFieldsProps = { readonly form: EmergencyForm; readonly onForm: (form: EmergencyForm) => void }

/** Folded: most people run without. */
export function EmergencyFields({ form, onForm }: EmergencyFieldsProps) {
  const known = emergencyFrom(form)
  return (
    <details>
      <summary>{t.emergency.heading}</summary>
      <p class="hint">{t.emergency.hint}</p>
      <Field
        label={t.emergency.name}
        value={form.name}
        maxLength={NAME_MAX}
        onText={(name) => onForm({ ...form, name })}
      />
      <Field label={t.emergency.phone} type="tel" value={form.phone} onText={(phone) => onForm({ ...form, phone })}>
        {known === 'half' && <small>{t.emergency.halfContact}</small>}
        {known === 'no-phone' && <small>{t.fields.phone}</small>}
      </Field>
      <Field
        label={t.emergency.note}
        value={form.note}
        maxLength={NOTE_MAX}
        placeholder={t.emergency.notePlaceholder}
        onText={(note) => onForm({ ...form, note })}
      />
    </details>
  )
}
