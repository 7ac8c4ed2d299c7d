/** Live fixes as raw messages: the way that most of what a node hears takes. */
import { fixDecoder } from '../../shared/frame/fix-codec.ts'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { Receipt } from '../../shared/protocol/wire.ts'
import type { Member } from '../../shared/run/state.ts'
import { SECOND_MS } from '../../shared/units.ts'
import type { Positions } from '../usecase/positions.ts'
import type { RunRoom } from '../usecase/run-room.ts'
import type { Seat } from '../usecase/seals.ts'
import { rates } from './rates.ts'

/** Takes one raw message after another of one socket; what comes back is a refusal. */
export function liveFixes(room: RunRoom, seat: Seat, positions: Positions, onStored: (receipt: Receipt) => void) {
  const decoder = fixDecoder()
  const mayGo = counted(rates.fixes.points, rates.fixes.perSeconds * SECOND_MS)

  let members: unknown
  let member: Member | undefined

  return (message: Uint8Array): Refusal | undefined => {
    // Whoever loses the seat does so by a fact, and with it the run has another roster.
    const now = room.book().run.members
    if (now !== members) member = room.memberOf(seat)
    members = now
    if (!member) return refuse('not-a-member')
    const retryAfterMs = mayGo(performance.now())
    // Read all the same: the next message stands on this one.
    const fixes = decoder.decode(message)
    if (retryAfterMs > 0) return refuse('too-many', { retryAfterMs })
    if ('field' in fixes) return refuse('malformed', fixes)
    return positions.live(room, member, fixes, onStored)
  }
}

/** The same windows as `limiterOf`, for one asker and without promises: with it a fix costs half as much again. */
function counted(points: number, windowMs: number) {
  let used = 0
  let endsMs = 0
  return (nowMs: number): number => {
    if (nowMs >= endsMs) {
      used = 0
      endsMs = nowMs + windowMs
    }
    return ++used <= points ? 0 : Math.max(100, endsMs - nowMs)
  }
}
