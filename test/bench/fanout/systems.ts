/** Every system by its name, read only when it is measured. A new one is a file and a row. */
import type { System } from './system.ts'

const own = {
  floor: async () => (await import('./systems/floor.ts')).floor,
  'serik-frames': async () => (await import('./systems/serik.ts')).serikFrames,
  'serik-seat': async () => (await import('./systems/serik.ts')).serikSeat,
  'serik-store': async () => (await import('./systems/serik.ts')).serikStore,
  'serik-all': async () => (await import('./systems/serik.ts')).serikAll,
  'serik-two-nodes': async () => (await import('./systems/serik.ts')).serikTwoNodes,
} as const satisfies Record<string, () => Promise<System>>

/** What people would use instead, asked for by `--peers`. */
const peers = {
  naive: async () => (await import('./systems/naive.ts')).naive,
  adapter: async () => (await import('./systems/adapter.ts')).adapter,
  mosquitto: async () => (await import('./systems/mosquitto.ts')).mosquitto,
  'mosquitto-coalesced': async () => (await import('./systems/mosquitto-coalesced.ts')).mosquittoCoalesced,
  colyseus: async () => (await import('./systems/colyseus.ts')).colyseus,
} as const satisfies Record<string, () => Promise<System>>

/** All duties on, and people who do something special. Each has a bench of its own. */
const special = {
  'serik-late': async () => (await import('./systems/serik-late.ts')).serikLate,
  'serik-one-run': async () => (await import('./systems/serik-one-run.ts')).serikOneRun,
  'serik-water': async () => (await import('./systems/serik-water.ts')).serikWater,
} as const satisfies Record<string, () => Promise<System>>

const systems: Readonly<Record<string, () => Promise<System>>> = { ...own, ...peers, ...special }
export const ownNames = Object.keys(own)
export const peerNames = Object.keys(peers)

/** @throws RangeError with the names there are. */
export async function systemNamed(name: string): Promise<System> {
  const found = Object.hasOwn(systems, name) ? systems[name] : undefined
  if (!found) throw new RangeError(`no system "${name}"; there are ${Object.keys(systems).join(', ')}`)
  return found()
}
