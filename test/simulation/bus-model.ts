/** What nodes call out to each other: soon or never, once or twice, in any order. */
import type { Random } from '../../client/simulate/random.ts'
import type { Bus, BusListener } from '../../server/store/bus.ts'
import { StoreAway } from '../../server/store/store.ts'
import type { RunId } from '../../shared/units.ts'
import type { Actor, VirtualTime } from './virtual-time.ts'

/** A fault sets these, and sets them back. Chances are 0 to 1. */
export type BusWeather = {
  loses: number
  doubles: number
  /** At most so late; otherwise a few ms. */
  latestMs: number
}

export type BusModel = {
  readonly weather: BusWeather
  busFor(node: string, actor: Actor): Bus
  /** Nothing gets through to or from these nodes, and a listener is told of the doubt when it does again. */
  shut(nodes: readonly string[]): void
  openAgain(): void
}

const WAY_MS = 3

type Listening = { readonly node: string; readonly actor: Actor; readonly runId: RunId; readonly listener: BusListener }

export function busModel(time: VirtualTime, random: Random): BusModel {
  const listening = new Set<Listening>()
  const shutFor = new Set<string>()
  const weather: BusWeather = { loses: 0, doubles: 0, latestMs: WAY_MS }

  function deliver(to: Listening, message: Uint8Array): void {
    const copy = message.slice()
    time.after(random.next() * weather.latestMs, to.actor, () => {
      if (listening.has(to) && !shutFor.has(to.node)) to.listener.onMessage(copy)
    })
  }

  return {
    weather,
    busFor: (node, actor) => ({
      isAlone: false,
      tell(runId, message) {
        if (shutFor.has(node)) return
        for (const to of listening) {
          if (to.runId !== runId || to.node === node || random.next() < weather.loses) continue
          deliver(to, message)
          if (random.next() < weather.doubles) deliver(to, message)
        }
      },
      listen: (runId, listener) =>
        new Promise((resolve, reject) => {
          const mine: Listening = { node, actor, runId, listener }
          listening.add(mine)
          time.after(random.next() * WAY_MS, actor, () => {
            if (!shutFor.has(node)) return resolve(() => void listening.delete(mine))
            listening.delete(mine)
            reject(new StoreAway('the bus is shut'))
          })
        }),
      async close() {
        for (const each of listening) if (each.node === node) listening.delete(each)
      },
    }),
    shut(nodes) {
      for (const node of nodes) shutFor.add(node)
    },
    openAgain() {
      for (const to of listening)
        if (shutFor.has(to.node)) time.after(random.next() * WAY_MS, to.actor, () => to.listener.onDoubt())
      shutFor.clear()
    },
  }
}
