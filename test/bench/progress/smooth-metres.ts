/**
 * Place and speed along a line and the drifting error of a phone, at all moments of a recording at once.
 *
 * Method: Gauss-Newton, the batch form of an iterated Rauch-Tung-Striebel smoother (Bell 1994), with Student's weights for fixes
 * that fit nothing (Lange, Little and Taylor 1989).
 */
import { type LeastSquares, leastSquares } from './least-squares.ts'
import { ERROR_MEMORY_S, type FlatLine, type Manner, type Sight } from './likeliest-way.ts'

const SPEED_MEMORY_S = 30
const SPEED_SWING = 0.25
const PATH_VAR_PER_S = 0.3
const FRESH_SHARE = 0.3
const FRESH_LEAST_M = 2
const STUDENT_DEGREES = 4
const STEPS = 10
const STEP_MOST_M = 15
/** Half the stretch over which the direction of the line is taken: at the very point of a turn-round it has none. */
const DIRECTION_OVER_M = 6

export type Sighted = { readonly tS: number; readonly seen: Sight | null }

/** The place a line has so many metres along, and how it moves with each metre more; straight on beyond its ends. */
function lookAlong({ stepM, lengthM, eastM, northM }: FlatLine, atM: number) {
  const inside = Math.max(0, Math.min(lengthM, atM))
  const [east, north] = [valueAt(eastM, inside / stepM), valueAt(northM, inside / stepM)]
  const [fromM, toM] = [Math.max(0, inside - DIRECTION_OVER_M), Math.min(lengthM, inside + DIRECTION_OVER_M)]
  const overM = toM - fromM || 1
  const eastPerM = (valueAt(eastM, toM / stepM) - valueAt(eastM, fromM / stepM)) / overM
  const northPerM = (valueAt(northM, toM / stepM) - valueAt(northM, fromM / stepM)) / overM
  return { eastM: east + eastPerM * (atM - inside), northM: north + northPerM * (atM - inside), eastPerM, northPerM }
}

function valueAt(samples: Float64Array, step: number): number {
  const below = Math.max(0, Math.min(samples.length - 2, Math.floor(step)))
  const from = samples[below] as number
  return from + ((samples[below + 1] ?? from) - from) * (step - below)
}

/** Unknowns of each moment: metres along, speed, error east, error north. */
const [ALONG, SPEED, ERROR_EAST, ERROR_NORTH, UNKNOWNS] = [0, 1, 2, 3, 4]

/** Metres along the line at each moment. `guessM`: a way through the right passes, some 15 m rough at the sights. */
export function smoothMetres(
  line: FlatLine,
  sights: readonly Sighted[],
  guessM: readonly number[],
  manner: Manner,
): number[] {
  const freshM = Math.max(FRESH_LEAST_M, FRESH_SHARE * manner.noiseM)
  const aboutM = [...guessM]
  let weights = sights.map(() => 1)
  for (let step = 0; step < STEPS; step++) {
    const system = leastSquares(UNKNOWNS * sights.length, 2 * UNKNOWNS)
    addMotion(system, sights, manner)
    for (const [index, { seen }] of sights.entries()) {
      if (!seen) continue
      const at = aboutM[index] as number
      const here = lookAlong(line, at)
      const factor = Math.sqrt(weights[index] as number) / freshM
      const from = UNKNOWNS * index
      system.add(
        from,
        [ALONG, ERROR_EAST],
        [here.eastPerM * factor, factor],
        (seen.eastM - here.eastM + here.eastPerM * at) * factor,
      )
      system.add(
        from,
        [ALONG, ERROR_NORTH],
        [here.northPerM * factor, factor],
        (seen.northM - here.northM + here.northPerM * at) * factor,
      )
    }
    const found = system.solve()
    const of = (index: number, which: number) => found[UNKNOWNS * index + which] as number
    for (const [index, at] of aboutM.entries()) {
      const mostM = sights[index]?.seen ? STEP_MOST_M : Number.POSITIVE_INFINITY
      aboutM[index] = at + Math.max(-mostM, Math.min(mostM, of(index, ALONG) - at))
    }
    weights = sights.map(({ seen }, index) => {
      if (!seen) return 1
      const here = lookAlong(line, aboutM[index] as number)
      const [eastM, northM] = [
        seen.eastM - here.eastM - of(index, ERROR_EAST),
        seen.northM - here.northM - of(index, ERROR_NORTH),
      ]
      return (STUDENT_DEGREES + 2) / (STUDENT_DEGREES + (eastM ** 2 + northM ** 2) / freshM ** 2)
    })
  }
  return aboutM
}

/** A speed that swings about the usual one, and an error that fades: Ornstein-Uhlenbeck, exact for any step. */
function addMotion(system: LeastSquares, sights: readonly Sighted[], { usualMps, noiseM }: Manner): void {
  system.add(0, [ALONG], [1e-4], 0)
  system.add(0, [SPEED], [2 / usualMps], 2)
  for (const error of [ERROR_EAST, ERROR_NORTH]) system.add(0, [error], [1 / noiseM], 0)
  for (let index = 1; index < sights.length; index++) {
    const dtS = Math.max(0.01, (sights[index] as Sighted).tS - (sights[index - 1] as Sighted).tS)
    const from = UNKNOWNS * (index - 1)
    const [kept, keptError] = [Math.exp(-dtS / SPEED_MEMORY_S), Math.exp(-dtS / ERROR_MEMORY_S)]
    const reachS = SPEED_MEMORY_S * (1 - kept)
    const drive = (SPEED_SWING * usualMps) ** 2
    const alongVar =
      drive * SPEED_MEMORY_S * (2 * dtS - SPEED_MEMORY_S * (3 - kept) * (1 - kept)) + PATH_VAR_PER_S * dtS
    const bothCov = drive * SPEED_MEMORY_S * (1 - kept) ** 2
    const share = bothCov / alongVar
    const [along, speed] = [1 / Math.sqrt(alongVar), 1 / Math.sqrt(drive * (1 - kept * kept) - share * bothCov)]
    const both = [ALONG, SPEED, UNKNOWNS + ALONG, UNKNOWNS + SPEED]
    const onM = usualMps * (dtS - reachS)
    system.add(from, both, [-along, -reachS * along, along, 0], onM * along)
    const factors = [share * speed, (share * reachS - kept) * speed, -share * speed, speed]
    system.add(from, both, factors, (usualMps * (1 - kept) - share * onM) * speed)
    const fresh = 1 / (noiseM * Math.sqrt(1 - keptError * keptError))
    for (const error of [ERROR_EAST, ERROR_NORTH])
      system.add(from, [error, UNKNOWNS + error], [-keptError * fresh, fresh], 0)
  }
}
