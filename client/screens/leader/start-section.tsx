import { sharingOf } from '../../state/sharing.ts'
import { isWaiting } from '../../state/waiting.ts'
import { useRun } from '../run/running.ts'
import { SharingCard } from '../runner/sharing-card.tsx'
import { t } from '../texts.ts'

/** Before the run: set out oneself, and start it for everybody. */
export function StartSection() {
  const { view, wish, mine, kept } = useRun()
  const { phase } = view.run.head
  if (phase === 'ended' || !mine) return null
  const isSharing = sharingOf(view) !== 'off'
  return (
    <>
      {mine.status === 'joined' && !kept.isDemo && <SharingCard />}
      {phase === 'planned' && (
        <button
          type="button"
          class={isSharing ? 'primary big' : undefined}
          disabled={isWaiting(view, 'start-run')}
          onClick={() => void wish({ type: 'start-run' })}
        >
          {t.lead.startRun}
        </button>
      )}
    </>
  )
}
