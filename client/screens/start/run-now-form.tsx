import { useRef, useState } from 'preact/hooks'
import { NAME_MAX } from '../../../shared/run/words.ts'
import { isRefusal, planRun } from '../../net/http-calls.ts'
import { newSecretKey } from '../../net/new-id.ts'
import { phoneFrom } from '../../state/phone-number.ts'
import { keepSeat, myName, myPhone } from '../kept.ts'
import { followHere, navigate } from '../navigate.ts'
import { Field } from '../parts/field.tsx'
import { planPath, runPath } from '../run-address.ts'
import { refusalText, t } from '../texts.ts'

/** One tap makes a run, once the name is known. All else is planned. */
export function RunNowForm() {
  const [name, setName] = useState(myName.get)
  const [isNaming, setNaming] = useState(name === '')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  // The same key until an answer came: a tap repeated after a lost answer is the same run.
  const createKey = useRef(newSecretKey())

  const plan = async (event: Event) => {
    event.preventDefault()
    const leaderName = name.trim()
    if (leaderName === '') return setTrouble(t.start.needsName)
    setTrouble(null)
    setSending(true)
    myName.set(leaderName)
    const answer = await planRun(location.origin, {
      createKey: createKey.current,
      title: null,
      leaderName,
      leaderPhone: phoneFrom(myPhone.get()) ?? null,
      plannedStartMs: null,
      expectedDurationMs: null,
      longestDurationMs: null,
      recordedShiftMs: 0,
    })
    setSending(false)
    if (isRefusal(answer)) {
      // What was refused did not become a run; corrected, it is another one.
      if (answer.code === 'malformed') createKey.current = newSecretKey()
      setNaming(true)
      return setTrouble(refusalText(answer))
    }
    keepSeat({
      key: answer.runId,
      seat: answer.seat,
      title: null,
      name: leaderName,
      role: 'leader',
      keptAtMs: Date.now(),
      invites: answer.invites,
      usedInvite: null,
      locates: false,
      isDemo: false,
    })
    navigate(runPath(answer.runId))
  }

  return (
    <form class="card run-now" onSubmit={plan}>
      {isNaming && (
        <Field
          label={t.start.name}
          name="name"
          autocomplete="name"
          value={name}
          maxLength={NAME_MAX}
          aria-invalid={trouble !== null && name.trim() === ''}
          onText={setName}
        />
      )}
      {trouble && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <button type="submit" class="primary big" disabled={isSending}>
        {isSending ? t.common.sending : t.start.runNow}
      </button>
      {isNaming ? (
        <p class="hint">{t.start.runNowHint}</p>
      ) : (
        <div class="row spread">
          <p class="hint grow">{t.planning.asName(name)}</p>
          <button type="button" class="quiet" onClick={() => setNaming(true)}>
            {t.planning.otherName}
          </button>
        </div>
      )}
      <a class="button" href={planPath} onClick={followHere}>
        {t.planning.open}
      </a>
    </form>
  )
}
