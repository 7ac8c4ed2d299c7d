import { useState } from 'preact/hooks'
import { myRequests } from '../../state/my-requests.ts'
import { pairOf } from '../../state/pair.ts'
import { Sheet } from '../parts/sheet.tsx'
import { mayPocket, pocket } from '../pocket/pocketed.ts'
import { useRun } from '../run/running.ts'
import { LeavingSheet } from '../runner/leaving-sheet.tsx'
import { piecesText, t } from '../texts.ts'
import { Ground } from '../where/ground.tsx'
import { BringButton } from './bring-button.tsx'
import { showAll } from './pair-view.ts'
import { WaterButton } from './water-button.tsx'

/** BR27: the map and one button; the rest is a tap further. Help is never further than that. */
export function PairScreen({ onHelp }: { readonly onHelp: () => void }) {
  const run = useRun()
  const [asks, setAsks] = useState<'menu' | 'leaving' | null>(null)
  const pair = pairOf(run.view)
  if (!pair) return null
  const asked = myRequests(run.view, run.nowMs).find(({ endedAtMs, isCancelWaiting }) => !endedAtMs && !isCancelWaiting)
  const close = () => setAsks(null)
  return (
    <section class="pair" aria-label={t.pair.label}>
      <Ground isHeadingUp />
      {pair.brings ? <BringButton other={pair.other} /> : <WaterButton />}
      <div class="row pair-rest">
        <button type="button" aria-haspopup="dialog" onClick={() => setAsks('menu')}>
          {t.pair.menu}
        </button>
        <button type="button" class="danger" onClick={onHelp}>
          {t.tabs.help}
        </button>
      </div>
      {asks === 'menu' && (
        <Sheet heading={t.pair.menu} onClose={close}>
          <div class="pair-menu">
            {!pair.brings && asked && (
              <button
                type="button"
                class="big"
                onClick={() => {
                  close()
                  void run.wish({ type: 'cancel-request', requestId: asked.requestId })
                }}
              >
                {t.outbox.cancel(piecesText(asked.kind, asked.quantity))}
              </button>
            )}
            {mayPocket(run) && (
              <button
                type="button"
                class="big"
                onClick={() => {
                  close()
                  pocket()
                }}
              >
                {t.pocket.open}
              </button>
            )}
            <button type="button" class="big" onClick={() => setAsks('leaving')}>
              {t.leaving.open}
            </button>
            <button type="button" class="big" onClick={() => showAll(true)}>
              {t.pair.everything}
            </button>
          </div>
        </Sheet>
      )}
      {asks === 'leaving' && <LeavingSheet onClose={close} />}
    </section>
  )
}
