import { useState } from 'preact/hooks'
import { pocketWay } from '../kept.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { mayPocket, pocket } from './pocketed.ts'

export function PocketButton() {
  const run = useRun()
  if (!mayPocket(run)) return null
  return (
    <button type="button" onClick={pocket}>
      {t.pocket.open}
    </button>
  )
}

/** PO2: whether it goes dark without the button, too. */
export function PocketByItself() {
  const [isByHand, setByHand] = useState(() => pocketWay.get() === 'by-hand')
  return (
    <button
      type="button"
      aria-pressed={!isByHand}
      onClick={() => {
        pocketWay.set(isByHand ? '' : 'by-hand')
        setByHand(!isByHand)
      }}
    >
      {t.pocket.byItself}
    </button>
  )
}
