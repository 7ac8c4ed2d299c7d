/** One measurement: a fresh server side on one core, everybody on the other, and the end of both. */
import { setTimeout as pause } from 'node:timers/promises'
import { builtFile } from './built.ts'
import { ended, firstMessage, launchOf, spawnPinned } from './launch.ts'
import type { Measured, Plan } from './load.ts'
import type { Shape } from './system.ts'
import { systemNamed } from './systems.ts'

const SERVER_CORE = 0
const LOAD_CORE = 1
const JOINING_WITHIN_MS = 300_000
/** Connections of the measurement before are closed by then, and the core is idle again. */
const REST_MS = 500

export type Load = {
  readonly shape: Shape
  readonly warmUpMs: number
  readonly windowMs: number
  readonly seed: string
  /** Each Node process of the server side leaves a profile of the window there. */
  readonly profileFolder?: string
}

export const measure = (name: string, load: Load): Promise<Measured> => measuredBy('load-process', name, load)

/** @param generator the process that makes the load. @throws Error when a process ends early, or members cannot join. */
export async function measuredBy<Result>(generator: string, name: string, load: Load): Promise<Result> {
  const system = await systemNamed(name)
  const { launch, processes, close } = launchOf(name, SERVER_CORE, load.profileFolder)
  try {
    const plan: Plan = { ...load, system: name, addresses: await system.start(launch, load.shape), processes }
    const child = spawnPinned(LOAD_CORE, process.execPath, [builtFile(generator), JSON.stringify(plan)], 'ipc')
    try {
      return await firstMessage(child, `load on ${name}`, JOINING_WITHIN_MS + load.warmUpMs + load.windowMs)
    } finally {
      await ended(child)
    }
  } finally {
    await close()
    await pause(REST_MS)
  }
}
