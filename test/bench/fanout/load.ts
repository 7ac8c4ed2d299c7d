/** The load generator: all members of all runs in one process, on a core of its own. */
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { seededRandom } from '../../../client/simulate/random.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import type { ServerProcess } from './launch.ts'
import type { Line, Shape, Traffic } from './system.ts'
import { systemNamed } from './systems.ts'
import { type Cpu, cpuOf, residentBytesOf, waitedMs } from './usage.ts'
import { type Counted, viewsOf } from './views.ts'
import { walker } from './walkers.ts'

const FIX_EVERY_MS = SECOND_MS
const LOOK_EVERY_MS = 5
const JOINING_AT_ONCE = 50
/** What is under way when the window closes has so long to arrive. */
const LAST_ARRIVAL_MS = 3 * SECOND_MS

export type Plan = {
  readonly system: string
  readonly addresses: readonly string[]
  readonly processes: readonly ServerProcess[]
  readonly shape: Shape
  readonly warmUpMs: number
  readonly windowMs: number
  readonly seed: string
  readonly profileFolder?: string
}

export type Measured = Counted & {
  readonly windowS: number
  /** Of each server process within the window. */
  readonly cpu: readonly (Cpu & { readonly name: string })[]
  /** Of everybody within the window. */
  readonly traffic: Traffic
  /** Of all server processes, before runs and members and at the end of the window. */
  readonly residentBytesBefore: number
  readonly residentBytes: number
  /** Share of the window in which the generator's event loop was busy. */
  readonly generatorBusy: number
  /** Share of the window in which the generator waited for its core: what else the machine did. */
  readonly generatorWaited: number
  readonly joiningMs: number
}

export async function underLoad(plan: Plan): Promise<Measured> {
  const { shape, processes } = plan
  const system = await systemNamed(plan.system)
  const views = viewsOf(shape)
  const residentBytesBefore = residentBytesOf(processes)
  const join = await system.prepare(plan.addresses, shape)
  const joiningFromMs = performance.now()
  const lines = await allJoined(shape, (runNo, memberNo) =>
    join(runNo, memberNo, (ofMemberNo, takenAtMs) => views.seen(runNo, memberNo, ofMemberNo, takenAtMs)),
  )
  const joiningMs = performance.now() - joiningFromMs
  const stop = sendEverySecond(plan, lines, views.taken)
  await pause(plan.warmUpMs)

  askForProfile(plan)
  views.openWindow()
  const before = {
    atMs: performance.now(),
    cpu: cpuOf(processes),
    traffic: sumOf(lines),
    loop: performance.eventLoopUtilization(),
    waitedMs: waitedMs(),
  }
  await pause(plan.windowMs)
  const loop = performance.eventLoopUtilization(before.loop)
  const windowS = (performance.now() - before.atMs) / SECOND_MS
  const generatorWaited = (waitedMs() - before.waitedMs) / (windowS * SECOND_MS)
  const cpu = cpuOf(processes)
  const traffic = sumOf(lines)
  const residentBytes = residentBytesOf(processes)
  askForProfile(plan)
  views.closeWindow()
  stop()

  const untilMs = performance.now() + LAST_ARRIVAL_MS
  while (!views.isComplete() && performance.now() < untilMs) await pause(LOOK_EVERY_MS)
  for (const line of lines) line.close()
  return {
    ...views.counted(),
    windowS,
    cpu: processes.map(({ name }, index) => ({
      name,
      userS: (cpu[index]?.userS ?? 0) - (before.cpu[index]?.userS ?? 0),
      systemS: (cpu[index]?.systemS ?? 0) - (before.cpu[index]?.systemS ?? 0),
    })),
    traffic: {
      receivedBytes: traffic.receivedBytes - before.traffic.receivedBytes,
      sentBytes: traffic.sentBytes - before.traffic.sentBytes,
    },
    residentBytesBefore,
    residentBytes,
    generatorBusy: loop.utilization,
    generatorWaited,
    joiningMs,
  }
}

function askForProfile({ processes, profileFolder }: Plan): void {
  if (profileFolder) for (const { name, pid } of processes) if (name === 'node') process.kill(pid, 'SIGUSR2')
}

async function allJoined(
  { runs, members }: Shape,
  join: (runNo: number, memberNo: number) => Promise<Line>,
): Promise<Line[]> {
  const lines: Line[] = []
  let next = 0
  const one = async () => {
    for (let person = next++; person < runs * members; person = next++)
      lines[person] = await join(Math.floor(person / members), person % members)
  }
  await Promise.all(Array.from({ length: JOINING_AT_ONCE }, one))
  return lines
}

/** Everybody has a moment of its own within the second, and keeps to it. */
function sendEverySecond(
  { seed, shape: { members } }: Plan,
  lines: readonly Line[],
  onTaken: (runNo: number, memberNo: number, atMs: number) => void,
): () => void {
  const random = seededRandom(seed)
  const people = lines
    .map((line, person) => ({
      line,
      person,
      walker: walker(`${seed}/${person}`),
      phaseMs: random.between(0, FIX_EVERY_MS),
    }))
    .sort((a, b) => a.phaseMs - b.phaseMs)
  const startMs = Date.now()
  let due = 0
  const timer = setInterval(() => {
    for (;;) {
      const one = people[due % people.length] as (typeof people)[number]
      const dueAtMs = startMs + Math.floor(due / people.length) * FIX_EVERY_MS + one.phaseMs
      const nowMs = Date.now()
      if (dueAtMs > nowMs) return
      due++
      onTaken(Math.floor(one.person / members), one.person % members, nowMs)
      one.line.send(one.walker.fixAt(nowMs))
    }
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

const sumOf = (lines: readonly Line[]): Traffic =>
  lines.reduce(
    (sum, { traffic }) => ({
      receivedBytes: sum.receivedBytes + traffic.receivedBytes,
      sentBytes: sum.sentBytes + traffic.sentBytes,
    }),
    { receivedBytes: 0, sentBytes: 0 },
  )
