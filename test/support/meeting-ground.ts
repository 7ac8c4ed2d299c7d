/** Small courses in metres, and people on them, for the tests of meetings. */
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { type Meeting, meetingOf } from '../../shared/geo/meeting/meeting.ts'
import { type Rider, ridesFrom } from '../../shared/geo/meeting/rides.ts'
import type { Ways } from '../../shared/geo/meeting/ways.ts'
import type { Progress } from '../../shared/geo/progress/progress.ts'
import { type RouteLine, routeLine } from '../../shared/geo/route.ts'

export const NOW_MS = 1_000_000_000
const ORIGIN = { latitudeDeg: 51.1, longitudeDeg: 71.4 }

/** So many metres east and north of one spot. */
export const spot = (eastM: number, northM = 0): Place => movedPlace(ORIGIN, eastM, northM)

/** A line through corners in metres, a point every 50 m. */
export function lineThrough(...corners: readonly (readonly [eastM: number, northM: number])[]): RouteLine {
  const points = corners.flatMap(([east, north], index) => {
    const [fromEast, fromNorth] = corners[index - 1] ?? [east, north]
    const steps = Math.max(1, Math.round(Math.hypot(east - fromEast, north - fromNorth) / 50))
    return Array.from({ length: steps }, (_, step) => {
      const share = (step + 1) / steps
      return spot(fromEast + (east - fromEast) * share, fromNorth + (north - fromNorth) * share)
    })
  })
  return routeLine(points)
}

/** 10 km due east. */
export const straight = lineThrough([0, 0], [10_000, 0])
/** 5 km due east and back. */
export const outAndBack = lineThrough([0, 0], [5_000, 0], [0, 0])
const lap = [
  [500, 0],
  [500, 500],
  [0, 500],
  [0, 0],
] as const
/** Three times round a square of 2 km. */
export const laps = lineThrough([0, 0], ...lap, ...lap, ...lap)
/** 3 km out on the south bank, a bridge of 80 m, 3 km back on the north bank. */
export const river = lineThrough([0, 0], [3_000, 0], [3_000, 80], [0, 80])

export const runnerAt = (atM: number, more: Partial<Progress> = {}): Progress => ({
  atM,
  atMs: NOW_MS,
  takenAtMs: NOW_MS,
  spreadM: 5,
  speedMps: 2.5,
  forecastMps: 2.5,
  forecastSpreadMps: 0.1,
  confidence: 1,
  rival: null,
  isOffRoute: false,
  isWrongWay: false,
  isStopped: false,
  ...more,
})

export const riderIn = (place: Place, more: Partial<Rider> = {}): Rider => ({
  place,
  atMs: NOW_MS,
  spreadS: 5,
  rideMps: 5,
  headingDeg: null,
  ...more,
})

/** The meeting of a rider with a runner, its place left out and its times in seconds from now. */
export function met(ways: Ways, rider: Rider, runner: Progress, heldAtM?: number) {
  const meeting = meetingOf(ridesFrom(ways, rider), runner, heldAtM)
  return meeting && inSeconds(meeting)
}

export function inSeconds({ atMs, earliestMs, latestMs, ...rest }: Meeting) {
  const since = (ms: number) => (ms - NOW_MS) / 1_000
  return { ...rest, inS: since(atMs), fromS: since(earliestMs), toS: since(latestMs) }
}
