import type { PlaceProgress } from '../geo/progress/place-progress.ts'

/** A member's newest place as frames carry it. */
export type FramePlace = {
  /** 0 to 65535, of the run. */
  readonly memberNo: number
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  /** By the server's clock, corrected. */
  readonly takenAtMs: number
  readonly accuracyM: number | null
  readonly speedMps: number | null
  /** Clockwise from north. */
  readonly headingDeg: number | null
  /** Along the route, as of `takenAtMs`; `null` where that is not known. */
  readonly progress: PlaceProgress | null
}
