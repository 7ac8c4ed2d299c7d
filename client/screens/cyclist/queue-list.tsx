import { MINUTE_MS } from '../../../shared/units.ts'
import { canTake } from '../../state/alerts.ts'
import type { QueueRow } from '../../state/cyclist-queue.ts'
import { nameOf } from '../../state/people.ts'
import type { QueueEntry } from '../../state/queue.ts'
import { KindIcon } from '../parts/kind-icon.tsx'
import { placeWords } from '../parts/place-text.ts'
import { useRun } from '../run/running.ts'
import { ageText, distanceText, t } from '../texts.ts'
import { QueueCard } from './queue-card.tsx'

/** Thousands with a drink plan are not drawn each second. */
const DUE_SHOWN_MAX = 20

/** As a leader reads it: bringing it is somebody else's work, most of the time. */
export function QueueList({ entries }: { readonly entries: readonly QueueEntry[] }) {
  if (entries.length === 0) return <p class="empty">{t.queue.empty}</p>
  return (
    <div class="queue">
      {entries.map((entry) => (
        <QueueCard key={entry.request.requestId} entry={entry} isQuiet />
      ))}
    </div>
  )
}

/** The queue of this cyclist, in its held order. Calls for help stand above every screen. */
export function QueueRows({ rows }: { readonly rows: readonly QueueRow[] }) {
  const ours = rows.filter((row) => row.is !== 'request' || !row.entry.isAlarm)
  const leftOut = new Set(ours.filter((row) => row.is === 'due' && !row.isForMe).slice(DUE_SHOWN_MAX))
  const shown = ours.filter((row) => !leftOut.has(row))
  if (shown.length === 0) return <p class="empty">{t.queue.empty}</p>
  // What is proposed to me is to be found at a glance; the rest I may take all the same.
  const hasMine = shown.some((row) => row.is === 'request' && row.isForMe)
  return (
    <div class="queue">
      {shown.map((row) =>
        row.is === 'request' ? (
          <QueueCard key={row.key} entry={row.entry} isForMe={row.isForMe} isQuiet={hasMine && !row.isForMe} />
        ) : row.is === 'due' ? (
          <DueCard key={row.key} row={row} />
        ) : (
          <AlertCard key={row.key} row={row} />
        ),
      )}
      {leftOut.size > 0 && <p class="hint">{t.proposed.moreDue(leftOut.size)}</p>}
    </div>
  )
}

/** Nobody has asked: no button, and no "drink more". */
function DueCard({ row }: { readonly row: Extract<QueueRow, { is: 'due' }> }) {
  const { where, age } = placeWords(useRun(), row.runnerId)
  return (
    <article class="card request others">
      <div class="row">
        <KindIcon kind="water" />
        <div class="grow">
          <h3>{t.proposed.due(row.name)}</h3>
          <p>
            {dueText(row)}
            {row.isForMe && <span class="badge">{t.proposed.forYou}</span>}
          </p>
          <p>
            {where} {age && <small>{age}</small>}
          </p>
        </div>
      </div>
    </article>
  )
}

function dueText({ due, atM, costMs }: Extract<QueueRow, { is: 'due' }>): string {
  if (costMs < MINUTE_MS) return t.proposed.dueNow
  if (due.dueAtM !== null && atM !== null) return t.proposed.dueIn(distanceText(due.dueAtM - atM))
  return t.proposed.dueIn(ageText(costMs))
}

function AlertCard({ row }: { readonly row: Extract<QueueRow, { is: 'alert' }> }) {
  const run = useRun()
  const { view, wish } = run
  const { alert, name, runnerId } = row
  const { where, age } = runnerId ? placeWords(run, runnerId, false) : { where: null, age: null }
  const { alertId, ownerId } = alert
  const owner = ownerId !== null && ownerId !== view.myId && nameOf(view, ownerId)
  return (
    <article class="card request open">
      <h3>{t.proposed.sent}</h3>
      <p>{t.alerts.sentences[alert.rule](name ?? '', alert.value)}</p>
      {where && (
        <p>
          {where} {age && <small>{age}</small>}
        </p>
      )}
      {owner && <p>{t.alerts.owned(owner)}</p>}
      {canTake(view, alert) && (
        <button type="button" class="primary" onClick={() => void wish({ type: 'own-alert', alertId })}>
          {t.queue.going}
        </button>
      )}
      {ownerId !== null && ownerId === view.myId && (
        <button type="button" onClick={() => void wish({ type: 'clear-alert', alertId })}>
          {t.queue.seen}
        </button>
      )}
    </article>
  )
}
