import { isItemKind } from '../../../shared/run/stock.ts'
import type { HandOverId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import type { ClaimQuestion } from '../../state/claim-questions.ts'
import { useRun } from '../run/running.ts'
import { piecesText, t } from '../texts.ts'

type MetQuestionProps = { readonly question: Extract<ClaimQuestion, { is: 'met' }> }

/** Both are asked once whether something was handed over; one answer is enough. */
export function MetQuestion({ question: { request, other, amRunner } }: MetQuestionProps) {
  const { wish } = useRun()
  const { requestId, runnerId, kind, quantity } = request
  const yes = () => {
    if (amRunner) void wish({ type: 'confirm-delivered', requestId })
    else if (isItemKind(kind))
      void wish({ type: 'record-hand-over', handOverId: newId<HandOverId>('hov'), runnerId, kind, quantity })
  }
  return (
    <>
      <p>
        <strong>{amRunner ? t.claims.metYou(other) : t.claims.metWho(other, piecesText(kind, quantity))}</strong>
      </p>
      <p class="hint">{t.claims.metHint}</p>
      <div class="row">
        <button type="button" class="primary" onClick={yes}>
          {amRunner ? t.claims.gotIt : t.claims.handedOver}
        </button>
        <button type="button" onClick={() => void wish({ type: 'deny-hand-over', requestId })}>
          {t.claims.notYet}
        </button>
      </div>
    </>
  )
}
