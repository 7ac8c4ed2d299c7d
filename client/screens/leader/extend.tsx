import { MINUTE_MS } from '../../../shared/units.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

const STEPS_MIN = [30, 60, 120] as const

/** Moves the expected end, from now if it has passed; never beyond the run's longest time. */
export function Extend() {
  const { view, wish, phone } = useRun()
  const { expectedEndMs, latestEndMs } = view.run.head
  const extend = (minutes: number) => {
    const fromMs = Math.max(expectedEndMs, phone.nowMs())
    void wish({ type: 'extend-run', expectedEndMs: Math.round(Math.min(fromMs + minutes * MINUTE_MS, latestEndMs)) })
  }
  return (
    <fieldset class="choice">
      <legend>{t.lead.extend}</legend>
      {STEPS_MIN.map((minutes) => (
        <button key={minutes} type="button" onClick={() => extend(minutes)}>
          {t.lead.extendBy(minutes)}
        </button>
      ))}
    </fieldset>
  )
}
