/** Where in the app we are: the address, as a signal, and what lies over its page, which "back" undoes. */
import { signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** What an entry of the history holds: how much lies over the page there, and which part of it is open. */
type Entry = { readonly over: number; readonly part: string | null }

/** Closes what lies there; what cannot be closed for good says after how many milliseconds it lies there again. */
type Undo = () => unknown

const here = () => location.pathname + location.hash
const BARE: Entry = { over: 0, part: null }
const entry = (): Entry => history.state ?? BARE

export const address = signal(here())

/** What lies over the page, from below. An entry that was made for what has been closed since stays, and is passed over. */
const layers: (() => void)[] = []
let at = entry()
/** The part of the page that is open: a reload keeps it. */
export let openPart = at.part
/** How many entries over the page "forward" leads to. */
let reaches = at.over

function put(next: Entry): void {
  at = next
  history.replaceState(at, '')
}

function read(): void {
  const before = at.over
  at = entry()
  if (address.peek() !== here()) arrive()
  else {
    put({ over: at.over, part: openPart })
    if (at.over < before) undoOver()
  }
}

function undoOver(): void {
  const undone = layers.splice(at.over)
  if (undone.length === 0) history.go(layers.length - at.over - 1)
  for (const undo of undone.toReversed()) undo()
}

/** Another page. */
function arrive(): void {
  layers.length = 0
  reaches = at.over
  openPart = at.part
  address.value = here()
  scrollTo(0, 0)
}
// Where a page was scrolled to is nothing of what "back" undoes.
history.scrollRestoration = 'manual'
window.addEventListener('popstate', read)
window.addEventListener('hashchange', read)

export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'replace') history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  at = BARE
  arrive()
}

/** Links inside the app; a click with a modifier still opens a tab. */
export function followHere(event: MouseEvent): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (!(event.currentTarget instanceof HTMLAnchorElement)) return
  event.preventDefault()
  navigate(event.currentTarget.pathname + event.currentTarget.hash)
}

export function keepPart(part: string | null): void {
  openPart = part
  put({ over: at.over, part })
}

/** AX15: while `isThere`, "back" calls `undo` rather than leaving the page. What was opened last goes first. */
export function useBack(undo: Undo, isThere = true): void {
  const newest = useRef(undo)
  newest.current = undo
  useLayoutEffect(() => (isThere ? lay(() => newest.current()) : undefined), [isThere])
}

function lay(undo: Undo): () => void {
  const index = layers.length
  let timer: ReturnType<typeof setTimeout> | undefined
  const layer = () => {
    const againMs = undo()
    if (typeof againMs === 'number') timer = setTimeout(lie, againMs)
  }
  const lie = () => {
    layers.splice(index, 0, layer)
    cover()
  }
  lie()
  return () => {
    clearTimeout(timer)
    const still = layers.indexOf(layer)
    if (still >= 0) layers.splice(still, 1)
  }
}

/** An entry for each that lies over the page. A secret in the address is not put into the history twice. */
function cover(): void {
  if (layers.length <= at.over || location.hash !== '') return
  // Browsers pass over entries that were made without a touch: one that is there is better than a new one.
  if (layers.length <= reaches) history.forward()
  else {
    at = { over: layers.length, part: openPart }
    reaches = at.over
    history.pushState(at, '')
  }
}
