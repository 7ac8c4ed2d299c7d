import type { RequestId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { askedKinds } from '../../state/asked.ts'
import { myRequests } from '../../state/my-requests.ts'
import { requestLife } from '../../state/request-life.ts'
import { KindIcon } from '../parts/kind-icon.tsx'
import { useRun } from '../run/running.ts'
import { lifeText } from '../runner/life-text.ts'
import { piecesText, t } from '../texts.ts'

/** Asks for water; once asked, what has become of it. */
export function WaterButton() {
  const { view, nowMs, outlook, wish } = useRun()
  const [newest] = myRequests(view, nowMs)
  const known = newest && view.run.requests.get(newest.requestId)
  const life = known && requestLife(view, known, nowMs, outlook.value.comings.of.get(known.requestId)?.shown)
  const said = life ? lifeText(life, nowMs) : t.life.queued
  const isGoing = newest?.isCancelWaiting === true && newest.endedAtMs === null
  const isAsked = askedKinds(view).has('water')
  const ask = () =>
    void wish({
      type: 'raise-request',
      requestId: newId<RequestId>('req'),
      kind: 'water',
      quantity: 1,
      note: null,
    })
  return (
    <>
      <p class="pair-life" role="status">
        {newest && `${piecesText(newest.kind, newest.quantity)}: ${isGoing ? t.life.cancelling : said}`}
      </p>
      <button type="button" class="primary one" disabled={isAsked} onClick={ask}>
        <KindIcon kind="water" />
        <span>{t.kinds.water}</span>
        {isAsked && <small>{t.ask.asked}</small>}
      </button>
    </>
  )
}
