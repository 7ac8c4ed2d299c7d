import { pauseReasons, stopReasons } from '../../../shared/run/roles.ts'
import { Choice } from '../parts/choice.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

/** Finished, going home, got a lift, or only a pause: one tap on a large button says it. */
export function LeavingSheet({ onClose }: { readonly onClose: () => void }) {
  const { mine, wish, phone } = useRun()
  if (!mine) return null
  const { memberId, status } = mine
  return (
    <Sheet heading={t.leaving.heading} onClose={onClose}>
      <div class="leaving">
        <Choice
          legend={t.pause.stop}
          all={stopReasons}
          text={(reason) => t.stops[reason]}
          onChoose={(reason) => {
            onClose()
            void wish({ type: 'stop', memberId, reason, untilMs: Math.round(phone.nowMs()) })
          }}
        />
        {status === 'out' && (
          <Choice
            legend={t.pause.pause}
            all={pauseReasons}
            text={(reason) => t.pauses[reason]}
            onChoose={(reason) => {
              onClose()
              void wish({ type: 'pause', reason })
            }}
          />
        )}
      </div>
    </Sheet>
  )
}
