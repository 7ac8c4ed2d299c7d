/** Where in the app we are: the address, as a signal. */
import { signal } from '@preact/signals'

const here = () => location.pathname + location.hash

export const address = signal(here())

const read = () => {
  address.value = here()
}
window.addEventListener('popstate', read)
window.addEventListener('hashchange', read)

export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'replace') history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  scrollTo(0, 0)
  read()
}

/** Links inside the app; a click with a modifier still opens a tab. */
export function followHere(event: MouseEvent): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (!(event.currentTarget instanceof HTMLAnchorElement)) return
  event.preventDefault()
  navigate(event.currentTarget.pathname + event.currentTarget.hash)
}
