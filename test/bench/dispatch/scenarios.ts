/**
 * The frozen half of the dispatch bench: courses, people and what they will need. Written and committed before any rule was tuned, and
 * without a draw that depends on a rule: under each of them the same people need the same things at the same moments of the same seed.
 */
import { type Random, seededRandom } from '../../../client/simulate/random.ts'
import { movedPlace } from '../../../shared/geo/distance.ts'
import type { Place } from '../../../shared/geo/fix.ts'
import type { NamedPoint } from '../../../shared/geo/named-points.ts'
import { type RouteLine, routeLine } from '../../../shared/geo/route.ts'

export const pieceKinds = ['water', 'gel', 'salt'] as const
export type PieceKind = (typeof pieceKinds)[number]
export type Pieces = Readonly<Record<PieceKind, number>>

export const habits = {
  runners: 25,
  cyclists: 4,
  /** Around the course's own pace. */
  paceSpreadShare: 0.07,
  startsWithinS: 60,
  swingShare: 0.03,
  fatiguePerHour: { from: 0.005, to: 0.04 },
  stopEveryM: 4_500,
  stopS: { from: 5, to: 45 },
  /** By plan a drink of some 250 ml, which makes 400 to 600 ml an hour; the first one after a part of that. */
  drinkEveryS: { from: 1_500, to: 2_700 },
  firstDrinkShare: { from: 0.4, to: 1 },
  /** Beside the plan, at random: a gel, salt, or water out of turn. */
  otherEveryS: 5_400,
  otherShares: { gel: 0.5, salt: 0.2, water: 0.3 },
  /** How far beside the plan people ask, one deviation: what a phone knows of it beforehand is no more exact. */
  asksBesidePlanS: 120,
  dueSoonS: 300,
  noWishLastM: 2_500,
  ridesMps: { from: 4.5, to: 6 },
  /** A bike carries some 8 l. */
  stock: { water: 14, gel: 10, salt: 10 } satisfies Pieces,
  /** With so few bottles left, a cyclist who has nothing to bring goes to the nearest named point. */
  refillsAtBottles: 2,
  refillS: 90,
  /** Between an offer on the screen and the tap. */
  reactsS: { from: 4, to: 20 },
  handOverS: 8,
  handOverM: 12,
  looksEveryS: 5,
} as const

export type Course = {
  readonly name: string
  readonly line: RouteLine
  /** One can refill at each. */
  readonly namedPoints: readonly NamedPoint[]
  readonly paceMps: number
}

const START: Place = { latitudeDeg: 51.1, longitudeDeg: 71.4 }
const spot = (eastM: number, northM: number): Place => movedPlace(START, eastM, northM)

/** Along a river that winds, so many metres beside its middle. */
function bank(lengthM: number, besideM: number): Place[] {
  const count = Math.round(lengthM / 50)
  return Array.from({ length: count + 1 }, (_, index) => {
    const eastM = (lengthM * index) / count
    return spot(eastM, 600 * Math.sin(eastM / 1_700) + besideM)
  })
}

const named = (name: string, place: Place): NamedPoint => ({ name, ...place })

function outAndBack(): Course {
  const out = bank(24_000, 0)
  return {
    name: 'out-and-back',
    line: routeLine([...out, ...out.toReversed().slice(1)]),
    namedPoints: [0, 0.2, 0.4, 0.6, 0.8, 1].map((share, index) =>
      named(`Point ${index}`, out[Math.round(share * (out.length - 1))] as Place),
    ),
    paceMps: 2.8,
  }
}

/** Out on one bank, over a bridge, back on the other, and over another bridge to the start; the banks are 160 m apart. */
function loop(): Course {
  const [left, right] = [bank(10_000, 0), bank(10_000, 160)]
  const at = (side: readonly Place[], share: number) => side[Math.round(share * (side.length - 1))] as Place
  return {
    name: 'loop',
    line: routeLine([...left, ...right.toReversed(), at(left, 0)]),
    namedPoints: [
      named('West bridge', at(left, 0)),
      named('Beach', at(left, 0.4)),
      named('East bridge', at(left, 1)),
      named('Fountain', at(right, 0.5)),
    ],
    paceMps: 2.8,
  }
}

export const courses = (): readonly Course[] => [outAndBack(), loop()]

export type PlannedRunner = {
  readonly paceMps: number
  readonly startsAtS: number
  readonly swing: { readonly periodS: number; readonly phaseRad: number }
  readonly fatiguePerHour: number
  /** In order along the line. */
  readonly stops: readonly { readonly atM: number; readonly lastsS: number }[]
}

export type PlannedNeed = {
  readonly runner: number
  readonly kind: PieceKind
  /** When it is asked for. */
  readonly atS: number
  /** When the plan says; null for what comes out of turn. */
  readonly plannedAtS: number | null
}

export type PlannedRun = {
  readonly course: Course
  readonly runners: readonly PlannedRunner[]
  readonly ridesMps: readonly number[]
  /** The soonest first. */
  readonly needs: readonly PlannedNeed[]
  /** For thumbs, in the order in which they come. */
  readonly thumbs: Random
}

export function plannedRun(course: Course, seed: number): PlannedRun {
  const random = seededRandom(`dispatch ${course.name} ${seed}`)
  const { lengthM } = course.line
  const people = Array.from({ length: habits.runners }, (_, index) => {
    const runner = plannedRunner(random.fork(`runner ${index}`), course)
    const untilS = runner.startsAtS + (lengthM - habits.noWishLastM) / runner.paceMps
    return { runner, needs: needsOf(random.fork(`needs ${index}`), index, untilS) }
  })
  return {
    course,
    runners: people.map(({ runner }) => runner),
    ridesMps: Array.from({ length: habits.cyclists }, (_, index) =>
      random.fork(`cyclist ${index}`).between(habits.ridesMps.from, habits.ridesMps.to),
    ),
    needs: people.flatMap(({ needs }) => needs).sort((a, b) => a.atS - b.atS),
    thumbs: random.fork('thumbs'),
  }
}

function plannedRunner(random: Random, { line, paceMps }: Course): PlannedRunner {
  const share = Math.exp(habits.paceSpreadShare * random.normal())
  const stops: { atM: number; lastsS: number }[] = []
  const nextStopM = (fromM: number) => fromM + 500 - (habits.stopEveryM - 500) * Math.log(1 - random.next())
  for (let atM = nextStopM(0); atM < line.lengthM; atM = nextStopM(atM))
    stops.push({ atM, lastsS: random.between(habits.stopS.from, habits.stopS.to) })
  return {
    paceMps: paceMps * Math.max(0.8, Math.min(1.25, share)),
    startsAtS: random.between(0, habits.startsWithinS),
    swing: { periodS: random.between(300, 1_500), phaseRad: random.between(0, 2 * Math.PI) },
    fatiguePerHour: random.between(habits.fatiguePerHour.from, habits.fatiguePerHour.to),
    stops,
  }
}

function needsOf(random: Random, runner: number, untilS: number): PlannedNeed[] {
  const { drinkEveryS, firstDrinkShare, otherEveryS, otherShares } = habits
  const needs: PlannedNeed[] = []
  const besides = random.fork('beside the plan')
  const everyS = random.between(drinkEveryS.from, drinkEveryS.to)
  for (let atS = everyS * random.between(firstDrinkShare.from, firstDrinkShare.to); atS < untilS; atS += everyS)
    needs.push({ runner, kind: 'water', atS, plannedAtS: atS + habits.asksBesidePlanS * besides.normal() })
  const nextOtherS = (fromS: number) => fromS - otherEveryS * Math.log(1 - random.next())
  for (let atS = nextOtherS(0); atS < untilS; atS = nextOtherS(atS)) {
    const drawn = random.next()
    const kind = drawn < otherShares.gel ? 'gel' : drawn < otherShares.gel + otherShares.salt ? 'salt' : 'water'
    needs.push({ runner, kind, atS, plannedAtS: null })
  }
  return needs
}
