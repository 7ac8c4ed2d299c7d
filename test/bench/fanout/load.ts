/** The load generator: all members of all runs in one process, on a core of its own. */
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { SECOND_MS } from '../../../shared/units.ts'
import type { ServerProcess } from './launch.ts'
import { sendFixes } from './senders.ts'
import { everybody, type Line, type Shape, type Traffic } from './system.ts'
import { systemNamed } from './systems.ts'
import { type Cpu, cpuOf, residentBytesOf, waitedMs } from './usage.ts'
import { type Counted, viewsOf } from './views.ts'

const LOOK_EVERY_MS = 5
const JOINING_AT_ONCE = 50
const nothing: Traffic = { receivedBytes: 0, sentBytes: 0 }
/** What is under way when the window closes has so long to arrive, or to be replaced: everybody moves on. */
const LAST_ARRIVAL_MS = 7 * SECOND_MS

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

/** What one audience was shown. */
export type Shown = Counted & { readonly name: string; readonly people: number; readonly traffic: Traffic }

/** The counts are those of the first audience: where everybody sees everybody there is no other. */
export type Measured = Counted & {
  readonly audiences: readonly Shown[]
  /** What came of what else members did. */
  readonly besides: Readonly<Record<string, number>>
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
  const audiences = system.audiences?.(shape) ?? everybody(shape)
  const views = viewsOf(shape, audiences)
  const residentBytesBefore = residentBytesOf(processes)
  const join = await system.prepare(plan.addresses, shape)
  const joiningFromMs = performance.now()
  const lines = await allJoined(shape, (runNo, memberNo) =>
    join(runNo, memberNo, (ofMemberNo, takenAtMs) => views.seen(runNo, memberNo, ofMemberNo, takenAtMs)),
  )
  const joiningMs = performance.now() - joiningFromMs
  const linesOf = audiences.map(({ has }) => lines.filter((_, person) => has(person % shape.members)))
  const stop = sendFixes(plan.seed, lines, (person, atMs) =>
    views.taken(Math.floor(person / shape.members), person % shape.members, atMs),
  )
  await pause(plan.warmUpMs)

  askForProfile(plan)
  views.openWindow()
  const before = {
    atMs: performance.now(),
    cpu: cpuOf(processes),
    traffic: linesOf.map(sumOf),
    loop: performance.eventLoopUtilization(),
    waitedMs: waitedMs(),
  }
  const [besides = {}] = await Promise.all([system.besides?.(plan.windowMs), pause(plan.windowMs)])
  const loop = performance.eventLoopUtilization(before.loop)
  const windowS = (performance.now() - before.atMs) / SECOND_MS
  const generatorWaited = (waitedMs() - before.waitedMs) / (windowS * SECOND_MS)
  const cpu = cpuOf(processes)
  const traffic = linesOf.map((some, at) => less(sumOf(some), before.traffic[at]))
  const residentBytes = residentBytesOf(processes)
  askForProfile(plan)
  views.closeWindow()

  const untilMs = performance.now() + LAST_ARRIVAL_MS
  while (!views.isComplete() && performance.now() < untilMs) await pause(LOOK_EVERY_MS)
  stop()
  for (const line of lines) line.close()
  const counted = views.counted()
  return {
    ...(counted[0] as Counted),
    audiences: counted.map((one, at) => ({
      ...one,
      name: audiences[at]?.name ?? '',
      people: linesOf[at]?.length ?? 0,
      traffic: traffic[at] as Traffic,
    })),
    besides,
    windowS,
    cpu: processes.map(({ name }, index) => ({
      name,
      userS: (cpu[index]?.userS ?? 0) - (before.cpu[index]?.userS ?? 0),
      systemS: (cpu[index]?.systemS ?? 0) - (before.cpu[index]?.systemS ?? 0),
    })),
    traffic: sum(traffic),
    residentBytesBefore,
    residentBytes,
    generatorBusy: loop.utilization,
    generatorWaited,
    joiningMs,
  }
}

/** Begins it, and ends it the next time. */
export function askForProfile({ processes, profileFolder }: Plan): void {
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

const sumOf = (lines: readonly Line[]): Traffic => sum(lines.map(({ traffic }) => traffic))

const sum = (traffics: readonly Traffic[]): Traffic =>
  traffics.reduce<Traffic>(
    (all, { receivedBytes, sentBytes }) => ({
      receivedBytes: all.receivedBytes + receivedBytes,
      sentBytes: all.sentBytes + sentBytes,
    }),
    nothing,
  )

const less = (now: Traffic, before: Traffic = nothing): Traffic => ({
  receivedBytes: now.receivedBytes - before.receivedBytes,
  sentBytes: now.sentBytes - before.sentBytes,
})
