import { useState } from 'preact/hooks'
import { pauseReasons, stopReasons } from '../../../shared/run/roles.ts'
import { Choice } from '../parts/choice.tsx'
import { canLocate } from '../run/locate.ts'
import { useRun } from '../run/running.ts'
import { ageText, t } from '../texts.ts'

/** A toilet, a shoe, the end of it: said, so that nobody is looked for in vain. */
export function PauseAndStop() {
  const { mine, nowMs, wish, phone, locates, kept } = useRun()
  const [asks, setAsks] = useState<'pause' | 'stop' | null>(null)
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
    <section class="card">
      {status === 'paused' && pauseReason && (
        <p>{t.pause.paused(t.pauses[pauseReason], ageText(Math.max(0, nowMs - statusAtMs)))}</p>
      )}
      <div class="row">
        {status === 'paused' ? (
          <button type="button" class="primary" onClick={() => void wish({ type: 'return', memberId })}>
            {t.pause.goOn}
          </button>
        ) : (
          <button
            type="button"
            aria-expanded={asks === 'pause'}
            onClick={() => setAsks(asks === 'pause' ? null : 'pause')}
          >
            {t.pause.pause}
          </button>
        )}
        <button type="button" aria-expanded={asks === 'stop'} onClick={() => setAsks(asks === 'stop' ? null : 'stop')}>
          {t.pause.stop}
        </button>
      </div>
      {asks === 'pause' && status === 'out' && (
        <Choice
          legend={t.pause.why}
          all={pauseReasons}
          text={(reason) => t.pauses[reason]}
          onChoose={(reason) => {
            setAsks(null)
            void wish({ type: 'pause', reason })
          }}
        />
      )}
      {asks === 'stop' && (
        <Choice
          legend={t.pause.whyStop}
          all={stopReasons}
          text={(reason) => t.stops[reason]}
          onChoose={(reason) => {
            setAsks(null)
            void wish({ type: 'stop', memberId, reason, untilMs: Math.round(phone.nowMs()) })
          }}
        />
      )}
    </section>
  )
}
