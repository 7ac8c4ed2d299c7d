import { t } from '../texts.ts'
import { showAll, usePairView } from './pair-view.ts'

/** On all other screens: the way back to the map for two. */
export function PairReturn() {
  if (usePairView() !== 'all') return null
  return (
    <button type="button" onClick={() => showAll(false)}>
      {t.pair.backToMap}
    </button>
  )
}
