/** Brings a run's people together over the real doors: a leader plans, everybody joins with a phone. */
import { routeLine } from '../../shared/geo/route.ts'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { Planned } from '../../shared/protocol/http.ts'
import { join, planRun } from '../net/http-calls.ts'
import { newSecretKey } from '../net/new-id.ts'
import { openPhone } from '../net/open-phone.ts'
import type { Phone } from '../net/phone.ts'
import { memoryPhoneStorage } from '../net/phone-storage.ts'
import type { Course } from './courses/course.ts'
import { simulatedCyclist } from './cyclist.ts'
import { amongHouses, openSky } from './gps-noise.ts'
import { type SimulatedLeader, simulatedLeader } from './leader.ts'
import { clubTemper, type Stage, type Temper } from './person.ts'
import type { Random } from './random.ts'
import { type Fate, simulatedRunner } from './runner.ts'
import { runnerPlan } from './runner-motion.ts'
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
const GUEST_SHARE: Record<string, number> = { river: 0.8, 'park-laps': 0.5 }

export type Cast = {
  readonly stage: Stage
  /** Of the first runner and the first cyclist: another screen may look from the same seat. */
  readonly seats: { readonly runner: string; readonly cyclist: string }
  readonly planned: Planned
  readonly leaderPhone: Phone
  readonly leader: SimulatedLeader
  readonly tunnels: readonly Tunnel[]
  /** Everybody's network is up again: nothing stays behind on a phone in a dead zone. */
  heal(): void
  close(): Promise<void>
}

export type Casting = {
  readonly url: string
  readonly course: Course
  readonly runnerCount: number
  readonly cyclistCount: number
  readonly random: Random
  readonly temper?: Temper
}

/** @throws Error when the server refuses to plan or to seat somebody. */
export async function castRun({
  url,
  course,
  runnerCount,
  cyclistCount,
  random,
  temper = clubTemper,
}: Casting): Promise<Cast> {
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
  const stage: Stage = {
    line: routeLine(course.points),
    people: new Map(),
    tally: newTally(),
    taps: course.namedPoints.length > 0 ? course.namedPoints : course.points.slice(0, 1),
    temper,
  }
  const phones: Phone[] = []
  const seats = { runner: '', cyclist: '' }
  const startOfM = (i: number) => (temper.isSpread ? (stage.line.lengthM * (i + 0.3)) / (runnerCount * 2) : 0)
  const tunnels: Tunnel[] = []

  const phoneFor = (at: string, seat: string): Phone => {
    const phone = openPhone({ urls: [at], seat, storage: memoryPhoneStorage() })
    phones.push(phone)
    return phone
  }
  const seatFor = async (invite: string, name: string) =>
    granted(await join(url, { joinKey: newSecretKey(), invite, name, phone: null, startNumber: null }))
  const nameOf = (i: number, offset: number) =>
    `${NAMES[(i + offset) % NAMES.length]}${i >= NAMES.length ? ` ${Math.floor(i / NAMES.length) + 1}` : ''}`

  for (let i = 0; i < runnerCount; i++) {
    const own = random.fork(`runner ${i}`)
    const fate = fateOf(course.name, own.fork('fate'))
    const tunnel = fate.deadZones.length > 0 ? await openTunnel(url) : undefined
    if (tunnel) tunnels.push(tunnel)
    const { memberId, seat } = await seatFor(planned.invites.runner, nameOf(i, 0))
    const phone = phoneFor(tunnel?.url ?? url, seat)
    seats.runner ||= seat
    const plan = runnerPlan(own.fork('plan'), { paceMps: course.typicalPaceMps, lengthM: stage.line.lengthM })
    const reception = course.name === 'city' ? amongHouses : openSky
    const thirstyAtS = temper.isSpread ? 1 + 5 * i : undefined
    const setNetwork = (isUp: boolean) => tunnel?.setUp(isUp)
    stage.people.set(
      memberId,
      simulatedRunner(own, stage, {
        memberId,
        phone,
        plan,
        startM: startOfM(i),
        thirstyAtS,
        reception,
        fate,
        setNetwork,
      }),
    )
  }
  for (let i = 0; i < cyclistCount; i++) {
    const { memberId, seat } = await seatFor(planned.invites.cyclist, nameOf(i, 5))
    const share = (i + 0.5) / cyclistCount
    const phone = phoneFor(url, seat)
    seats.cyclist ||= seat
    const startM = Math.max(0, startOfM(i) - BEHIND_M)
    stage.people.set(memberId, simulatedCyclist(random.fork(`cyclist ${i}`), stage, { memberId, phone, share, startM }))
    watchForRequests(stage, phone)
  }

  const leaderPhone = phoneFor(url, planned.seat)
  const sharers = [...stage.people.values()].map(({ phone }) => phone)
  await Promise.all(phones.map(whenCaughtUp))
  await Promise.all(sharers.map((phone) => phone.send({ type: 'start-sharing', sinceMs: phone.nowMs() }).then(granted)))
  const leader = simulatedLeader(stage, {
    memberId: planned.memberId,
    phone: leaderPhone,
    guestCount: Math.round(runnerCount * (GUEST_SHARE[course.name] ?? 0)),
    isEveryoneHere: () => leaderPhone.view().run.members.size > stage.people.size,
  })
  return {
    stage,
    seats,
    planned,
    leaderPhone,
    leader,
    tunnels,
    heal: () => {
      for (const tunnel of tunnels) tunnel.setUp(true)
    },
    async close() {
      await Promise.all(phones.map((phone) => phone.close()))
      for (const tunnel of tunnels) tunnel.close()
    },
  }
}

export function granted<T extends { readonly ok: true }>(answer: T | Refusal): T {
  if (answer.ok) return answer
  throw new Error(`the server refused: ${answer.code} ${answer.field ?? ''} ${answer.detail ?? ''}`.trim())
}

export function whenCaughtUp(phone: Phone): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = phone.subscribe(look)
    look(phone.view())
    function look({ isCaughtUp, link }: { isCaughtUp: boolean; link: string }): void {
      if (link === 'gone' || link === 'outdated') reject(new Error(refuse('not-a-member').code))
      else if (isCaughtUp) resolve()
      else return
      setTimeout(() => stop(), 0)
    }
  })
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

/** Frost empties batteries and most of the lake has no network; elsewhere a tunnel now and then. */
function fateOf(scenario: string, random: Random): Fate {
  const isIce = scenario === 'ice'
  const deadZones: [number, number][] = []
  const zoneCount = isIce ? 3 : random.next() < 0.15 ? 1 : 0
  for (let i = 0; i < zoneCount; i++) {
    const from = random.between(300, 4_500)
    deadZones.push([from, from + (isIce ? random.between(90, 600) : random.between(20, 90))])
  }
  return { deadZones, phoneDiesS: isIce && random.next() < 0.15 ? random.between(900, 4_000) : null }
}

function gpxOf({ title, points, namedPoints }: Course): string {
  const named = namedPoints.map(
    (p) => `<wpt lat="${p.latitudeDeg}" lon="${p.longitudeDeg}"><name>${p.name}</name></wpt>`,
  )
  const line = points.map((p) => `<rtept lat="${p.latitudeDeg}" lon="${p.longitudeDeg}"/>`)
  return `<?xml version="1.0"?><gpx version="1.1" creator="Serik" xmlns="http://www.topografix.com/GPX/1/1">${named.join('')}<rte><name>${title}</name>${line.join('')}</rte></gpx>`
}
