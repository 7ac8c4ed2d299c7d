import { isPair, type QueueRow, queueAfter } from '../../state/cyclist-queue.ts'
import { PackStrip } from '../pack/pack-strip.tsx'
import { PushCard } from '../push/later.tsx'
import { useRun } from '../run/running.ts'
import { isWide } from '../run/wide.ts'
import { RegroupAnswers } from '../runner/regroup-answer.tsx'
import { SharingCard } from '../runner/sharing-card.tsx'
import { t } from '../texts.ts'
import { Ground } from '../where/ground.tsx'
import { AroundMe } from './around-me.tsx'
import { HandOverForm } from './hand-over-form.tsx'
import { JobActions } from './job-actions.tsx'
import { NoPlaceCard } from './no-place-card.tsx'
import { PassCard } from './pass-card.tsx'
import { QueueCard } from './queue-card.tsx'
import { QueueRows } from './queue-list.tsx'
import { StockCard } from './stock-card.tsx'

type Job = Extract<QueueRow, { is: 'request' }>

/** Mine, else what nobody has: that is what to ride for now. */
const isJob = (row: QueueRow): row is Job =>
  row.is === 'request' && !row.entry.isAlarm && (row.entry.isMine || row.entry.holder === null)

/** Until the cyclist has set out, how to start; then the way ahead on top, the next job beneath it, and the rest after. */
export function QueueScreen() {
  const { view, nowMs, outlook, mine, kept } = useRun()
  if (!mine) return <p role="status">{t.common.loading}</p>
  // A tap shows at once; the order is that of the last look.
  const { rows } = queueAfter(outlook.value.queue, view, outlook.value, nowMs)
  const { phase } = view.run.head
  const isBefore = mine.status === 'joined' && phase !== 'ended'
  const isRiding = phase === 'live' && !isBefore
  const next = rows.find(isJob)
  const rest = rows.filter((row) => row !== next)
  return (
    <div class="ride">
      {isBefore && !kept.isDemo && <SharingCard />}
      {phase !== 'ended' && <RegroupAnswers />}
      {isBefore && <StockCard />}
      {isBefore && <PushCard isFull />}
      <div class="ride-now">
        {isRiding && !isWide.value && (
          <section class="ride-ground" aria-label={t.where.heading}>
            <Ground isHeadingUp />
          </section>
        )}
        <div class="ride-rest">
          {isRiding && <NoPlaceCard />}
          {next && (
            <section class="job" aria-labelledby="job">
              <h2 id="job" class={isPair(view) ? 'unseen' : undefined}>
                {t.job.heading}
              </h2>
              <QueueCard entry={next.entry} isForMe={next.isForMe} isNext />
            </section>
          )}
          {next && <JobActions key={`${next.key} ${next.entry.isMine}`} entry={next.entry} isBig />}
          <AroundMe />
          <PassCard />
          {(rest.length > 0 || !next) && (
            <section aria-labelledby="queue">
              <h2 id="queue" class={isPair(view) ? 'unseen' : undefined}>
                {next ? t.job.after : t.queue.heading}
              </h2>
              <QueueRows rows={rest} />
            </section>
          )}
          {!isBefore && <StockCard />}
          {phase === 'live' && <HandOverForm />}
          <PackStrip />
        </div>
      </div>
    </div>
  )
}
