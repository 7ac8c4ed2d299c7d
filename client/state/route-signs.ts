/** What stands along the line of a route: kilometres, places with a name, turn-rounds, and where laps begin. */
import { bearingDeg } from '../../shared/geo/distance.ts'
import { placeAtM, type RouteLine, routeLine } from '../../shared/geo/route.ts'
import type { SharedRoute } from '../../shared/protocol/http.ts'
import { KM_M } from '../../shared/units.ts'

export type RouteSigns = {
  readonly lengthM: number
  readonly named: readonly { readonly name: string; readonly atM: number }[]
  readonly turnsM: readonly number[]
  /** Where each lap begins; empty on a route without laps. */
  readonly lapsM: readonly number[]
}

/** The way into a bend and out of it is that of so many metres. */
const BEND_M = 40
const TURN_DEG = 150
/** A turn drawn with several points is one. */
const SAME_TURN_M = 80

export function routeSigns({ points, namedPoints, lengthM, laps }: SharedRoute): RouteSigns {
  return {
    lengthM,
    named: namedPoints
      .flatMap(({ name, atM = [] }) => atM.map((passM) => ({ name, atM: passM })))
      .sort((a, b) => a.atM - b.atM),
    turnsM: points.length > 2 ? turnsOf(routeLine(points)) : [],
    lapsM: laps ? Array.from({ length: laps.count }, (_, lap) => lap * laps.lengthM) : [],
  }
}

function turnsOf(line: RouteLine): number[] {
  const turns: { atM: number; bendDeg: number }[] = []
  for (const atM of line.atM) {
    if (atM < BEND_M || atM > line.lengthM - BEND_M) continue
    const here = placeAtM(line, atM)
    const inDeg = bearingDeg(placeAtM(line, atM - BEND_M), here)
    const outDeg = bearingDeg(here, placeAtM(line, atM + BEND_M))
    const bendDeg = Math.abs(((outDeg - inDeg + 540) % 360) - 180)
    if (bendDeg < TURN_DEG) continue
    const last = turns.at(-1)
    if (!last || atM - last.atM > SAME_TURN_M) turns.push({ atM, bendDeg })
    else if (bendDeg > last.bendDeg) turns[turns.length - 1] = { atM, bendDeg }
  }
  return turns.map(({ atM }) => atM)
}

const STEPS_KM = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]

/** Kilometres to write so that no two are nearer than that to each other. */
export function kmMarks(fromM: number, toM: number, metresPerPx: number, apartPx: number): number[] {
  const stepM = (STEPS_KM.find((km) => (km * KM_M) / metresPerPx >= apartPx) ?? 100) * KM_M
  const marks: number[] = []
  for (let n = Math.ceil(fromM / stepM); n * stepM <= toM; n++) marks.push(n * stepM)
  return marks
}
