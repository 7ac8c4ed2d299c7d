/** Twenty-five runners on a winding route, as their phones and the filter tell of them: always the same ones. */
import { firstGpsError, nextGpsError, openSky, reportedPlace } from '../../client/simulate/gps-noise.ts'
import { seededRandom } from '../../client/simulate/random.ts'
import type { FramePlace } from '../../shared/frame/frame-place.ts'
import { bearingDeg } from '../../shared/geo/distance.ts'
import { noProgress, progressAfter, progressAt } from '../../shared/geo/progress/filter.ts'
import { besidePlace } from '../../shared/geo/progress/place-progress.ts'
import { placeAtM } from '../../shared/geo/route.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { mapOf } from './along.ts'

export const PACK_START_MS = 1_780_000_000_000
const SETTLING_S = 60

/** 20 km: bends of some hundred metres, in every direction. */
const map = mapOf(
  ...Array.from({ length: 2_000 }, (_, i) => {
    const turn = i / 40
    return [
      2_000 * Math.sin(turn / 9) + 300 * Math.cos(turn),
      2_000 * Math.cos(turn / 9) + 300 * Math.sin(turn),
    ] as const
  }),
)

export type PackTick = { readonly atMs: number; readonly moved: readonly FramePlace[] }

/**
 * What the server would tell of them, every so many seconds. Ages are 0.1 to 0.9 s, speeds, headings and accuracy as noisy as
 * phones'. The first minute, in which the filter learns, is left out.
 */
export function simulatedPack(seconds: number, everyS = 1, memberCount = 25): PackTick[] {
  const ticks = Array.from({ length: Math.floor(seconds / everyS) }, (_, i) => ({
    atMs: PACK_START_MS + i * everyS * SECOND_MS,
    moved: [] as FramePlace[],
  }))
  for (let memberNo = 1; memberNo <= memberCount; memberNo++) {
    const random = seededRandom(`pack/${memberNo}`)
    const [latencyMs, paceMps, startM] = [random.between(100, 900), random.between(2.5, 3.6), random.between(0, 300)]
    let error = firstGpsError(openSky, random)
    let state = noProgress
    for (let tS = -SETTLING_S; tS < seconds; tS += everyS) {
      error = nextGpsError(error, everyS, openSky, random)
      const atM = startM + (tS + SETTLING_S) * paceMps
      const place = placeAtM(map.line, atM)
      const fix = {
        ...reportedPlace(place, error, openSky, random),
        takenAtMs: PACK_START_MS + tS * SECOND_MS - latencyMs,
      }
      state = progressAfter(map, state, fix)
      const progress = progressAt(map, state, fix.takenAtMs)
      ticks[tS / everyS]?.moved.push({
        ...fix,
        memberNo,
        takenAtMs: Math.round(fix.takenAtMs),
        speedMps: Math.max(0, paceMps + 0.15 * random.normal()),
        headingDeg: (bearingDeg(place, placeAtM(map.line, atM + 5)) + 5 * random.normal() + 360) % 360,
        progress: progress ? besidePlace(progress) : null,
      })
    }
  }
  return ticks
}

/** The same with nothing but place and age. */
export const placeAlone = (place: FramePlace): FramePlace => ({
  ...place,
  accuracyM: null,
  speedMps: null,
  headingDeg: null,
  progress: null,
})
export const withoutProgress = (place: FramePlace): FramePlace => ({ ...place, progress: null })
