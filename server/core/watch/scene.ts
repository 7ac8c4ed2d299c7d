/** What a node sees of a run at one moment, and who looks at it. */
import type { Fix } from '../../../shared/geo/fix.ts'
import type { PlaceProgress } from '../../../shared/geo/progress/place-progress.ts'
import type { RunState } from '../../../shared/run/state.ts'
import type { MemberId } from '../../../shared/units.ts'
import type { Observation } from '../decision.ts'

export type Scene = {
  readonly run: RunState
  readonly nowMs: number
  /** The newest believed fix of who shares, however old. */
  readonly fixOf: (memberId: MemberId) => Fix | undefined
  /** Along the route, as of that fix; `null` without a route, or while it is not known. */
  readonly progressOf: (memberId: MemberId) => PlaceProgress | null
  /** Their phone is connected, to whichever node; some seconds old. */
  readonly isConnected: (memberId: MemberId) => boolean
  /** How long ago their screen went dark, if it is; `null` otherwise. */
  readonly darkForMs: (memberId: MemberId) => number | null
}

export type Seen<Memory> = { readonly memory: Memory; readonly observations: readonly Observation[] }

/**
 * Looks at a live run each five seconds and says what is news. What it remembers is this node's alone and goes with it:
 * another node begins with nothing, and what it then sees late is no harm.
 */
export type Watcher<Memory> = {
  readonly nothing: Memory
  look(memory: Memory, scene: Scene): Seen<Memory>
}
