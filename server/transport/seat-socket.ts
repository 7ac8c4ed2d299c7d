import type { Socket } from 'socket.io'
import type { Seat } from '../usecase/seals.ts'
import type { SeatLink } from '../usecase/seat-link.ts'
import type { Tally } from '../usecase/tally.ts'
import { heldBytesOf, type RawLane } from './raw-lane.ts'

/**
 * Bytes that may wait for one reader before anything is added, the largest page of a catch-up included below 1 MB. Beyond it the
 * phone is let go and comes back by version.
 */
const HELD_BYTES_MAX = 768 * 1024

/** Whether the socket still reads. One that does not is let go. */
export function keepsUp(socket: Socket, tally: Tally): boolean {
  if (heldBytesOf(socket.conn) <= HELD_BYTES_MAX) return true
  tally.readersLetGo++
  socket.disconnect(true)
  return false
}

/** A connected socket as the use cases see it. `onAgain`: what waits to be told may not be true any more. */
export function seatSocket(
  socket: Socket,
  { memberId, seatNo }: Seat,
  tally: Tally,
  raw?: RawLane,
  onAgain: () => void = () => undefined,
): SeatLink {
  const tell = (event: string, body: unknown): void => {
    if (keepsUp(socket, tally)) socket.emit(event, body)
  }
  return {
    memberId,
    seatNo,
    frames: raw ? 'binary' : 'json',
    isLooking: true,
    everyMs: undefined,
    toldVersion: null,
    checkedVersion: 0,
    tellFacts: (facts) => tell('facts', facts),
    tellFrame(frame) {
      if (!raw || raw.isBehind()) return false
      raw.send(frame)
      return true
    },
    tellPlaces(places) {
      if (heldBytesOf(socket.conn) > 0) return false
      socket.emit('places', places)
      return true
    },
    tellRhythm: (rhythm) => tell('rhythm', rhythm),
    tellReceipt: (receipt) => tell('receipt', receipt),
    tellRefused: (refused) => tell('refused', refused),
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
