/**
 * Where somebody is along the route: what the filter says of a member at a moment.
 *
 * Made by the node that takes the fix, carried by frames; phones never run the filter again.
 */

/** The reported place is right when the true one is within so many metres along the route; confidence is the chance of that. */
export const RIGHT_WITHIN_M = 50

/** Another place along the route that the fixes do not rule out: the same spot a lap on, or the other leg. */
export type Rival = {
  readonly atM: number
  /** Chance, 0 to 1, that the member is there. */
  readonly share: number
}

export type Progress = {
  /** Metres along the route, laps and returns written out, at `atMs`. */
  readonly atM: number
  /** The moment it speaks of; later than `takenAtMs` when dead-reckoned. */
  readonly atMs: number
  /** When the newest fix in it was taken. */
  readonly takenAtMs: number
  /** One standard deviation of `atM`, if the pass is right. */
  readonly spreadM: number
  /** Along the route, of the last 30 to 45 s; negative towards the start. */
  readonly speedMps: number
  /** The pace to forecast with: of the last 5 to 10 min of moving. Never negative. */
  readonly forecastMps: number
  /** One standard deviation of the forecast pace. */
  readonly forecastSpreadMps: number
  /** Chance, 0 to 1, that the truth is within 50 m of `atM`. Calibrated. */
  readonly confidence: number
  /** The strongest other place, when it has a real chance: "lap 2 or 3?". */
  readonly rival: Rival | null
  readonly isOffRoute: boolean
  readonly isWrongWay: boolean
  readonly isStopped: boolean
}
