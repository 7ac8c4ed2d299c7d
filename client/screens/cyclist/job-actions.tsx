import { useEffect, useState } from 'preact/hooks'
import { isItemKind } from '../../../shared/run/stock.ts'
import type { HandOverId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import type { QueueEntry } from '../../state/queue.ts'
import { Reach } from '../pack/reach.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'

const FRESH_MS = 700

type JobActionsProps = {
  readonly entry: QueueEntry
  /** Better brought by somebody else. */
  readonly isQuiet?: boolean
  /** For a thumb that rides. */
  readonly isBig?: boolean
}

/** What this helper may do about a request: take it, hand it over, give it back, call. */
export function JobActions({ entry, isQuiet = false, isBig = false }: JobActionsProps) {
  const { wish, mine } = useRun()
  const { request, holder, isMine, isItem, isSending } = entry
  const { requestId, kind, quantity, runnerId } = request
  const isOthers = holder !== null && !isMine
  const size = isBig ? ' thumb' : ''
  // What is next comes under the thumb that has just tapped: a second tap of a glove must not be for that.
  const [isFresh, setFresh] = useState(isBig)
  useEffect(() => {
    const timer = setTimeout(() => setFresh(false), FRESH_MS)
    return () => clearTimeout(timer)
  }, [])

  const deliver = () =>
    void wish(
      isItemKind(kind)
        ? { type: 'record-hand-over', handOverId: newId<HandOverId>('hov'), runnerId, kind, quantity }
        : { type: 'close-request', requestId },
    )
  return (
    <div class={isBig ? 'row job-act' : 'row'}>
      {holder === null && (
        <button
          type="button"
          class={isQuiet ? undefined : `primary${size}`}
          disabled={isSending || isFresh}
          onClick={() => void wish({ type: 'claim-request', requestId })}
        >
          {t.queue.claim}
        </button>
      )}
      {isMine && (
        <button type="button" class={`primary${size}`} disabled={isSending || isFresh} onClick={deliver}>
          {isItem ? t.queue.handedOver : t.queue.done}
        </button>
      )}
      {(isMine || (isOthers && mine?.role === 'leader')) && (
        <button type="button" disabled={isSending} onClick={() => void wish({ type: 'release-request', requestId })}>
          {t.queue.release}
        </button>
      )}
      <Reach memberId={runnerId} />
    </div>
  )
}
