/** A bus between several nodes of one process: for tests and the simulation, and as a model of what a bus promises. */
import type { RunId } from '../../shared/units.ts'
import type { Bus, BusListener } from './bus.ts'
import { StoreAway } from './store.ts'

export type LocalBus = {
  /** One more node. */
  join(): Bus
  /** From now on nothing comes through, until `open`. */
  shut(): void
  open(): void
}

/** @param later when a message arrives: by default right after what is under way now. */
export function openLocalBus(later: (arrive: () => void) => void = queueMicrotask): LocalBus {
  type Node = Map<RunId, Set<BusListener>>
  const nodes = new Set<Node>()
  let isShut = false

  const join = (): Bus => {
    const node: Node = new Map()
    nodes.add(node)
    return {
      tell(runId, message) {
        if (isShut || !nodes.has(node)) return
        for (const other of nodes)
          if (other !== node)
            later(() => {
              for (const { onMessage } of isShut ? [] : (other.get(runId) ?? [])) onMessage(message)
            })
      },
      async listen(runId, listener) {
        if (isShut || !nodes.has(node)) throw new StoreAway('the bus is shut')
        const listeners = node.get(runId) ?? new Set()
        node.set(runId, listeners.add(listener))
        return () => void listeners.delete(listener)
      },
      async close() {
        nodes.delete(node)
        node.clear()
      },
    }
  }

  return {
    join,
    shut() {
      isShut = true
    },
    open() {
      if (!isShut) return
      isShut = false
      for (const node of nodes)
        for (const listeners of node.values())
          for (const { onDoubt } of listeners)
            later(() => {
              if (!isShut) onDoubt()
            })
    },
  }
}
