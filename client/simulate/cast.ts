/** Brings a run's people together over the real doors: a leader plans, everybody joins with a phone. */
import { waysOf } from '../../shared/geo/meeting/ways.ts'
import { routeLine } from '../../shared/geo/route.ts'
import type { Planned } from '../../shared/protocol/http.ts'
import { join, planRun } from '../net/http-calls.ts'
import { newSecretKey } from '../net/new-id.ts'
import { openPhone } from '../net/open-phone.ts'
import type { Phone } from '../net/phone.ts'
import { memoryPhoneStorage } from '../net/phone-storage.ts'
import { granted, whenCaughtUp } from './answers.ts'
import type { Course } from './courses/course.ts'
import { simulatedCyclist } from './cyclist.ts'
import { fateOf } from './fate.ts'
import { amongHouses, openSky } from './gps-noise.ts'
import { guestBodies } from './guests.ts'
import { type SimulatedLeader, simulatedLeader } from './leader.ts'
import { clubTemper, type Person, type Stage, type Temper } from './person.ts'
import { drawTroubles, type Trouble } from './plants.ts'
import type { Random } from './random.ts'
import { simulatedRunner } from './runner.ts'
import { runnerPlan } from './runner-motion.ts'
import type { Scenario } from './scenario.ts'
import { newTally } from './tally.ts'
import { openTunnel, type Tunnel } from './tunnel.ts'

const NAMES = [
  'Aidar',
  'Dana',
  'Timur',
  'Aigul',
  'Yerlan',
  'Madina',
  'Ruslan',
  'Saule',
  'Nurlan',
  'Asel',
  'Bolat',
  'Zarina',
]
/** So near behind a runner that a bottle is there in a few seconds. */
const BEHIND_M = 14
/** How often they like places. Runners hardly ask; but a screen that is dark is another thing than one that is not looked at. */
const HELPER_LOOKS_EVERY_MS = 4_000
const RUNNER_LOOKS_EVERY_MS = 60_000

export type Cast = {
  readonly stage: Stage
  /** Of the first runner and the first cyclist: another screen may look from the same seat. */
  readonly seats: { readonly runner: string; readonly cyclist: string }
  readonly planned: Planned
  readonly leaderPhone: Phone
  readonly leader: SimulatedLeader
  readonly tunnels: readonly Tunnel[]
  readonly scenario: Scenario
  /** What befalls the run as a whole, in seconds of running. */
  readonly troubles: readonly Trouble[]
  /** The friends who come half-way do so at this many seconds of running; called once. */
  readonly later: { readonly atS: number; join(): Promise<void> } | undefined
  /** Everybody's network is up again: nothing stays behind on a phone in a dead zone. */
  heal(): void
  close(): Promise<void>
}

export type Casting = {
  /** Addresses of the nodes; people are spread over them. */
  readonly urls: readonly string[]
  readonly scenario: Scenario
  readonly random: Random
  readonly temper?: Temper
}

/** @throws Error when the server refuses to plan or to seat somebody. */
export async function castRun({ urls, scenario, random, temper = clubTemper }: Casting): Promise<Cast> {
  const { course, runners: runnerCount, cyclists: cyclistCount, joinLater, phonesAtHome } = scenario
  const [url = ''] = urls
  const planned = granted(
    await planRun(url, {
      createKey: newSecretKey(),
      title: course.title,
      leaderName: 'Lena',
      leaderPhone: null,
      plannedStartMs: null,
      expectedDurationMs: null,
      longestDurationMs: null,
      recordedShiftMs: 0,
      routeFile: course.hasRoute ? gpxOf(course) : null,
    }),
  )
  const line = routeLine(course.points)
  const usualS = line.lengthM / course.typicalPaceMps
  let watching: Phone | undefined
  const stage: Stage = {
    line,
    ways: course.hasRoute ? waysOf(line, course.namedPoints) : null,
    people: new Map(),
    tally: newTally(),
    taps: course.namedPoints.length > 0 ? course.namedPoints : course.points.slice(0, 1),
    areTapsDry: false,
    waterCarried: new Map(),
    isLive: () => watching?.view().run.head.phase === 'live',
    guests: guestBodies(random.fork('guests'), line, scenario.guests, course.typicalPaceMps),
    planted: [],
    temper,
  }
  const strikeable = runnerCount - joinLater - phonesAtHome
  const group = { paceMps: course.typicalPaceMps, lengthM: line.lengthM }
  const plans = Array.from({ length: runnerCount }, (_, i) =>
    runnerPlan(random.fork(`runner ${i}`).fork('plan'), group),
  )
  const troubles = drawTroubles(random.fork('troubles'), scenario.planned, {
    pacesMps: plans.slice(0, strikeable).map(({ basePaceMps }) => basePaceMps),
    cyclistCount,
    usualS,
  })
  const phones: Phone[] = []
  const sharers: Phone[] = []
  const tunnels: Tunnel[] = []
  const seats = { runner: '', cyclist: '' }
  const startOfM = (i: number) => (temper.isSpread ? (line.lengthM * (i + 0.3)) / (runnerCount * 2) : 0)

  const phoneFor = (at: string, seat: string, isHelper: boolean): Phone => {
    const phone = openPhone({ urls: [at], seat, storage: memoryPhoneStorage() })
    phone.look(true, isHelper ? HELPER_LOOKS_EVERY_MS : RUNNER_LOOKS_EVERY_MS)
    phones.push(phone)
    return phone
  }
  const seatFor = async (invite: string, name: string) =>
    granted(await join(url, { joinKey: newSecretKey(), invite, name, phone: null, startNumber: null }))
  const nameOf = (i: number, offset: number) =>
    `${NAMES[(i + offset) % NAMES.length]}${i >= NAMES.length ? ` ${Math.floor(i / NAMES.length) + 1}` : ''}`
  async function networkFor(at: string, isNeeded: boolean): Promise<{ at: string; setNetwork(isUp: boolean): void }> {
    if (!isNeeded) return { at, setNetwork: () => undefined }
    const tunnel = await openTunnel(at)
    tunnels.push(tunnel)
    return { at: tunnel.url, setNetwork: (isUp) => tunnel.setUp(isUp) }
  }
  const nodeOf = (i: number) => urls[i % urls.length] ?? url
  const share = (phone: Phone) => phone.send({ type: 'start-sharing', sinceMs: phone.nowMs() }).then(granted)

  async function seatRunner(i: number, startM: number): Promise<Person> {
    const own = random.fork(`runner ${i}`)
    const fate = fateOf(
      scenario,
      own.fork('fate'),
      troubles.runners.get(i),
      i >= strikeable && i < runnerCount - joinLater,
    )
    const { at, setNetwork } = await networkFor(nodeOf(i), fate.deadZones.length > 0)
    const isLeader = scenario.doesLeaderRun && i === 0
    const { memberId, seat } = isLeader ? planned : await seatFor(planned.invites.runner, nameOf(i, 0))
    const phone = phoneFor(at, seat, isLeader)
    seats.runner ||= seat
    const plan = plans[i] ?? runnerPlan(own.fork('plan'), group)
    const reception = course.name === 'city' ? amongHouses : openSky
    const thirstyAtS = temper.isSpread ? 1 + 5 * i : undefined
    const person = simulatedRunner(own, stage, {
      memberId,
      phone,
      plan,
      startM,
      thirstyAtS,
      reception,
      fate,
      setNetwork,
    })
    // A phone that stays at home shares nothing: its owner is out once the coach has ticked them.
    if (!fate.isPhoneAtHome) sharers.push(phone)
    return person
  }

  const here = runnerCount - joinLater
  for (let i = 0; i < here; i++) {
    const person = await seatRunner(i, startOfM(i))
    stage.people.set(person.memberId, person)
  }
  for (let i = 0; i < cyclistCount; i++) {
    const trouble = troubles.cyclists.get(i)
    const { at, setNetwork } = await networkFor(nodeOf(i + 1), trouble !== undefined)
    const { memberId, seat } = await seatFor(planned.invites.cyclist, nameOf(i, 5))
    const phone = phoneFor(at, seat, true)
    seats.cyclist ||= seat
    const own = { share: (i + 0.5) / cyclistCount, startM: Math.max(0, startOfM(i) - BEHIND_M), trouble, setNetwork }
    stage.people.set(memberId, simulatedCyclist(random.fork(`cyclist ${i}`), stage, { memberId, phone, ...own }))
    sharers.push(phone)
    watchForRequests(stage, phone)
  }

  const leaderPhone = stage.people.get(planned.memberId)?.phone ?? phoneFor(nodeOf(urls.length - 1), planned.seat, true)
  watching = leaderPhone
  await Promise.all(phones.map(whenCaughtUp))
  await Promise.all(sharers.map(share))
  const memberCount = new Set([...stage.people.keys(), planned.memberId]).size
  const leader = simulatedLeader(random.fork('leader'), stage, {
    memberId: planned.memberId,
    phone: leaderPhone,
    scenario,
    isEveryoneHere: () => leaderPhone.view().run.members.size >= memberCount,
  })
  return {
    stage,
    seats,
    planned,
    leaderPhone,
    leader,
    tunnels,
    scenario,
    troubles: troubles.run,
    later:
      joinLater > 0
        ? {
            atS: usualS / 2,
            async join() {
              for (let i = here; i < runnerCount; i++) {
                const person = await seatRunner(i, line.lengthM / 2)
                await whenCaughtUp(person.phone)
                await share(person.phone)
                stage.people.set(person.memberId, person)
              }
            },
          }
        : undefined,
    heal: () => {
      for (const tunnel of tunnels) tunnel.setUp(true)
    },
    async close() {
      await Promise.all(phones.map((phone) => phone.close()))
      for (const tunnel of tunnels) tunnel.close()
    },
  }
}

/** When a request reached the first cyclist's phone, whichever it was. */
function watchForRequests({ tally }: Stage, phone: Phone): void {
  const known = new Set<string>()
  phone.subscribe(({ run }) => {
    if (run.requests.size === known.size) return
    for (const { requestId } of run.requests.values()) {
      if (known.has(requestId)) continue
      known.add(requestId)
      const asked = tally.requests.get(requestId)
      if (asked) asked.seenAtWallMs ??= performance.now()
    }
  })
}

function gpxOf({ title, points, namedPoints }: Course): string {
  const named = namedPoints.map(
    (p) => `<wpt lat="${p.latitudeDeg}" lon="${p.longitudeDeg}"><name>${p.name}</name></wpt>`,
  )
  const line = points.map((p) => `<rtept lat="${p.latitudeDeg}" lon="${p.longitudeDeg}"/>`)
  return `<?xml version="1.0"?><gpx version="1.1" creator="Serik" xmlns="http://www.topografix.com/GPX/1/1">${named.join('')}<rte><name>${title}</name>${line.join('')}</rte></gpx>`
}
