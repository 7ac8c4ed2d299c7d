/** Who comes in: the first look at a socket's greeting. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { OLDEST_ACCEPTED_WIRE_VERSION } from '../../shared/protocol/version.ts'
import { type Greeting, greetingSchema } from '../../shared/protocol/wire.ts'
import { awayRefusal, isCutOff } from '../usecase/away.ts'
import type { House } from '../usecase/house.ts'
import type { Rooms } from '../usecase/rooms.ts'
import type { RunRoom } from '../usecase/run-room.ts'
import type { Seat } from '../usecase/seals.ts'
import { malformed } from './attempt.ts'

/** `lobby`: the seat is good, and the store does not have its run. `forgotten`: it was deleted at its time. */
export type Welcomed = { readonly seat: Seat; readonly greeting: Greeting } & (
  | { readonly to: 'run'; readonly room: RunRoom }
  | { readonly to: 'lobby' | 'forgotten' }
)

/** @throws StoreAway when the store is. */
export async function greet(house: House, rooms: Rooms, auth: unknown): Promise<Welcomed | Refusal> {
  // Before anything else: an old app may greet in a shape this server does not know any more.
  if (wireOf(auth) < OLDEST_ACCEPTED_WIRE_VERSION) return refuse('protocol-too-old', { field: 'auth.wire' })
  const greeting = greetingSchema.safeParse(auth)
  if (!greeting.success) return malformed(greeting.error, 'auth')
  const seat = house.seals.openSeat(greeting.data.seat)
  if (!seat) return refuse('not-a-member')
  const { runId, memberId, seatNo } = seat
  if (isCutOff(house, runId)) return awayRefusal()
  const room = await rooms.room(runId)
  if (room?.memberOf(seat)) return { to: 'run', seat, room, greeting: greeting.data }
  if (house.outList.isOut(runId, memberId, seatNo)) return refuse('not-a-member')
  if (room) {
    // Only this house makes seats: one that the journal has not heard of yet is a sign that facts are missing.
    if (seatNo <= (room.book().run.members.get(memberId)?.seatNo ?? 0)) return refuse('not-a-member')
    await room.doubt()
    return room.memberOf(seat) ? { to: 'run', seat, room, greeting: greeting.data } : awayRefusal()
  }
  return { to: house.outList.isForgotten(runId) ? 'forgotten' : 'lobby', seat, greeting: greeting.data }
}

/** What is no number is not old but malformed. */
function wireOf(auth: unknown): number {
  const wire = typeof auth === 'object' && auth !== null && 'wire' in auth ? auth.wire : undefined
  return typeof wire === 'number' ? wire : Number.POSITIVE_INFINITY
}
