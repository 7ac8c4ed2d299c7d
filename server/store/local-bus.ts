/** A bus between several nodes of one process: for tests and the simulation, and as a model of what a bus promises. */
import type { Bus } from './bus.ts'
import { runListeners } from './run-listeners.ts'
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
  const nodes = new Set<ReturnType<typeof runListeners>>()
  let isShut = false

  const join = (): Bus => {
    const own = runListeners()
    nodes.add(own)
    return {
      isAlone: false,
      tell(runId, message) {
        if (isShut || !nodes.has(own)) return
        for (const node of nodes)
          if (node !== own)
            later(() => {
              if (!isShut) node.tell(runId, message)
            })
      },
      async listen(runId, listener) {
        if (isShut || !nodes.has(own)) throw new StoreAway('the bus is shut')
        return own.add(runId, listener)
      },
      async close() {
        nodes.delete(own)
        own.clear()
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
      for (const node of nodes) for (const runId of node.runIds()) later(() => node.doubt(runId))
    },
  }
}
