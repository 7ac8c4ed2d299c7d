import { policyOf } from '../../../shared/run/requests.ts'
import type { MyRequest } from '../../state/my-requests.ts'
import { KindIcon } from '../parts/kind-icon.tsx'
import { useRun } from '../run/running.ts'
import { ageText, clockText, distanceText, piecesText, t } from '../texts.ts'

/** The life of one thing I asked for. */
export function MyRequestCard({ request }: { readonly request: MyRequest }) {
  const { wish, nowMs } = useRun()
  const { requestId, kind, quantity, note, status, endedAtMs, isCancelWaiting } = request
  const isOpen = endedAtMs === null
  const { isItem, tells } = policyOf(kind)
  return (
    <div class={`card request ${status}`} role="status">
      <div class="row">
        <KindIcon kind={kind} />
        <div class="grow">
          <strong>{piecesText(kind, quantity)}</strong>
          {note && <p>“{note}”</p>}
          <p>{isCancelWaiting && isOpen ? t.life.cancelling : lifeText(request, nowMs)}</p>
        </div>
      </div>
      {isOpen && !isCancelWaiting && (
        <div class="row">
          {isItem && status !== 'queued' && (
            <button
              type="button"
              class={status === 'claimed' ? 'primary' : undefined}
              onClick={() => void wish({ type: 'confirm-delivered', requestId })}
            >
              {t.life.gotIt}
            </button>
          )}
          <button type="button" onClick={() => void wish({ type: 'cancel-request', requestId })}>
            {tells === 'group' ? t.life.fineAgain : t.life.cancel}
          </button>
        </div>
      )}
    </div>
  )
}

function lifeText(request: MyRequest, nowMs: number): string {
  const { status, kind, helper, helperDistanceM, isEscalated } = request
  const since = (atMs: number | null) => ageText(Math.max(0, nowMs - (atMs ?? nowMs)))
  switch (status) {
    case 'queued':
      return t.life.queued
    case 'open':
    case 'needs-check':
      if (policyOf(kind).tells === 'group') return t.life.slowDownOpen
      return isEscalated ? t.life.openEscalated(since(request.raisedAtMs)) : t.life.open(since(request.raisedAtMs))
    case 'claimed': {
      const distance = helperDistanceM === null ? null : distanceText(helperDistanceM)
      const claimed = t.life.claimed(helper ?? '?', since(request.sinceMs), distance)
      return isEscalated ? `${claimed} ${t.life.claimedEscalated}` : claimed
    }
    case 'delivered':
      return t.life.delivered(helper, clockText(request.endedAtMs ?? nowMs, nowMs))
    case 'closed':
      return t.life.closed(helper)
    case 'cancelled':
      return request.isCutOff ? t.life.cancelledEnd : t.life.cancelled
  }
}
