/** Whether there is room for the plan beside the rest. The same width stands in styles/wide.css. */
import { signal } from '@preact/signals'

const query = window.matchMedia('(min-width: 56rem)')

export const isWide = signal(query.matches)
query.addEventListener('change', () => {
  isWide.value = query.matches
})
