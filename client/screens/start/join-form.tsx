import { useRef, useState } from 'preact/hooks'
import type { InviteShown } from '../../../shared/protocol/http.ts'
import { takesPart } from '../../../shared/run/roles.ts'
import { NAME_MAX } from '../../../shared/run/words.ts'
import { isRefusal, join } from '../../net/http-calls.ts'
import { newSecretKey } from '../../net/new-id.ts'
import { emergencyFrom, keptForm } from '../../state/emergency.ts'
import { phoneFrom } from '../../state/phone-number.ts'
import { keepSeat, myEmergency, myName, myPhone } from '../kept.ts'
import { navigate } from '../navigate.ts'
import { EmergencyFields } from '../parts/emergency-fields.tsx'
import { Field } from '../parts/field.tsx'
import { runPath } from '../run-address.ts'
import { refusalText, t } from '../texts.ts'

const START_NUMBER_MAX = 12

type JoinFormProps = { readonly invite: string; readonly shown: InviteShown; readonly isAnother: boolean }

export function JoinForm({ invite, shown, isAnother }: JoinFormProps) {
  const [name, setName] = useState(() => (isAnother ? '' : myName.get()))
  const [phone, setPhone] = useState(() => (isAnother ? '' : myPhone.get()))
  const [startNumber, setStartNumber] = useState('')
  const [emergency, setEmergency] = useState(() => keptForm(isAnother ? '' : myEmergency.get()))
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  // The same key until the answer came: a tap repeated after a lost answer is the same seat.
  const joinKey = useRef(newSecretKey())

  const submit = async (event: Event) => {
    event.preventDefault()
    if (name.trim() === '') return setTrouble(t.start.needsName)
    const number = phoneFrom(phone)
    const known = emergencyFrom(emergency)
    if (number === undefined || known === 'no-phone') return setTrouble(t.fields.phone)
    if (known === 'half') return setTrouble(t.emergency.halfContact)
    setSending(true)
    if (!isAnother) {
      myName.set(name.trim())
      myPhone.set(number ?? '')
      myEmergency.set(JSON.stringify(emergency))
    }
    const answer = await join(location.origin, {
      joinKey: joinKey.current,
      invite,
      name: name.trim(),
      phone: number,
      startNumber: startNumber.trim() || null,
      ...(takesPart(shown.role) && { contact: known.contact, medical: known.note }),
    })
    setSending(false)
    if (isRefusal(answer)) return setTrouble(refusalText(answer))
    keepSeat({
      key: answer.runId,
      seat: answer.seat,
      title: shown.title,
      name: name.trim(),
      role: shown.role,
      keptAtMs: Date.now(),
      invites: {},
      usedInvite: invite,
      locates: false,
      isDemo: false,
    })
    // The invite leaves the address and the history with it.
    navigate(runPath(answer.runId), 'replace')
  }

  return (
    <form class="card" onSubmit={submit}>
      <Field label={t.start.name} name="name" autocomplete="name" value={name} maxLength={NAME_MAX} onText={setName} />
      {takesPart(shown.role) && (
        <details>
          <summary>{t.join.numbers}</summary>
          <Field label={t.join.phone} type="tel" autocomplete="tel" value={phone} onText={setPhone}>
            <small>{t.join.phoneHint}</small>
          </Field>
          <Field label={t.join.number} value={startNumber} maxLength={START_NUMBER_MAX} onText={setStartNumber} />
        </details>
      )}
      {takesPart(shown.role) && <EmergencyFields form={emergency} onForm={setEmergency} />}
      <p class="hint">{takesPart(shown.role) ? t.join.shares : t.join.watcherShares}</p>
      {trouble && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <button type="submit" class="primary big" disabled={isSending}>
        {isSending ? t.common.sending : t.join.join}
      </button>
    </form>
  )
}
