/** Whom to call for somebody and what whoever helps must know: as told, as typed, as sent. */
import { contactOf, type EmergencyContact } from '../../shared/run/emergency.ts'
import { wordKey } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import { phoneFrom } from './phone-number.ts'
import type { RunView } from './run-view.ts'

export type Emergency = { readonly contact: EmergencyContact | null; readonly note: string | null }

export const noEmergency: Emergency = { contact: null, note: null }

/** As far as this seat is told: see VS22. */
export function emergencyOf({ words }: RunView, memberId: MemberId): Emergency {
  const contact = words.get(wordKey.emergency(memberId))?.text
  return { contact: contact ? contactOf(contact) : null, note: words.get(wordKey.medical(memberId))?.text ?? null }
}

export type EmergencyForm = { readonly name: string; readonly phone: string; readonly note: string }

export const formOf = ({ contact, note }: Emergency): EmergencyForm => ({
  name: contact?.name ?? '',
  phone: contact?.phone ?? '',
  note: note ?? '',
})

/** `half`: a name without a number helps nobody, nor does a number without a name. */
export function emergencyFrom(form: EmergencyForm): Emergency | 'half' | 'no-phone' {
  const [name, phone, note] = [form.name.trim(), phoneFrom(form.phone), form.note.trim()]
  if (phone === undefined) return 'no-phone'
  if ((name === '') !== (phone === null)) return 'half'
  return { contact: phone === null ? null : { name, phone }, note: note || null }
}

/** What was kept as text, whatever became of it. */
export function keptForm(text: string): EmergencyForm {
  try {
    const { name, phone, note } = JSON.parse(text) as Record<string, unknown>
    return { name: String(name ?? ''), phone: String(phone ?? ''), note: String(note ?? '') }
  } catch {
    return { name: '', phone: '', note: '' } // nothing kept yet
  }
}
