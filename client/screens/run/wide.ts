/** Whether there is room for the plan beside the rest: not on a phone that lies on its side. The same size stands in styles/wide.css. */
import { signal } from '@preact/signals'

const query = window.matchMedia('(min-width: 56rem) and (min-height: 30rem)')

export const isWide = signal(query.matches)
query.addEventListener('change', () => {
  isWide.value = query.matches
})
