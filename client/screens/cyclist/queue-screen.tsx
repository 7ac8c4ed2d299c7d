import { isPair, queueAfter } from '../../state/cyclist-queue.ts'
import { useRun } from '../run/running.ts'
import { RegroupAnswers } from '../runner/regroup-answer.tsx'
import { SharingCard } from '../runner/sharing-card.tsx'
import { t } from '../texts.ts'
import { HandOverForm } from './hand-over-form.tsx'
import { PassCard } from './pass-card.tsx'
import { QueueRows } from './queue-list.tsx'
import { StockCard } from './stock-card.tsx'

/** Who waits for what; until the cyclist has set out, first how to start. */
export function QueueScreen() {
  const { view, nowMs, outlook, mine, kept } = useRun()
  if (!mine) return <p role="status">{t.common.loading}</p>
  // A tap shows at once; the order is that of the last look.
  const { rows } = queueAfter(outlook.value.queue, view, outlook.value, nowMs)
  const isOver = view.run.head.phase === 'ended'
  return (
    <>
      {mine.status === 'joined' && !isOver && !kept.isDemo && <SharingCard />}
      {!isOver && <RegroupAnswers />}
      <StockCard />
      <PassCard />
      <section aria-labelledby="queue">
        <h2 id="queue" class={isPair(view) ? 'unseen' : undefined}>
          {t.queue.heading}
        </h2>
        <QueueRows rows={rows} />
      </section>
      {view.run.head.phase === 'live' && <HandOverForm />}
    </>
  )
}
