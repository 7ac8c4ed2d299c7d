/**
 * How wrong a phone is about where it is. The error wanders: a phone five metres off now is five metres off in the
 * same direction a second later, which independent noise would not show.
 */
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { Random } from './random.ts'

export type Reception = {
  /** Deviation of the error to the east, and as much to the north. */
  readonly sigmaM: number
  /** After so long the error is e times less like itself. */
  readonly correlationS: number
  /** Share of fixes that are somewhere else altogether. */
  readonly outlierChance: number
  /** How far an outlier is away, typically. */
  readonly outlierM: number
}

/** 68 % of fixes within 4.9 m. */
export const openSky: Reception = { sigmaM: 3.25, correlationS: 40, outlierChance: 0.0005, outlierM: 80 }
/** 10 m off on average. */
export const amongHouses: Reception = { sigmaM: 8, correlationS: 60, outlierChance: 0.004, outlierM: 150 }

export type GpsError = { readonly eastM: number; readonly northM: number }

/** The radius that holds 68 % of a two-dimensional Gaussian error, in deviations. */
export const RADIUS_68_PER_SIGMA = Math.sqrt(-2 * Math.log(1 - 0.68))

/** An error as any moment may find it. */
export function firstGpsError(reception: Reception, random: Random): GpsError {
  return { eastM: reception.sigmaM * random.normal(), northM: reception.sigmaM * random.normal() }
}

/** The error so many seconds later. Method: Gauss-Markov (Ornstein-Uhlenbeck), exact for any step. */
export function nextGpsError(error: GpsError, dtS: number, reception: Reception, random: Random): GpsError {
  const kept = Math.exp(-dtS / reception.correlationS)
  const freshM = reception.sigmaM * Math.sqrt(1 - kept * kept)
  return {
    eastM: error.eastM * kept + freshM * random.normal(),
    northM: error.northM * kept + freshM * random.normal(),
  }
}

/**
 * What the phone reports of a true place: displaced by its error, now and then by an outlier, with a claimed 68 % radius that is
 * itself only roughly right; half of the outliers claim to be good.
 */
export function reportedPlace(
  place: Place,
  error: GpsError,
  reception: Reception,
  random: Random,
): Place & { readonly accuracyM: number } {
  const usualM = RADIUS_68_PER_SIGMA * reception.sigmaM * Math.exp(0.2 * random.normal())
  // Drawn in every case, so that one outlier does not shift the chance of all that follows.
  const [chance, way, far, honesty] = [
    random.next(),
    random.between(0, 2 * Math.PI),
    random.between(0.5, 2),
    random.next(),
  ]
  const awayM = chance < reception.outlierChance ? far * reception.outlierM : 0
  const moved = movedPlace(place, error.eastM + awayM * Math.cos(way), error.northM + awayM * Math.sin(way))
  return { ...moved, accuracyM: awayM > 0 && honesty < 0.5 ? awayM : usualM }
}
