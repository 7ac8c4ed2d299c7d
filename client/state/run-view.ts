import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import type { PersistentMap } from '../../shared/persistent-map.ts'
import type { Counts, Gone, Rhythm } from '../../shared/protocol/wire.ts'
import type { SentCommand } from '../../shared/run/commands.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'

/** Where somebody was when the server last said so. How old that is, is `nowMs - takenAtMs`. */
export type SeenPlace = {
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  /** In the server's clock. */
  readonly takenAtMs: number
  readonly accuracyM: number | null
  readonly speedMps: number | null
  readonly headingDeg: number | null
  /** Where that was along the route, as far as it is known. */
  readonly progress: PlaceProgress | null
}

/** All a phone knows at a moment. Replaced, never changed. */
export type RunView = {
  /** `gone`: this seat is over, see `goneReason`; `outdated`: the app must be reloaded. */
  readonly link: 'connecting' | 'online' | 'offline' | 'gone' | 'outdated'
  readonly goneReason: Gone['reason'] | null
  /** Whether the run below has been caught up at least once since the phone was opened. */
  readonly isCaughtUp: boolean
  readonly myId: MemberId | null
  readonly run: RunState
  readonly words: PersistentMap<string, Word>
  readonly places: ReadonlyMap<MemberId, SeenPlace>
  readonly counts: Counts | null
  /** How often the server wants fixes and sends places; `null` until it says so. */
  readonly rhythm: Rhythm | null
  /** Wishes not answered yet, oldest first. Never show one as sent. */
  readonly waitingCommands: readonly SentCommand[]
  readonly waitingFixCount: number
  /** When the server last said that fixes of this phone are stored. */
  readonly receiptAtMs: number | null
}
