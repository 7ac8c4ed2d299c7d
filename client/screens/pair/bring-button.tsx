import type { Member } from '../../../shared/run/state.ts'
import { isItemKind } from '../../../shared/run/stock.ts'
import type { HandOverId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { nameOf } from '../../state/people.ts'
import { queueOf } from '../../state/queue.ts'
import { KindIcon } from '../parts/kind-icon.tsx'
import { placeWords } from '../parts/place-text.ts'
import { useRun } from '../run/running.ts'
import { joined, piecesText, t } from '../texts.ts'

/** Takes on what the other asks for, hands it over, or tells of a bottle that nobody asked for: always the next of these. */
export function BringButton({ other }: { readonly other: Member }) {
  const run = useRun()
  const { view, nowMs, wish, notice } = run
  const { memberId: runnerId } = other
  const entry = queueOf(view, nowMs).find(({ request, isAlarm }) => request.runnerId === runnerId && !isAlarm)
  const { where, age } = placeWords(run, runnerId)
  const request = entry?.request
  const kind = request?.kind ?? 'water'
  const what = piecesText(kind, request?.quantity ?? 1)
  const isTaken = entry === undefined || entry.isMine

  const press = async () => {
    if (!isTaken && request) return void wish({ type: 'claim-request', requestId: request.requestId })
    if (!isItemKind(kind)) return void (request && wish({ type: 'close-request', requestId: request.requestId }))
    const quantity = request?.quantity ?? 1
    const handOverId = newId<HandOverId>('hov')
    const answer = await wish({ type: 'record-hand-over', handOverId, runnerId, kind, quantity })
    if (answer.ok) notice.value = t.pair.give(what)
  }
  return (
    <>
      <p class="pair-life" role="status">
        {entry && `${what}: ${nameOf(view, runnerId)}. `}
        {joined([where, age], ' · ')}
      </p>
      <button type="button" class="primary one" disabled={entry?.isSending} onClick={() => void press()}>
        <KindIcon kind={kind} />
        <span>{isTaken ? t.pair.give(what) : t.queue.claim}</span>
      </button>
    </>
  )
}
