import { MINUTE_MS } from '../../../shared/units.ts'
import { Choice } from '../parts/choice.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

const STEPS_MIN = [30, 60, 120]

/** Moves the expected end, from now if it has passed; never beyond the run's longest time. */
export function Extend() {
  const { view, wish, phone } = useRun()
  const { expectedEndMs, latestEndMs } = view.run.head
  const extend = (minutes: number) => {
    const fromMs = Math.max(expectedEndMs, phone.nowMs())
    void wish({ type: 'extend-run', expectedEndMs: Math.round(Math.min(fromMs + minutes * MINUTE_MS, latestEndMs)) })
  }
  return <Choice legend={t.lead.extend} all={STEPS_MIN} text={t.lead.extendBy} onChoose={extend} />
}
