import { useState } from 'preact/hooks'
import { canLocate } from '../run/locate.ts'
import { useRun } from '../run/running.ts'
import { ageText, t } from '../texts.ts'
import { PocketButton } from './later.tsx'
import { LeavingSheet } from './leaving-sheet.tsx'

/** A toilet, a shoe, the end of it: said, so that nobody is looked for in vain. */
export function PauseAndStop() {
  const { mine, nowMs, wish, phone, locates, kept } = useRun()
  const [asks, setAsks] = useState(false)
  if (!mine || mine.status === 'joined') return null
  const { memberId, status, pauseReason, stopReason, statusAtMs } = mine

  if (status === 'stopped' && stopReason)
    return (
      <section class="card">
        <p>{t.pause.stopped(t.stops[stopReason])}</p>
        <button
          type="button"
          onClick={() => {
            locates.value = canLocate() && !kept.isDemo
            void wish({ type: 'start-sharing', sinceMs: Math.round(phone.nowMs()) })
          }}
        >
          {t.pause.back}
        </button>
      </section>
    )

  return (
    <section class="leave">
      {status === 'paused' && pauseReason && (
        <div class="card notice">
          <p>{t.pause.paused(t.pauses[pauseReason], ageText(Math.max(0, nowMs - statusAtMs)))}</p>
          <button type="button" class="primary big" onClick={() => void wish({ type: 'return', memberId })}>
            {t.pause.goOn}
          </button>
        </div>
      )}
      <div class="row">
        <PocketButton />
        <button type="button" aria-haspopup="dialog" onClick={() => setAsks(true)}>
          {t.leaving.open}
        </button>
      </div>
      {asks && <LeavingSheet onClose={() => setAsks(false)} />}
    </section>
  )
}
