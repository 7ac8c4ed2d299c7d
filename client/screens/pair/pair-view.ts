import { signal } from '@preact/signals'
import { pairOf } from '../../state/pair.ts'
import { pairWay } from '../kept.ts'
import { useRun } from '../run/running.ts'

/** Two who want more than a map and a button, until they say otherwise. */
const wantsAll = signal(pairWay.get() === 'all')

export function showAll(wanted: boolean): void {
  wantsAll.value = wanted
  pairWay.set(wanted ? 'all' : '')
}

export type PairView = 'none' | 'map' | 'all'

export function usePairView(): PairView {
  const { view, kept } = useRun()
  if (kept.isDemo || pairOf(view) === null) return 'none'
  return wantsAll.value ? 'all' : 'map'
}
