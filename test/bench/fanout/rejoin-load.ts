/** All members of all runs after a dead zone: each knows its run up to some version, and has 200 events to catch up. */
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '../../../client/net/new-id.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import { askForProfile, type Plan } from './load.ts'
import { caughtUp, type Stand, seated, wish } from './serik-phone.ts'
import { routeFile, seatsIn } from './serik-seats.ts'
import type { Shape } from './system.ts'
import { type Cpu, cpuOf } from './usage.ts'

const MESSAGES = 50
/** Of each of three runners, there and back. */
const PAUSES = 25
const RUNNERS_WHO_PAUSE = [1, 2, 3]
const EVENTS = MESSAGES + RUNNERS_WHO_PAUSE.length * PAUSES * 2
const RUNS_AT_ONCE = 16
const REST_MS = 2 * SECOND_MS
const NOTHING: Stand = { fromVersion: 0, mac: '' }

type Times = { readonly p50: number; readonly p99: number; readonly last: number }

export type Rejoined = {
  /** Of each member, from when all began to when it was let in, and to when it had all that it may see. */
  readonly welcomedMs: Times
  readonly syncedMs: Times
  readonly events: number
  /** By who had to be told all anew because that is shorter. */
  readonly snapshots: number
  readonly receivedBytes: number
  readonly cpu: readonly Cpu[]
  readonly generatorBusy: number
}

/** Members who are not back where the run is are an error. */
export async function rejoin(plan: Plan): Promise<Rejoined> {
  const { addresses, shape, processes } = plan
  const [address = ''] = addresses
  const seats = await seatsIn([address], shape, { routeFile: routeFile() })
  const stands: Stand[] = []
  await allRuns(shape, async (runNo) => {
    stands[runNo] = await liveThrough(address, seats[runNo] ?? [])
  })
  await pause(REST_MS)

  const people = seats.flatMap((ofRun, runNo) => ofRun.map((seat) => ({ seat, stand: stands[runNo] as Stand })))
  const welcomed: number[] = []
  const synced: number[] = []
  let snapshots = 0
  askForProfile(plan)
  const before = { cpu: cpuOf(processes), loop: performance.eventLoopUtilization(), atMs: performance.now() }
  const phones = await Promise.all(
    people.map(async ({ seat, stand }) => {
      const phone = await seated(address, seat, {})
      welcomed.push(performance.now() - before.atMs)
      const back = await caughtUp(phone.line, stand)
      synced.push(performance.now() - before.atMs)
      if (back.stand.fromVersion !== stand.fromVersion + EVENTS) throw new Error(`back at ${back.stand.fromVersion}`)
      if (back.answers[0]?.is === 'snapshot') snapshots++
      return phone
    }),
  )
  const cpu = cpuOf(processes)
  const loop = performance.eventLoopUtilization(before.loop)
  askForProfile(plan)
  for (const { line } of phones) line.close()
  return {
    welcomedMs: timesOf(welcomed),
    syncedMs: timesOf(synced),
    events: EVENTS,
    snapshots,
    receivedBytes: phones.reduce((sum, { line }) => sum + line.traffic.receivedBytes, 0),
    cpu: cpu.map(({ userS, systemS }, at) => ({
      userS: userS - (before.cpu[at]?.userS ?? 0),
      systemS: systemS - (before.cpu[at]?.systemS ?? 0),
    })),
    generatorBusy: loop.utilization,
  }
}

async function allRuns({ runs }: Shape, work: (runNo: number) => Promise<void>): Promise<void> {
  let next = 0
  const one = async () => {
    for (let runNo = next++; runNo < runs; runNo = next++) await work(runNo)
  }
  await Promise.all(Array.from({ length: RUNS_AT_ONCE }, one))
}

/** Everybody shares, and goes; where the run was then, while those who stay for it make the events. */
async function liveThrough(address: string, seats: readonly string[]): Promise<Stand> {
  const phones = await Promise.all(seats.map((seat) => seated(address, seat, {})))
  await Promise.all(phones.map(({ line, welcome }) => wish(line, { type: 'start-sharing', sinceMs: welcome.nowMs })))
  const lines = phones.map(({ line }) => line)
  const [leader] = lines
  if (!leader) throw new RangeError('a run without members')
  await wish(leader, { type: 'start-run' })
  const { stand } = await caughtUp(leader, NOTHING)
  const talk = async () => {
    for (let no = 1; no <= MESSAGES; no++) {
      const text = `Water in ${no} km, on the left behind the bridge.`
      await wish(leader, { type: 'send-message', messageId: newId('msg'), text, groupId: null })
    }
  }
  const comeAndGo = async (memberNo: number) => {
    const phone = phones[memberNo]
    for (let no = 1; phone && no <= PAUSES; no++) {
      await wish(phone.line, { type: 'pause', reason: 'toilet' })
      await wish(phone.line, { type: 'return', memberId: phone.welcome.memberId })
    }
  }
  await Promise.all([talk(), ...RUNNERS_WHO_PAUSE.map(comeAndGo)])
  for (const { close } of lines) close()
  return stand
}

function timesOf(timesMs: readonly number[]): Times {
  const sorted = timesMs.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99), last: at(1) }
}
