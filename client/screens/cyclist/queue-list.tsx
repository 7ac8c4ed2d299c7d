import type { QueueEntry } from '../../state/queue.ts'
import { t } from '../texts.ts'
import { QueueCard } from './queue-card.tsx'

export function QueueList({ entries }: { readonly entries: readonly QueueEntry[] }) {
  if (entries.length === 0) return <p class="empty">{t.queue.empty}</p>
  return (
    <div class="queue">
      {entries.map((entry) => (
        <QueueCard key={entry.request.requestId} entry={entry} />
      ))}
    </div>
  )
}
