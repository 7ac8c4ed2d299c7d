/** What each kilometre took, and how fast each stretch was. */
import { KM_M, SECOND_MS } from '../../units.ts'
import { type OwnTrack, trackAtM } from './own-track.ts'

export type Split = {
  /** Where it begins and ends, in metres along the track; the last one may be shorter than a kilometre. */
  readonly fromM: number
  readonly toM: number
  /** Without pauses. */
  readonly movingMs: number
  /** `null` for a last bit too short to say. */
  readonly speedMps: number | null
}

/** Of a shorter rest a pace says nothing. */
const REST_M = 100

export function splitsOf(track: OwnTrack): Split[] {
  const splits: Split[] = []
  for (let fromM = 0; fromM < track.distanceM; fromM += KM_M) {
    const toM = Math.min(fromM + KM_M, track.distanceM)
    const movingMs = trackAtM(track, toM).movingMs - trackAtM(track, fromM).movingMs
    const isSaid = toM - fromM >= REST_M && movingMs > 0
    splits.push({ fromM, toM, movingMs, speedMps: isSaid ? ((toM - fromM) / movingMs) * SECOND_MS : null })
  }
  return splits
}

export type PacePoint = { readonly atM: number; readonly speedMps: number }

const EVERY_M = 50
/** A phone errs by some metres: over 200 of them that is a few per cent, and a hill or a sprint still shows. */
const WINDOW_M = 200

/**
 * The speed of moving, each 50 m along the track, over the 200 m around it (less at the ends). Pauses count nothing.
 * Method: difference of moving time over a window of distance, so slow and fast stretches are smoothed alike.
 */
export function paceCurve(track: OwnTrack): PacePoint[] {
  const curve: PacePoint[] = []
  for (let atM = 0; atM <= track.distanceM; atM += EVERY_M) {
    const [fromM, toM] = [Math.max(0, atM - WINDOW_M / 2), Math.min(track.distanceM, atM + WINDOW_M / 2)]
    const movingMs = trackAtM(track, toM).movingMs - trackAtM(track, fromM).movingMs
    if (movingMs > 0 && toM > fromM) curve.push({ atM, speedMps: ((toM - fromM) / movingMs) * SECOND_MS })
  }
  return curve
}
