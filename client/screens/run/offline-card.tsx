import { t } from '../texts.ts'
import { useRun } from './running.ts'
import { waitingText } from './waiting-text.ts'

/** More are counted above, and not listed. */
const LISTED_MAX = 12

/** No network, and what waits for it, each by name: nothing here looks sent. */
export function OfflineCard() {
  const { view } = useRun()
  if (view.link !== 'offline') return null
  const { waitingCommands, waitingFixCount } = view
  const count = waitingCommands.length
  return (
    <div class="card notice">
      <div role="status">
        <p>
          <strong>{t.link.offlineLong}</strong>
        </p>
        {count > 0 ? <p>{t.link.waiting(count)}:</p> : waitingFixCount > 0 && <p>{t.outbox.heading}</p>}
      </div>
      <ul class="outbox">
        {waitingCommands.slice(0, LISTED_MAX).map(({ commandId, command }) => (
          <li key={commandId}>{waitingText(view, command)}</li>
        ))}
        {waitingFixCount > 0 && <li class="places">{t.link.waitingPlaces(waitingFixCount)}</li>}
      </ul>
    </div>
  )
}
