import { useState } from 'preact/hooks'
import { DAY_MS, MINUTE_MS } from '../../../shared/units.ts'
import { membersOf } from '../../state/people.ts'
import { localMs, localText } from '../../state/planned-starts.ts'
import { Field } from '../parts/field.tsx'
import { useRun } from '../run/running.ts'
import { clockText, distanceText, joined, t } from '../texts.ts'
import { UnderClub } from './under-club.tsx'
import { Duration, durationText } from './when-part.tsx'

const EXPECTED_MIN = [30, 60, 90, 120, 180, 240, 300, 360, 480]
const TITLE_MAX = 80
const HELPERS_MAX = 500

/** Before the start: what is planned, in a line, and folded away what of it may still be changed. */
export function PlanCard() {
  const { view, nowMs, mine, kept } = useRun()
  const { head, groups } = view.run
  if (head.phase !== 'planned' || mine?.role !== 'leader' || kept.isDemo) return null
  // "Run now" planned nothing.
  if (head.plannedStartMs <= nowMs && head.helpersWanted === null && groups.size === 0) return null
  const helpers = membersOf(view).filter(({ role, status }) => role === 'cyclist' && status !== 'stopped').length
  const { helpersWanted, route } = head
  return (
    <section class="card" aria-labelledby="plan-card">
      <h2 id="plan-card">{t.planning.card}</h2>
      <p>
        <strong>{t.planning.starts(clockText(head.plannedStartMs, nowMs))}</strong>
        <span class="block">
          {joined(
            [
              t.planning.takes(durationText(Math.round((head.expectedEndMs - head.plannedStartMs) / MINUTE_MS))),
              route && distanceText(route.lengthM),
              groups.size > 0 && t.planning.groupCount(groups.size),
              helpersWanted !== null && t.planning.helpersHere(helpers, helpersWanted),
              t.planning.kept(Math.round(head.retentionMs / DAY_MS)),
            ],
            ' · ',
          )}
        </span>
      </p>
      <UnderClub />
      <details>
        <summary>{t.planning.change}</summary>
        {/* Begun anew when another leader has changed it. */}
        <ChangePlan key={`${head.plannedStartMs} ${head.expectedEndMs} ${helpersWanted}`} />
      </details>
    </section>
  )
}

function ChangePlan() {
  const { view, wish, notice } = useRun()
  const { head } = view.run
  const [title, setTitle] = useState(view.words.get('title')?.text ?? '')
  const [start, setStart] = useState(localText(head.plannedStartMs))
  const [expectedMin, setExpectedMin] = useState(Math.round((head.expectedEndMs - head.plannedStartMs) / MINUTE_MS))
  const [helpers, setHelpers] = useState(head.helpersWanted === null ? '' : String(head.helpersWanted))
  const [isWrong, setWrong] = useState<'start' | 'helpers' | null>(null)

  const save = async (event: Event) => {
    event.preventDefault()
    const plannedStartMs = localMs(start)
    const helpersWanted = helpers.trim() === '' ? null : Number(helpers)
    if (plannedStartMs === null) return setWrong('start')
    if (
      helpersWanted !== null &&
      !(Number.isInteger(helpersWanted) && helpersWanted >= 0 && helpersWanted <= HELPERS_MAX)
    )
      return setWrong('helpers')
    setWrong(null)
    const expectedDurationMs = expectedMin * MINUTE_MS
    const answer = await wish({
      type: 'change-plan',
      title: title.trim() || null,
      plannedStartMs,
      expectedDurationMs,
      helpersWanted,
    })
    if (answer.ok) notice.value = t.planning.changed
    else if (answer.code === 'malformed') setWrong('start')
  }
  return (
    <form onSubmit={save} noValidate>
      <Field label={t.start.title} value={title} maxLength={TITLE_MAX} onText={setTitle} />
      <Field
        label={t.start.plannedStart}
        type="datetime-local"
        value={start}
        aria-invalid={isWrong === 'start'}
        onText={setStart}
      >
        {isWrong === 'start' && (
          <small class="trouble" role="alert">
            {t.planning.problems['no-date']}
          </small>
        )}
      </Field>
      <Duration label={t.planning.expected} all={EXPECTED_MIN} chosenMin={expectedMin} onChoose={setExpectedMin} />
      <Field
        label={t.planning.helpers}
        type="number"
        min="0"
        value={helpers}
        aria-invalid={isWrong === 'helpers'}
        onText={setHelpers}
      >
        {isWrong === 'helpers' && (
          <small class="trouble" role="alert">
            {t.planning.problems['no-number']}
          </small>
        )}
      </Field>
      <button type="submit">{t.planning.save}</button>
    </form>
  )
}
