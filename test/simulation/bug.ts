import type { Dial, WireSocket } from '../../client/net/connection.ts'
import type { PhoneStorage } from '../../client/net/phone-storage.ts'
import type { SerikNode } from '../../server/node.ts'
import type { Bus } from '../../server/store/bus.ts'
import type { Store } from '../../server/store/store.ts'

/** What a bug may stand on: things of one world, the same for all that it wraps. */
export type Seam = {
  /** The store behind all nodes, outside of time. */
  readonly truth: () => Store
  /** Kept from one call to the next, by a name of the bug's own. */
  readonly kept: Map<string, unknown>
}

/** What a planted bug puts around a part of the product, where the product meets the world. */
export type Bug = {
  /** Once for each node, over its restarts. */
  readonly store?: (store: Store, seam: Seam) => Store
  readonly bus?: (bus: Bus, seam: Seam) => Bus
  readonly node?: (node: SerikNode) => void
  /** A phone's way to the nodes, in each of its lives. `phone` names it. */
  readonly dial?: (dial: Dial, seam: Seam, phone: string) => Dial
  readonly storage?: (storage: PhoneStorage, seam: Seam, phone: string) => PhoneStorage
}

type Ask = (event: string, body: unknown) => Promise<unknown>

/** A dial whose sockets ask, send or hear otherwise. */
export function withSocket(
  dial: Dial,
  otherwise: {
    readonly ask?: (ask: Ask, event: string, body: unknown) => Promise<unknown>
    readonly emit?: (emit: (event: string, body: unknown) => unknown, event: string, body: unknown) => unknown
    /** What is told to the phone's listener of an event. */
    readonly hear?: (event: string, body: unknown, tell: (body: unknown) => void) => void
  },
): Dial {
  return (url, greeting) => {
    const socket = dial(url, greeting)
    const { ask, emit, hear } = otherwise
    const wrapped: WireSocket = {
      get connected() {
        return socket.connected
      },
      removeAllListeners: () => socket.removeAllListeners(),
      close: () => socket.close(),
      emit: (event, body) => (emit ? emit((e, b) => socket.emit(e, b), event, body) : socket.emit(event, body)),
      on(event, listener) {
        const tell = listener as (body: unknown) => void
        return socket.on(event, (body: never) => (hear ? hear(event, body, tell) : tell(body)))
      },
      timeout(ms) {
        const plain: Ask = (event, body) => socket.timeout(ms).emitWithAck(event, body)
        return { emitWithAck: (event, body) => (ask ? ask(plain, event, body) : plain(event, body)) }
      },
    }
    return wrapped
  }
}
