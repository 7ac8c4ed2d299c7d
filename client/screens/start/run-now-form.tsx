import { useRef, useState } from 'preact/hooks'
import { LAPS_MAX } from '../../../shared/geo/laps.ts'
import { NAME_MAX } from '../../../shared/run/words.ts'
import { isRefusal, planRun } from '../../net/http-calls.ts'
import { newSecretKey } from '../../net/new-id.ts'
import { keepSeat, myName, myPhone } from '../kept.ts'
import { navigate } from '../navigate.ts'
import { Field } from '../parts/field.tsx'
import { ROUTE_FILES } from '../parts/route-file.ts'
import { runPath } from '../run-address.ts'
import { refusalText, t } from '../texts.ts'

const TITLE_MAX = 80

/** One tap makes a run, once the name is known. */
export function RunNowForm() {
  const [name, setName] = useState(myName.get)
  const [title, setTitle] = useState('')
  const [phone, setPhone] = useState(myPhone.get)
  const [plannedStart, setPlannedStart] = useState('')
  const [routeFile, setRouteFile] = useState<File | null>(null)
  const [laps, setLaps] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  // The same key until an answer came: a tap repeated after a lost answer is the same run.
  const createKey = useRef(newSecretKey())

  const plan = async (event: Event) => {
    event.preventDefault()
    if (name.trim() === '') return setTrouble(t.start.needsName)
    setSending(true)
    myName.set(name.trim())
    myPhone.set(phone.trim())
    const answer = await planRun(location.origin, {
      createKey: createKey.current,
      title: title.trim() || null,
      leaderName: name.trim(),
      leaderPhone: phone.trim() || null,
      plannedStartMs: plannedStart ? new Date(plannedStart).getTime() : null,
      expectedDurationMs: null,
      longestDurationMs: null,
      recordedShiftMs: 0,
      routeFile: routeFile ? await routeFile.text() : null,
      routeLaps: routeFile && laps ? Number(laps) : null,
    })
    setSending(false)
    if (isRefusal(answer)) {
      // What was refused did not become a run; corrected, it is another one.
      if (answer.code === 'malformed') createKey.current = newSecretKey()
      return setTrouble(refusalText(answer))
    }
    keepSeat({
      key: answer.runId,
      seat: answer.seat,
      title: title.trim() || null,
      name: name.trim(),
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
    <form class="card" onSubmit={plan}>
      <Field label={t.start.name} name="name" autocomplete="name" value={name} maxLength={NAME_MAX} onText={setName} />
      <details>
        <summary>{t.start.more}</summary>
        <Field label={t.start.title} value={title} maxLength={TITLE_MAX} onText={setTitle} />
        <Field label={t.start.phone} type="tel" autocomplete="tel" value={phone} onText={setPhone}>
          <small>{t.start.phoneHint}</small>
        </Field>
        <Field label={t.start.plannedStart} type="datetime-local" value={plannedStart} onText={setPlannedStart} />
        <label>
          {t.start.route}
          <input
            type="file"
            accept={ROUTE_FILES}
            onChange={(event) => setRouteFile(event.currentTarget.files?.[0] ?? null)}
          />
        </label>
        {routeFile && (
          <Field
            label={t.start.laps}
            type="number"
            min="1"
            max={LAPS_MAX}
            placeholder="1"
            value={laps}
            onText={setLaps}
          />
        )}
      </details>
      {trouble && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <button type="submit" class="primary big" disabled={isSending}>
        {isSending ? t.common.sending : plannedStart ? t.start.plan : t.start.runNow}
      </button>
      <p class="hint">{t.start.runNowHint}</p>
    </form>
  )
}
