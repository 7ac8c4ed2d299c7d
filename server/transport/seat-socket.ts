import type { Socket } from 'socket.io'
import type { Greeting } from '../../shared/protocol/wire.ts'
import type { Seat } from '../usecase/seals.ts'
import type { SeatLink } from '../usecase/seat-link.ts'

/** Packets waiting for one reader; beyond it the phone is let go and comes back by version. */
const UNSENT_PACKETS_MAX = 500

/** Older clients do not know the layout of our frames, and read places as JSON. */
const FRAMES_SINCE_WIRE = 3

/** A connected socket as the use cases see it. `onAgain`: what waits to be told may not be true any more. */
export function seatSocket(
  socket: Socket,
  { memberId, seatNo }: Seat,
  { frames, wire }: Greeting,
  onAgain: () => void = () => undefined,
): SeatLink {
  const tell = (event: string, body: unknown): void => {
    const { writeBuffer } = socket.conn as unknown as { writeBuffer?: unknown[] }
    if ((writeBuffer?.length ?? 0) > UNSENT_PACKETS_MAX) socket.disconnect(true)
    else socket.emit(event, body)
  }
  return {
    memberId,
    seatNo,
    frames: wire < FRAMES_SINCE_WIRE ? 'json' : frames,
    isLooking: true,
    toldVersion: null,
    checkedVersion: 0,
    tellFacts: (facts) => tell('facts', facts),
    tellFrame: (frame) => void socket.volatile.emit('frame', frame),
    tellPlaces: (places) => void socket.volatile.emit('places', places),
    tellReceipt: (receipt) => tell('receipt', receipt),
    tellCounts: (counts) => tell('counts', counts),
    tellAgain() {
      onAgain()
      tell('again', {})
    },
    letGo: () => void socket.disconnect(true),
    tellGone(gone) {
      socket.emit('gone', gone)
      socket.disconnect()
    },
  }
}
