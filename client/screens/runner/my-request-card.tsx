import { policyOf } from '../../../shared/run/requests.ts'
import type { MyRequest } from '../../state/my-requests.ts'
import { requestLife } from '../../state/request-life.ts'
import { KindIcon } from '../parts/kind-icon.tsx'
import { useRun } from '../run/running.ts'
import { piecesText, t } from '../texts.ts'
import { lifeText } from './life-text.ts'

/** The life of one thing I asked for. */
export function MyRequestCard({ request }: { readonly request: MyRequest }) {
  const { view, outlook, wish, nowMs } = useRun()
  const { requestId, kind, quantity, note, status, endedAtMs, isCancelWaiting } = request
  const isOpen = endedAtMs === null
  const { isItem, tells } = policyOf(kind)
  const known = view.run.requests.get(requestId)
  const life = known && requestLife(view, known, nowMs, outlook.value.comings.of.get(requestId)?.shown)
  return (
    <div class={`card request ${status}`} role="status">
      <div class="row">
        <KindIcon kind={kind} />
        <div class="grow">
          <strong>{piecesText(kind, quantity)}</strong>
          {note && <p>“{note}”</p>}
          <p>{isCancelWaiting && isOpen ? t.life.cancelling : life ? lifeText(life, nowMs) : t.life.queued}</p>
        </div>
      </div>
      {life?.is === 'assumed' && life.canUndo && (
        <button type="button" onClick={() => void wish({ type: 'undo-assumed', requestId })}>
          {t.claims.undo}
        </button>
      )}
      {isOpen && !isCancelWaiting && (
        <div class="row">
          {/* Asked above whether they got it. */}
          {isItem && status !== 'queued' && life?.is !== 'met?' && (
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
