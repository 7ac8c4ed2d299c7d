/** What several parts of a page reckon from the same look at the run is reckoned once. */
import type { RunView } from './run-view.ts'

/** Keeps the last answer: the same view at the same moment gives the same object. */
export function onceALook<Answer>(
  reckon: (view: RunView, nowMs: number) => Answer,
): (view: RunView, nowMs: number) => Answer {
  let last: { readonly view: RunView; readonly nowMs: number; readonly answer: Answer } | null = null
  return (view, nowMs) => {
    if (last?.view !== view || last.nowMs !== nowMs) last = { view, nowMs, answer: reckon(view, nowMs) }
    return last.answer
  }
}
