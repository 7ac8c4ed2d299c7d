/**
 * One run as it goes, second by second, over the paths of the route. A rule says in which order each cyclist goes to whom; the world
 * moves people, taps with a slow thumb, hands over, and sends cyclists to refill. Whoever is passed at arm's length is served, under every rule.
 */

import { meetsAt, nodeNear, type Roads, roadsOf } from '../../../shared/dispatch/roads.ts'
import { distanceM } from '../../../shared/geo/distance.ts'
import type { Place } from '../../../shared/geo/fix.ts'
import { placeOfNode } from '../../../shared/geo/meeting/rides.ts'
import { waysOf } from '../../../shared/geo/meeting/ways.ts'
import type { Progress } from '../../../shared/geo/progress/progress.ts'
import { placeAtM } from '../../../shared/geo/route.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import { type Course, habits, type PlannedRun, type PlannedRunner } from './scenarios.ts'
import { type Cyclist, type Need, type Outcome, type Rule, type Scene, startOf } from './scene.ts'

type Runner = {
  readonly plan: PlannedRunner
  atM: number
  speedMps: number
  stopsMade: number
  standsS: number
  /** Fading mean over some five minutes, as a phone would know it. */
  knownMps: number
}

export type Ground = { readonly course: Course; readonly roads: Roads; readonly taps: readonly number[] }

/** Prepared once a course. */
export function groundOf(course: Course): Ground {
  const roads = roadsOf(waysOf(course.line, course.namedPoints), Number.POSITIVE_INFINITY)
  return { course, roads, taps: course.namedPoints.map((point) => nodeNear(roads.ways, point)) }
}

const REPLANS_EVERY_S = 30
const GIVES_UP_AFTER_S = 3_600

export function outcomeOf(ground: Ground, planned: PlannedRun, rule: Rule): Outcome {
  const { roads, taps, course } = ground
  const { line } = course
  const runners = planned.runners.map(newRunner)
  const needs = planned.needs.map((need, no): Need => ({ ...need, no, claimedBy: null, servedAtS: null }))
  const cyclists = planned.ridesMps.map((rideMps, no) => newCyclist(no, rideMps))
  const lastS = needs.at(-1)?.atS ?? 0
  let [nowS, isNews, open] = [0, false, [] as Need[]]
  let routes: ReadonlyMap<number, readonly Need[]> = new Map()
  let nextNeed = 0
  let targetOf = new Map<number, number>()
  while (nowS < lastS + GIVES_UP_AFTER_S && (nextNeed < needs.length || open.length > 0)) {
    nowS++
    for (const runner of runners) run(runner)
    while (nextNeed < needs.length && (needs[nextNeed] as Need).atS <= nowS) {
      const need = needs[nextNeed++] as Need
      open.push(need)
      isNews = true
    }
    if (isNews || nowS % REPLANS_EVERY_S === 0) {
      routes = rule(sceneNow())
      isNews = false
      aim()
    } else if (nowS % habits.looksEveryS === 0) aim()
    for (const cyclist of cyclists) {
      think(cyclist)
      ride(cyclist)
      serve(cyclist)
    }
    open = open.filter(({ servedAtS }) => servedAtS === null)
  }
  const raised = needs.slice(0, nextNeed)
  return {
    waitsS: raised.map(({ atS, servedAtS }) => Math.max(0, (servedAtS ?? nowS) - atS)),
    unserved: raised.filter(({ servedAtS }) => servedAtS === null).length,
    rodeM: cyclists.reduce((sum, { rodeM }) => sum + rodeM, 0),
  }

  function newRunner(plan: PlannedRunner): Runner {
    return { plan, atM: 0, speedMps: 0, stopsMade: 0, standsS: 0, knownMps: plan.paceMps }
  }

  function newCyclist(no: number, rideMps: number): Cyclist {
    const node = roads.ways.nodeOfStep[0] as number
    const stock = { ...habits.stock }
    const still = { node, fromNode: node, leftM: 0, standsS: 0, isRefilling: false, thumbS: null, rodeM: 0 }
    return { no, rideMps, stock, ...still }
  }

  function run(runner: Runner): void {
    const { plan } = runner
    runner.knownMps += (runner.speedMps - runner.knownMps) / 300
    runner.speedMps = 0
    if (nowS < plan.startsAtS || runner.atM >= line.lengthM) return
    if (runner.standsS > 0) {
      runner.standsS--
      return
    }
    const swing = habits.swingShare * Math.sin((2 * Math.PI * nowS) / plan.swing.periodS + plan.swing.phaseRad)
    runner.speedMps = plan.paceMps * (1 + swing - (plan.fatiguePerHour * nowS) / 3_600)
    runner.atM = Math.min(line.lengthM, runner.atM + runner.speedMps)
    const stop = plan.stops[runner.stopsMade]
    if (!stop || runner.atM < stop.atM) return
    runner.stopsMade++
    runner.standsS = stop.lastsS
  }

  function progressOf({ atM, speedMps, knownMps }: Runner): Progress {
    const [atMs, forecastMps] = [nowS * SECOND_MS, Math.max(1, knownMps)]
    const sure = { confidence: 1, rival: null, isOffRoute: false, isWrongWay: false }
    const spreads = { spreadM: 5, forecastSpreadMps: 0.1 }
    return { atM, atMs, takenAtMs: atMs, speedMps, forecastMps, ...spreads, ...sure, isStopped: false }
  }

  function sceneNow(): Scene {
    return {
      nowMs: nowS * SECOND_MS,
      roads,
      needs: open.filter(({ servedAtS }) => servedAtS === null),
      dueSoon: dueSoon(),
      cyclists: cyclists.filter(({ isRefilling }) => !isRefilling),
      runnerOf: ({ runner }) => progressOf(runners[runner] as Runner),
    }
  }

  /** Where each is to ride now: to the meeting with the next one they have claimed, to a tap, or among the pack. */
  function aim(): void {
    targetOf = new Map(cyclists.map((cyclist) => [cyclist.no, targetNode(cyclist)]))
  }

  function targetNode(cyclist: Cyclist): number {
    if (cyclist.isRefilling) return nearestTap(cyclist)
    const next = routes
      .get(cyclist.no)
      ?.find((need) => need.servedAtS === null && (need.claimedBy === cyclist.no || need.atS > nowS))
    if (!next) return cyclist.thumbS === null ? amongThePack(cyclist.no) : cyclist.node
    const runner = progressOf(runners[next.runner] as Runner)
    return meetsAt(roads, startOf(cyclist, nowS * SECOND_MS), cyclist.rideMps, runner)?.node ?? cyclist.node
  }

  function amongThePack(no: number): number {
    const alongM = runners.map(({ atM }) => atM).filter((atM) => atM < line.lengthM)
    alongM.sort((a, b) => a - b)
    const atM = alongM[Math.floor(((no + 0.5) / cyclists.length) * alongM.length)] ?? line.lengthM
    return roads.ways.nodeOfStep[Math.round(atM / roads.ways.stepM)] as number
  }

  function nearestTap({ node }: Cyclist): number {
    const row = roads.metresFrom(node)
    return taps.reduce((best, tap) => ((row[tap] as number) < (row[best] as number) ? tap : best), taps[0] as number)
  }

  /** Looks at whom the rule sends it to next, and taps some seconds later. */
  function think(cyclist: Cyclist): void {
    if (cyclist.isRefilling) return
    const next = routes.get(cyclist.no)?.find(({ servedAtS }) => servedAtS === null)
    if (!next || next.claimedBy !== null || next.atS > nowS) {
      cyclist.thumbS = null
      if (!next && cyclist.standsS === 0 && isLow(cyclist)) {
        cyclist.isRefilling = true
        isNews = true
      }
      return
    }
    cyclist.thumbS ??= planned.thumbs.between(habits.reactsS.from, habits.reactsS.to)
    if (--cyclist.thumbS > 0) return
    cyclist.thumbS = null
    next.claimedBy = cyclist.no
    isNews = true
  }

  function dueSoon(): Need[] {
    return needs.slice(nextNeed).filter(({ plannedAtS }) => plannedAtS !== null && plannedAtS <= nowS + habits.dueSoonS)
  }

  function isLow({ stock }: Cyclist): boolean {
    return stock.water <= habits.refillsAtBottles || stock.gel === 0 || stock.salt === 0
  }

  function ride(cyclist: Cyclist): void {
    if (cyclist.standsS > 0) {
      cyclist.standsS--
      return
    }
    const target = targetOf.get(cyclist.no) ?? cyclist.node
    let leftM = cyclist.rideMps
    while (leftM > 0) {
      const goesM = Math.min(leftM, cyclist.leftM)
      cyclist.leftM -= goesM
      cyclist.rodeM += goesM
      leftM -= goesM
      if (cyclist.leftM > 0) break
      if (cyclist.node === target) {
        cyclist.fromNode = cyclist.node
        arrive(cyclist)
        break
      }
      step(cyclist, target)
    }
  }

  function step(cyclist: Cyclist, target: number): void {
    const { linkStart, linkTo, linkM } = roads.ways
    const row = roads.metresFrom(target)
    let [best, bestM] = [-1, Number.POSITIVE_INFINITY]
    for (let link = linkStart[cyclist.node] as number; link < (linkStart[cyclist.node + 1] as number); link++) {
      const throughM = (linkM[link] as number) + (row[linkTo[link] as number] as number)
      if (throughM < bestM) [best, bestM] = [link, throughM]
    }
    cyclist.fromNode = cyclist.node
    cyclist.leftM = linkM[best] as number
    cyclist.node = linkTo[best] as number
  }

  function arrive(cyclist: Cyclist): void {
    if (!cyclist.isRefilling || !taps.includes(cyclist.node)) return
    Object.assign(cyclist.stock, habits.stock)
    cyclist.isRefilling = false
    cyclist.standsS = habits.refillS
    isNews = true
  }

  function placeOf({ node, fromNode, leftM }: Cyclist): Place {
    const [from, to] = [placeOfNode(roads.ways, fromNode), placeOfNode(roads.ways, node)]
    const share = fromNode === node ? 0 : leftM / Math.max(leftM, distanceM(from, to))
    return {
      latitudeDeg: to.latitudeDeg + (from.latitudeDeg - to.latitudeDeg) * share,
      longitudeDeg: to.longitudeDeg + (from.longitudeDeg - to.longitudeDeg) * share,
    }
  }

  /** Everything that a runner in reach has asked for; kept back is what is promised to others. */
  function serve(cyclist: Cyclist): void {
    if (cyclist.standsS > 0 || cyclist.isRefilling) return
    const here = placeOf(cyclist)
    const near = (need: Need) =>
      distanceM(placeAtM(line, (runners[need.runner] as Runner).atM), here) <= habits.handOverM
    const wanted = open.filter((need) => need.servedAtS === null && near(need))
    const given = wanted.filter((need) => {
      const promised = open.filter(
        ({ claimedBy, servedAtS, kind, no }) =>
          claimedBy === cyclist.no && servedAtS === null && kind === need.kind && no !== need.no,
      )
      if (cyclist.stock[need.kind] - (need.claimedBy === cyclist.no ? 0 : promised.length) <= 0) return false
      cyclist.stock[need.kind]--
      need.servedAtS = nowS
      return true
    })
    if (given.length === 0) return
    for (const { runner } of given) (runners[runner] as Runner).standsS = habits.handOverS
    cyclist.standsS = habits.handOverS
    isNews = true
  }
}
