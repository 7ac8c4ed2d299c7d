import { HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { localMs, localText, nextSundayMs, tomorrowMs } from '../../state/planned-starts.ts'
import { Choice } from '../parts/choice.tsx'
import { Field } from '../parts/field.tsx'
import { SelectOne } from '../parts/select-one.tsx'
import { ageText, clockText, t } from '../texts.ts'
import { isAt, type PartProps, TroubleAt } from './part.tsx'

const EXPECTED_MIN = [30, 45, 60, 75, 90, 105, 120, 150, 180, 210, 240, 270, 300, 360, 420, 480, 600, 720, 1_440]
const LONGEST_MIN = [120, 240, 360, 480, 600, 840, 1_200, 1_440, 2_160, 2_880]
/** A day is always said: the start may be weeks away. */
const ALWAYS_WITH_DAY = Number.NEGATIVE_INFINITY

export function WhenPart({ draft, change, told }: PartProps) {
  const nowMs = Date.now()
  const startMs = localMs(draft.start)
  const quick = [nextSundayMs(nowMs), tomorrowMs(nowMs)].sort((a, b) => a - b)
  return (
    <section class="card" aria-labelledby="plan-when">
      <h2 id="plan-when">{t.planning.when}</h2>
      <Choice
        legend={t.planning.quick}
        all={quick}
        chosen={startMs}
        text={(atMs) => clockText(atMs, ALWAYS_WITH_DAY)}
        onChoose={(atMs) => change({ start: localText(atMs) })}
      />
      <Field
        label={t.start.plannedStart}
        type="datetime-local"
        value={draft.start}
        aria-invalid={isAt(told, 'start')}
        onText={(start) => change({ start })}
      >
        <TroubleAt told={told} field="start" />
        {startMs !== null && <small>{clockText(startMs, ALWAYS_WITH_DAY)}</small>}
      </Field>
      <Duration
        label={t.planning.expected}
        all={EXPECTED_MIN}
        chosenMin={draft.expectedMin}
        onChoose={(expectedMin) => change({ expectedMin })}
      />
      <Duration
        label={t.planning.longest}
        all={LONGEST_MIN.filter((minutes) => minutes >= draft.expectedMin)}
        chosenMin={Math.max(draft.longestMin, draft.expectedMin)}
        onChoose={(longestMin) => change({ longestMin })}
      />
      <small>{t.planning.longestHint}</small>
    </section>
  )
}

type DurationProps = {
  readonly label: string
  readonly all: readonly number[]
  readonly chosenMin: number
  readonly onChoose: (minutes: number) => void
}

/** One of the usual ones, or the one it has. */
export function Duration({ label, all, chosenMin, onChoose }: DurationProps) {
  const minutes = [...new Set([...all, chosenMin])].sort((a, b) => a - b)
  return (
    <SelectOne
      label={label}
      all={minutes.map((each) => [String(each), durationText(each)])}
      chosen={String(chosenMin)}
      onChoose={(chosen) => onChoose(Number(chosen))}
    />
  )
}

export const durationText = (minutes: number): string => {
  const hours = minutes / (HOUR_MS / MINUTE_MS)
  return Number.isInteger(hours) ? t.planning.hours(hours) : ageText(minutes * MINUTE_MS)
}
