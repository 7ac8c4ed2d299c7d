/** How a cyclist gets to where it is wanted: along the line both ways, or straight across where there is none. */
import { distanceM, placeBetween } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { nearestOnLine, placeAtM, type RouteLine } from '../../shared/geo/route.ts'

export const CYCLIST_MAX_MPS = 5.5
const ACCELERATION_MPS2 = 0.8
/** Passes of the line so near to each other are one path to a bike. */
const SAME_PATH_M = 20
/** Changing over to another pass must save so much, or a target a few metres on would make a cyclist flicker. */
const WORTH_CHANGING_M = 50
/** A target that has moved less is the same one. */
const SAME_TARGET_M = 100

export type CyclistTarget =
  | { readonly kind: 'along'; readonly atM: number }
  | { readonly kind: 'place'; readonly place: Place }

export type CyclistMotion = {
  readonly whereabouts:
    | { readonly kind: 'along'; readonly atM: number; readonly passChosenForM?: number }
    | { readonly kind: 'place'; readonly place: Place }
  /** Along the line: negative towards the start. Off it: never negative. */
  readonly speedMps: number
}

/** A cyclist standing so many metres along the line. */
export const cyclistAt = (atM: number): CyclistMotion => ({ whereabouts: { kind: 'along', atM }, speedMps: 0 })

/** Where on the earth the cyclist is. */
export function placeOfCyclist(motion: CyclistMotion, line: RouteLine): Place {
  const { whereabouts } = motion
  return whereabouts.kind === 'along' ? placeAtM(line, whereabouts.atM) : whereabouts.place
}

/**
 * The cyclist so many seconds later. Pure. Speeds up and brakes by 0.8 m/s2, stops at the target, and stays without one.
 * From off the line towards metres along it: first straight to the nearest place of the line. Where several passes of the
 * line are one path (out and back, laps), it rides the pass that is nearest to the target.
 */
export function stepCyclist(
  motion: CyclistMotion,
  line: RouteLine,
  target: CyclistTarget | undefined,
  dtS: number,
  maxSpeedMps = CYCLIST_MAX_MPS,
): CyclistMotion {
  if (!target || !(dtS > 0)) return { ...motion, speedMps: target ? motion.speedMps : 0 }
  const { whereabouts } = motion
  if (target.kind === 'place' || whereabouts.kind === 'place') {
    const from = placeOfCyclist(motion, line)
    const joinM = target.kind === 'along' ? nearestOnLine(line, from).atM : 0
    const to = target.kind === 'place' ? target.place : placeAtM(line, joinM)
    const wayM = distanceM(from, to)
    const { rodeM, speedMps } = ride(Math.abs(motion.speedMps), wayM, dtS, maxSpeedMps)
    if (rodeM >= wayM && target.kind === 'along') return { whereabouts: { kind: 'along', atM: joinM }, speedMps }
    return { whereabouts: { kind: 'place', place: placeBetween(from, to, wayM > 0 ? rodeM / wayM : 1) }, speedMps }
  }
  const targetM = Math.max(0, Math.min(line.lengthM, target.atM))
  const isSameTarget = Math.abs((whereabouts.passChosenForM ?? Number.NaN) - targetM) < SAME_TARGET_M
  const passChosenForM = isSameTarget ? (whereabouts.passChosenForM as number) : targetM
  const atM = isSameTarget ? whereabouts.atM : passTowardsM(line, whereabouts.atM, targetM)
  const way = targetM >= atM ? 1 : -1
  const { rodeM, speedMps } = ride(Math.max(0, motion.speedMps * way), Math.abs(targetM - atM), dtS, maxSpeedMps)
  return { whereabouts: { kind: 'along', atM: atM + way * rodeM, passChosenForM }, speedMps: speedMps * way }
}

/** Metres ridden and the speed reached, wayM before the stop. */
function ride(fromMps: number, wayM: number, dtS: number, maxSpeedMps: number): { rodeM: number; speedMps: number } {
  const brakingMps = Math.sqrt(2 * ACCELERATION_MPS2 * wayM)
  const speedMps = Math.min(maxSpeedMps, brakingMps, fromMps + ACCELERATION_MPS2 * dtS)
  const rodeM = Math.min(wayM, Math.max(ROLLING_MPS, (Math.min(fromMps, maxSpeedMps) + speedMps) / 2) * dtS)
  return rodeM >= wayM ? { rodeM: wayM, speedMps: 0 } : { rodeM, speedMps }
}

/** Without it the last centimetres before a stop would never end. */
const ROLLING_MPS = 0.3

/** Metres along the line of the same spot on the pass nearest to the target. Of each pass its point nearest to the spot. */
function passTowardsM(line: RouteLine, atM: number, targetM: number): number {
  const place = placeAtM(line, atM)
  let bestM = atM
  let pass: { readonly atM: number; readonly distanceM: number } | undefined
  for (let index = 1; index <= line.points.length; index++) {
    const near = index < line.points.length ? nearestOnSegment(line, index, place) : undefined
    if (near && near.distanceM <= SAME_PATH_M) {
      if (!pass || near.distanceM < pass.distanceM) pass = near
    } else if (pass) {
      if (Math.abs(pass.atM - targetM) < Math.abs(bestM - targetM) - WORTH_CHANGING_M) bestM = pass.atM
      pass = undefined
    }
  }
  return bestM
}

function nearestOnSegment(line: RouteLine, index: number, place: Place) {
  const [fromM, toM] = [line.atM[index - 1] as number, line.atM[index] as number]
  const points = [line.points[index - 1] as Place, line.points[index] as Place]
  const near = nearestOnLine({ points, atM: [0, toM - fromM], lengthM: toM - fromM }, place)
  return { atM: fromM + near.atM, distanceM: near.distanceM }
}
