import { queueOf } from '../../state/queue.ts'
import { useRun } from '../run/running.ts'
import { SharingCard } from '../runner/sharing-card.tsx'
import { t } from '../texts.ts'
import { HandOverForm } from './hand-over-form.tsx'
import { QueueList } from './queue-list.tsx'

/** Who waits for what; until the cyclist has set out, first how to start. */
export function QueueScreen() {
  const { view, nowMs, mine, kept } = useRun()
  if (!mine) return <p role="status">{t.common.loading}</p>
  const isOver = view.run.head.phase === 'ended'
  return (
    <>
      {mine.status === 'joined' && !isOver && !kept.isDemo && <SharingCard />}
      <section aria-labelledby="queue">
        <h2 id="queue">{t.queue.heading}</h2>
        <QueueList entries={queueOf(view, nowMs).filter((entry) => !entry.isAlarm)} />
      </section>
      {view.run.head.phase === 'live' && <HandOverForm />}
    </>
  )
}
