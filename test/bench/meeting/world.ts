/**
 * One run of 25 runners and 4 cyclists as it really goes, second by second. Runners get thirsty; cyclists claim with a slow
 * thumb, at most two at once, ride the paths of the course to where the estimator says, and look up when they are near.
 */
import { type CyclistMotion, cyclistAt, placeOfCyclist, stepCyclist } from '../../../client/simulate/cyclist-motion.ts'
import { type Random, seededRandom } from '../../../client/simulate/random.ts'
import {
  isFinished,
  type RunnerMotion,
  type RunnerPlan,
  runnerAtStart,
  runnerHeld,
  runnerPlan,
  stepRunner,
} from '../../../client/simulate/runner-motion.ts'
import { distanceM } from '../../../shared/geo/distance.ts'
import { placeAtM } from '../../../shared/geo/route.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import type { EstimatorFactory, Visit } from './estimator.ts'
import { type Reports, reportsOf } from './reports.ts'
import { deadZonesOf, habits, RECEPTIONS, type ReceptionName, type Scenario } from './scenarios.ts'

/** One claimed request. Times in seconds since the start. */
export type Delivery = {
  readonly runner: number
  readonly cyclist: number
  readonly claimedAtS: number
  readonly promisedAtS: number
  readonly rangeMs: Visit['rangeMs']
  /** How many claims the cyclist had then, this one included. */
  readonly claimCount: number
  /** The hand-over, within 12 m; null when the run ended without. */
  deliveredAtS: number | null
}

type Runner = {
  readonly plan: RunnerPlan
  readonly reports: Reports
  readonly random: Random
  motion: RunnerMotion
  thirstyAtS: number
  /** When its open request reached the server. */
  askedAtS: number | null
  delivery: Delivery | null
}

type Cyclist = {
  readonly number: number
  readonly share: number
  readonly reports: Reports
  readonly random: Random
  readonly maxMps: number
  readonly swing: { readonly periodS: number; readonly phaseRad: number }
  readonly claims: Delivery[]
  motion: CyclistMotion
  targetM: number
  lookInS: number
  reactsInS: number | null
  standsS: number
}

const SLOWEST_SHARE = 0.6

/** Everything follows from scenario, reception and seed; the estimator draws nothing. */
export function worldOf(
  { course, line, trail }: Scenario,
  receptionName: ReceptionName,
  seed: number,
  factory: EstimatorFactory,
): Delivery[] {
  const { thirst } = habits
  const random = seededRandom(`meeting ${course.name} ${receptionName} ${seed}`)
  const reception = RECEPTIONS[receptionName]
  const estimator = factory(line, course.namedPoints)
  const deliveries: Delivery[] = []
  const runners = Array.from({ length: habits.runners }, (_, index) => newRunner(random.fork(`runner ${index}`)))
  const cyclists = Array.from({ length: habits.cyclists }, (_, index) => newCyclist(index))
  const runnerOf = (number: number) => runners[number] as Runner
  const placeOfRunner = ({ motion }: Runner) => placeAtM(line, motion.atM)
  const spotOfRunner = ({ motion }: Runner) => trail.spotM(motion.atM)
  const placeOf = ({ motion }: Cyclist) => placeOfCyclist(motion, trail.rideLine)
  const spotOf = ({ motion }: Cyclist) => (motion.whereabouts.kind === 'along' ? motion.whereabouts.atM : 0)
  const wayToM = (cyclist: Cyclist, runner: Runner) => trail.wayM(spotOf(cyclist), spotOfRunner(runner))

  const limitS = line.lengthM / (SLOWEST_SHARE * course.typicalPaceMps)
  let nowS = 0
  const isOver = () =>
    nowS >= limitS ||
    (cyclists.every(({ claims }) => claims.length === 0) &&
      runners.every(({ plan, motion, askedAtS }) => isFinished(plan, motion) && askedAtS === null))
  while (!isOver()) {
    nowS++
    for (const [number, runner] of runners.entries()) {
      runner.motion = stepRunner(runner.plan, runner.motion, 1)
      runner.reports.look(nowS, () => placeOfRunner(runner))
      for (const fix of runner.reports.arrived(nowS)) estimator.hear(number, fix)
      ask(runner)
    }
    for (const cyclist of cyclists) {
      cyclist.reports.look(nowS, () => placeOf(cyclist))
      for (const fix of cyclist.reports.arrived(nowS)) estimator.hear(cyclist.number, fix)
      move(cyclist)
      serve(cyclist)
    }
  }
  return deliveries

  function newRunner(own: Random): Runner {
    const group = { paceMps: course.typicalPaceMps, lengthM: line.lengthM }
    const deadZones = deadZonesOf(course.name, own.fork('fate'))
    return {
      plan: runnerPlan(own.fork('plan'), group),
      reports: reportsOf(own.fork('gps'), reception, 'runner', deadZones),
      random: own,
      motion: runnerAtStart,
      thirstyAtS: own.between(thirst.firstThirstS.from, thirst.firstThirstS.to),
      askedAtS: null,
      delivery: null,
    }
  }

  function newCyclist(index: number): Cyclist {
    const own = random.fork(`cyclist ${index}`)
    const startM = trail.spotM(0)
    return {
      number: habits.runners + index,
      share: (index + 0.5) / habits.cyclists,
      reports: reportsOf(own.fork('gps'), reception, 'cyclist', []),
      random: own,
      maxMps: own.between(habits.ridesMps.from, habits.ridesMps.to),
      swing: { periodS: own.between(300, 1_200), phaseRad: own.between(0, 2 * Math.PI) },
      claims: [],
      motion: cyclistAt(startM),
      targetM: startM,
      lookInS: Math.floor(own.between(0, thirst.looksEveryS)),
      reactsInS: null,
      standsS: 0,
    }
  }

  function ask(runner: Runner): void {
    const { plan, motion } = runner
    if (nowS < runner.thirstyAtS || runner.askedAtS !== null || plan.lengthM - motion.atM < thirst.noWishLastM) return
    runner.thirstyAtS = nowS + runner.random.between(thirst.nextThirstS.from, thirst.nextThirstS.to)
    runner.askedAtS = runner.reports.reachesAtS(nowS)
  }

  function move(cyclist: Cyclist): void {
    if (cyclist.reactsInS !== null) cyclist.reactsInS--
    cyclist.lookInS--
    if (cyclist.lookInS <= 0) {
      cyclist.lookInS = thirst.looksEveryS
      claim(cyclist)
      cyclist.targetM = targetOfM(cyclist)
    }
    if (cyclist.standsS > 0) {
      cyclist.standsS--
      return
    }
    const { periodS, phaseRad } = cyclist.swing
    const maxMps = cyclist.maxMps * (1 + habits.rideSwingShare * Math.sin((2 * Math.PI * nowS) / periodS + phaseRad))
    const target = { kind: 'along', atM: cyclist.targetM } as const
    cyclist.motion = stepCyclist(cyclist.motion, trail.rideLine, target, 1, maxMps)
  }

  /** Takes the nearest open request, with some seconds of thumb. */
  function claim(cyclist: Cyclist): void {
    const { claims } = cyclist
    if (claims.length >= habits.claimsMax) return
    const withinM = claims.length === 0 ? Number.POSITIVE_INFINITY : habits.secondClaimWithinM
    const costM = (runner: Runner) => wayToM(cyclist, runner) - habits.waitingMps * (nowS - (runner.askedAtS ?? 0))
    const [wanted] = runners
      .filter(({ askedAtS, delivery }) => askedAtS !== null && askedAtS <= nowS && !delivery)
      .filter((runner) => wayToM(cyclist, runner) <= withinM)
      .sort((a, b) => costM(a) - costM(b))
    if (!wanted) cyclist.reactsInS = null
    else if (cyclist.reactsInS === null)
      cyclist.reactsInS = cyclist.random.between(thirst.reactsS.from, thirst.reactsS.to)
    else if (cyclist.reactsInS <= 0) {
      cyclist.reactsInS = null
      promise(cyclist, runners.indexOf(wanted))
    }
  }

  function promise(cyclist: Cyclist, runner: number): void {
    const wishes = [...cyclist.claims.map(asClaim), { runner, promisedAtMs: null }]
    const visit = estimator.visits(cyclist.number, wishes, nowS * SECOND_MS).find((each) => each.runner === runner)
    if (!visit) return
    const delivery: Delivery = {
      runner,
      cyclist: cyclist.number,
      claimedAtS: nowS,
      promisedAtS: visit.atMs / SECOND_MS,
      rangeMs: visit.rangeMs,
      claimCount: wishes.length,
      deliveredAtS: null,
    }
    deliveries.push(delivery)
    cyclist.claims.push(delivery)
    runnerOf(runner).delivery = delivery
  }

  function targetOfM(cyclist: Cyclist): number {
    const { claims } = cyclist
    if (claims.length === 0) return amongThePackM(cyclist.share)
    const seen = claims
      .map(({ runner }) => runnerOf(runner))
      .filter((runner) => wayToM(cyclist, runner) <= habits.seesWithEyesM)
      .sort((a, b) => wayToM(cyclist, a) - wayToM(cyclist, b))[0]
    if (seen) return spotOfRunner(seen)
    const [next] = estimator.visits(cyclist.number, claims.map(asClaim), nowS * SECOND_MS)
    return next ? trail.spotOfPlace(next.place) : cyclist.targetM
  }

  /** Where a cyclist without a claim likes to be: among those who still run. */
  function amongThePackM(share: number): number {
    const alongM = runners
      .filter(({ plan, motion }) => !isFinished(plan, motion))
      .map(({ motion }) => motion.atM)
      .sort((a, b) => a - b)
    return trail.spotM(alongM[Math.floor(share * alongM.length)] ?? line.lengthM)
  }

  /** Whoever is in reach and asked for something gets it, also on the way to somebody else. */
  function serve(cyclist: Cyclist): void {
    if (cyclist.standsS > 0) return
    const here = placeOf(cyclist)
    const runner = runners.find(
      (each) =>
        each.askedAtS !== null &&
        each.askedAtS <= nowS &&
        (each.delivery === null || each.delivery.cyclist === cyclist.number) &&
        distanceM(placeOfRunner(each), here) <= habits.handOverM,
    )
    if (!runner) return
    runner.motion = runnerHeld(runner.motion, habits.handOverS)
    cyclist.motion = { ...cyclist.motion, speedMps: 0 }
    cyclist.standsS = habits.handOverS
    runner.askedAtS = null
    const { delivery } = runner
    runner.delivery = null
    if (!delivery) return
    delivery.deliveredAtS = nowS
    cyclist.claims.splice(cyclist.claims.indexOf(delivery), 1)
  }
}

const asClaim = ({ runner, promisedAtS }: Delivery) => ({ runner, promisedAtMs: promisedAtS * SECOND_MS })
