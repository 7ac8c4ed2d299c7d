import { SECOND_MS } from '../../units.ts'
import { bearingDeg, distanceM, eastwardDeg, movedPlace, rulerAt } from '../distance.ts'
import type { Place } from '../fix.ts'
import { DETOUR } from './detour.ts'
import { type Meeting, RANGE_DEVIATIONS } from './meeting.ts'
import { isBehind, type Rider } from './rides.ts'

/** Somebody who moves, and no route says where to. */
export type Mover = {
  readonly place: Place
  readonly atMs: number
  /** One standard deviation of the place. */
  readonly spreadM: number
  readonly speedMps: number
  /** 0 north, 90 east; null for one who stands or wanders. */
  readonly courseDeg: number | null
}

const HERE_M = 30
/** Streets turn and people with them: how far somebody is from the straight course, as a share of the way gone. */
const WANDERS_SHARE = 0.35
const RADIANS = Math.PI / 180

/**
 * The meeting of a rider and somebody who keeps course and speed, as soon as can be: the point the rider reaches just when they do,
 * over streets that are 1.3 times the air line. `undefined` when they are never reached. Flat: for some 50 km about.
 * Method: the intercept of a moving target, a quadratic in time.
 */
export function interceptOf(rider: Rider, mover: Mover): Meeting | undefined {
  const movesMps = mover.courseDeg === null ? 0 : mover.speedMps
  const course = (mover.courseDeg ?? 0) * RADIANS
  const [eastMps, northMps] = [movesMps * Math.sin(course), movesMps * Math.cos(course)]
  const sinceS = (rider.atMs - mover.atMs) / SECOND_MS
  const now = movedPlace(mover.place, eastMps * sinceS, northMps * sinceS)
  const { eastM, northM } = offset(rider.place, now)
  const closesMps = rider.rideMps / DETOUR
  const inS = soonestRoot(
    movesMps ** 2 - closesMps ** 2,
    2 * (eastM * eastMps + northM * northMps),
    eastM ** 2 + northM ** 2,
  )
  if (inS === undefined) return undefined
  const place = movedPlace(now, eastMps * inS, northMps * inS)
  const rideM = DETOUR * distanceM(rider.place, place)
  const apartM = Math.hypot(mover.spreadM, WANDERS_SHARE * movesMps * (inS + Math.max(0, sinceS)))
  const spreadS = Math.hypot(rider.spreadS, apartM / Math.max(1, closesMps))
  const isTurning = rider.headingDeg !== null && isBehind(rider.headingDeg, bearingDeg(rider.place, place))
  return {
    kind: rideM <= HERE_M ? 'wait' : isTurning ? 'turn-round' : 'ride-on',
    place,
    atM: null,
    atMs: Math.round(rider.atMs + inS * SECOND_MS),
    earliestMs: Math.round(rider.atMs + Math.max(0, inS - RANGE_DEVIATIONS * spreadS) * SECOND_MS),
    latestMs: Math.round(rider.atMs + (inS + RANGE_DEVIATIONS * spreadS) * SECOND_MS),
    rideM,
    waitS: 0,
    namedPoint: null,
    viaNamedPoint: null,
  }
}

function offset(from: Place, to: Place): { eastM: number; northM: number } {
  const { kx, ky } = rulerAt((from.latitudeDeg + to.latitudeDeg) / 2)
  return {
    eastM: eastwardDeg(from.longitudeDeg, to.longitudeDeg) * kx,
    northM: (to.latitudeDeg - from.latitudeDeg) * ky,
  }
}

/** The least root not below 0 of a x² + b x + c with c not below 0; `undefined` without one. */
function soonestRoot(a: number, b: number, c: number): number | undefined {
  if (c === 0) return 0
  // Equal speeds: the square falls away. Written so that nothing is divided by a small difference.
  const discriminant = b * b - 4 * a * c
  if (discriminant < 0) return undefined
  const half = -(b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2
  const roots = [half / a, c / half].filter((root) => root >= 0 && Number.isFinite(root))
  return roots.length > 0 ? Math.min(...roots) : undefined
}
