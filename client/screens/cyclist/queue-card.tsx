import type { QueueEntry } from '../../state/queue.ts'
import { supplyOf } from '../../state/stock.ts'
import { KindIcon } from '../parts/kind-icon.tsx'
import { meetingText } from '../parts/meeting-text.ts'
import { placeWords } from '../parts/place-text.ts'
import { useRun } from '../run/running.ts'
import { ageText, piecesText, t } from '../texts.ts'
import { JobActions } from './job-actions.tsx'

type QueueCardProps = {
  readonly entry: QueueEntry
  readonly isForMe?: boolean
  /** Better brought by somebody else. */
  readonly isQuiet?: boolean
  /** In large letters, with its buttons apart at the bottom of the screen. */
  readonly isNext?: boolean
}

/** One who waits: who, what, how far and which way, for how long; and what this helper may do about it. */
export function QueueCard({ entry, isForMe = false, isQuiet = false, isNext = false }: QueueCardProps) {
  const run = useRun()
  const { view } = run
  const { request, runner, note, waitMs, holder, isMine, isEscalated } = entry
  const { requestId, kind, quantity, runnerId } = request
  const startNumber = view.run.members.get(runnerId)?.startNumber
  const { where, age } = placeWords(run, runnerId)
  const meeting = meetingText(run, requestId)
  const isOthers = holder !== null && !isMine
  const supply = supplyOf(view, request)
  return (
    <article class={`card request ${isNext ? 'next' : ''} ${isMine ? 'mine' : isOthers ? 'others' : 'open'}`}>
      <div class="row">
        <KindIcon kind={kind} />
        <div class="grow">
          <h3>
            {piecesText(kind, quantity)} · {runner} {startNumber && <small>#{startNumber}</small>}
          </h3>
          {note && <p>“{note}”</p>}
          {meeting && <p class="way">{meeting}</p>}
          <p class={meeting ? undefined : 'way'}>
            {where} {age && <small>{age}</small>}
          </p>
          {supply && <p class="hint">{t.stock.supply[supply]}</p>}
          <p>
            {t.queue.waits(ageText(waitMs))}
            {isForMe && <span class="badge">{t.proposed.forYou}</span>}
            {isEscalated && <span class="badge">{t.queue.escalated}</span>}
            {holder && <span class="badge quiet">{isMine ? t.queue.yours : t.queue.has(holder)}</span>}
          </p>
        </div>
      </div>
      {!isNext && <JobActions entry={entry} isQuiet={isQuiet} />}
    </article>
  )
}
