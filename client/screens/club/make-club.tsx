import { useRef, useState } from 'preact/hooks'
import { NAME_MAX } from '../../../shared/run/words.ts'
import { isRefusal, makeClub } from '../../net/http-calls.ts'
import { newSecretKey } from '../../net/new-id.ts'
import { navigate } from '../navigate.ts'
import { Field } from '../parts/field.tsx'
import { clubPath } from '../run-address.ts'
import { refusalText, t } from '../texts.ts'
import { clubIdOf, keepClub } from './kept-clubs.ts'

export function MakeClub() {
  const [name, setName] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  // The same key until an answer came: a tap repeated after a lost answer is the same club.
  const createKey = useRef(newSecretKey())

  const make = async (event: Event) => {
    event.preventDefault()
    if (name.trim() === '') return setTrouble(t.planning.problems.needed)
    setTrouble(null)
    setSending(true)
    const answer = await makeClub(location.origin, createKey.current, name.trim())
    setSending(false)
    if (isRefusal(answer)) return setTrouble(refusalText(answer))
    keepClub({ link: answer.link, organiser: answer.organiser, name: name.trim() })
    navigate(clubPath(clubIdOf(answer.link)), 'replace')
  }
  return (
    <>
      <h1>{t.club.make}</h1>
      <p class="lead">{t.club.makeHint}</p>
      <form class="card" onSubmit={make} noValidate>
        <Field
          label={t.club.name}
          value={name}
          maxLength={NAME_MAX}
          aria-invalid={trouble !== null}
          onText={(text) => {
            setName(text)
            setTrouble(null)
          }}
        >
          {trouble && (
            <small class="trouble" role="alert">
              {trouble}
            </small>
          )}
        </Field>
        <button type="submit" class="primary big" disabled={isSending}>
          {isSending ? t.common.sending : t.club.makeIt}
        </button>
      </form>
    </>
  )
}
