/** Where everybody is, as one connection tells it: raw frames, or JSON. */
import type { Places } from '../../shared/protocol/wire.ts'
import type { HeldPlaces } from '../state/held-places.ts'
import type { WireSocket } from './connection.ts'
import type { ServerClock } from './server-clock.ts'

const ASK_AGAIN_MS = 1_000

/** @param onNews is called after each message that changed what is held. */
export function hearPlaces(socket: WireSocket, places: HeldPlaces, clock: ServerClock, onNews: () => void): void {
  let keyAskedAtMs = Number.NEGATIVE_INFINITY
  places.startOver()
  socket.on('raw', (bytes: Uint8Array) => {
    const madeAtMs = places.frame(bytes)
    if (madeAtMs !== undefined) {
      clock.hear(madeAtMs)
      onNews()
    } else if (performance.now() - keyAskedAtMs > ASK_AGAIN_MS) {
      keyAskedAtMs = performance.now()
      socket.emit('key-frame', {})
    }
  })
  socket.on('places', (json: Places) => {
    places.json(json)
    onNews()
  })
}
