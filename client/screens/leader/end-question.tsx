import { ConfirmButton } from '../parts/confirm-button.tsx'
import { useRun } from '../run/running.ts'
import { clockText, t } from '../texts.ts'
import { StillOpen } from './end-section.tsx'
import { Extend } from './extend.tsx'

/** The run should be over and is not: it asks its leader, and goes on until there is an answer. */
export function EndQuestion() {
  const { view, nowMs, wish } = useRun()
  return (
    <section class="card notice" role="alert">
      <h2>{t.lead.question}</h2>
      <p>{t.lead.questionLong(clockText(view.run.head.expectedEndMs, nowMs))}</p>
      <StillOpen />
      <Extend />
      <ConfirmButton
        label={t.lead.endRun}
        question={t.lead.endSure}
        onYes={() => void wish({ type: 'end-run', despiteMissing: true })}
      />
    </section>
  )
}
