/** How much stands beside each other. */
import { type ReadonlySignal, signal } from '@preact/signals'

/** Whether there is room for the plan beside the rest: not on a phone that lies on its side. The same size stands in styles/wide.css. */
export const isWide = whether('(min-width: 56rem) and (min-height: 30rem)')
/** Whether a leader has room for two columns beside the plan. The same width stands in styles/crew.css. */
export const isVeryWide = whether('(min-width: 80rem) and (min-height: 30rem)')

function whether(condition: string): ReadonlySignal<boolean> {
  const query = window.matchMedia(condition)
  const isSo = signal(query.matches)
  query.addEventListener('change', () => {
    isSo.value = query.matches
  })
  return isSo
}
