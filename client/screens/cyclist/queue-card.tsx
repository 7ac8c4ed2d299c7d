import { isItemKind } from '../../../shared/run/stock.ts'
import type { HandOverId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import type { QueueEntry } from '../../state/queue.ts'
import { supplyOf } from '../../state/stock.ts'
import { Reach } from '../pack/reach.tsx'
import { KindIcon } from '../parts/kind-icon.tsx'
import { meetingText } from '../parts/meeting-text.ts'
import { placeWords } from '../parts/place-text.ts'
import { useRun } from '../run/running.ts'
import { ageText, piecesText, t } from '../texts.ts'

type QueueCardProps = {
  readonly entry: QueueEntry
  readonly isForMe?: boolean
  /** Better brought by somebody else. */
  readonly isQuiet?: boolean
}

/** One who waits: who, what, how far and which way, for how long; and what this helper may do about it. */
export function QueueCard({ entry, isForMe = false, isQuiet = false }: QueueCardProps) {
  const run = useRun()
  const { view, wish, mine } = run
  const { request, runner, note, waitMs, holder, isMine, isItem, isEscalated, isSending } = entry
  const { requestId, kind, quantity, runnerId } = request
  const startNumber = view.run.members.get(runnerId)?.startNumber
  const { where, age } = placeWords(run, runnerId)
  const meeting = meetingText(run, requestId)
  const isOthers = holder !== null && !isMine
  const supply = supplyOf(view, request)

  const deliver = () =>
    void wish(
      isItemKind(kind)
        ? { type: 'record-hand-over', handOverId: newId<HandOverId>('hov'), runnerId, kind, quantity }
        : { type: 'close-request', requestId },
    )
  return (
    <article class={`card request ${isMine ? 'mine' : isOthers ? 'others' : 'open'}`}>
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
      <div class="row">
        {holder === null && (
          <button
            type="button"
            class={isQuiet ? undefined : 'primary'}
            disabled={isSending}
            onClick={() => void wish({ type: 'claim-request', requestId })}
          >
            {t.queue.claim}
          </button>
        )}
        {isMine && (
          <button type="button" class="primary" disabled={isSending} onClick={deliver}>
            {isItem ? t.queue.handedOver : t.queue.done}
          </button>
        )}
        {isMine && (
          <button type="button" disabled={isSending} onClick={() => void wish({ type: 'release-request', requestId })}>
            {t.queue.release}
          </button>
        )}
        {isOthers && mine?.role === 'leader' && (
          <button type="button" disabled={isSending} onClick={() => void wish({ type: 'release-request', requestId })}>
            {t.queue.release}
          </button>
        )}
        <Reach memberId={runnerId} />
      </div>
    </article>
  )
}
