import { me } from './people.ts'
import type { RunView } from './run-view.ts'

/** How long the owner of this phone has been on the way: since the run began, or since they came later. `null` before. */
export function myTimeMs(view: RunView, nowMs: number): number | null {
  const { startedAtMs, endedAtMs } = view.run.head
  const first = me(view)?.windows[0]
  if (startedAtMs === null || !first) return null
  return Math.max(0, (endedAtMs ?? nowMs) - Math.max(startedAtMs, first.fromMs))
}
