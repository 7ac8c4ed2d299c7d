/**
 * The socket door: who is there, is the message well formed, whom to ask, what to answer. No rule of a
 * run is decided here.
 */
import type { Server, Socket } from 'socket.io'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { OLDEST_ACCEPTED_WIRE_VERSION, WIRE_VERSION } from '../../shared/protocol/version.ts'
import {
  type Accepted,
  type CatchUp,
  catchUpSchema,
  type Fixes,
  fixesSchema,
  type Greeting,
  greetingSchema,
  lookSchema,
  type Receipt,
  upSchemas,
} from '../../shared/protocol/wire.ts'
import { type SentCommand, sentCommandSchema } from '../../shared/run/commands.ts'
import { SECOND_MS } from '../../shared/units.ts'
import type { House } from '../usecase/house.ts'
import type { Obeyed } from '../usecase/obey.ts'
import type { Positions } from '../usecase/positions.ts'
import type { Rooms } from '../usecase/rooms.ts'
import type { RunRoom } from '../usecase/run-room.ts'
import type { Seat } from '../usecase/seals.ts'
import type { SeatLink } from '../usecase/seat-link.ts'
import { attempt, malformed } from './attempt.ts'
import { type Limiter, limiterOf, rates } from './rates.ts'

/** A receipt of single fixes goes out at most this often, per seat. */
const RECEIPT_EVERY_MS = 10 * SECOND_MS
/** Packets waiting for one reader; beyond it the phone is let go and comes back by version. */
const UNSENT_PACKETS_MAX = 500

type Parser<T> = { safeParse(body: unknown): { success: true; data: T } | { success: false; error: never } }

export function openSocketDoor(io: Server, house: House, rooms: Rooms, positions: Positions): void {
  const limiters = Object.fromEntries(Object.entries(rates).map(([event, rate]) => [event, limiterOf(rate)])) as Record<
    keyof typeof rates,
    Limiter
  >
  const report = (where: string) => (fault: unknown) => house.onFault(fault, where)

  io.use(async (socket, next) => {
    const said = await attempt(() => greet(socket.handshake.auth), report('greeting'))
    if ('code' in said) return next(Object.assign(new Error(said.code), { data: said }))
    socket.data = said
    next()
  })

  async function greet(auth: unknown): Promise<Welcomed | Refusal> {
    // Before anything else: an old app may greet in a shape this server does not know any more.
    if (wireOf(auth) < OLDEST_ACCEPTED_WIRE_VERSION) return refuse('protocol-too-old', { field: 'auth.wire' })
    const greeting = greetingSchema.safeParse(auth)
    if (!greeting.success) return malformed(greeting.error, 'auth')
    const seat = house.seals.openSeat(greeting.data.seat)
    const room = seat && (await rooms.room(seat.runId))
    if (!seat || !room?.memberOf(seat)) return refuse('not-a-member')
    return { seat, room, greeting: greeting.data }
  }

  io.on('connection', (socket: Socket) => {
    const { seat, room, greeting } = socket.data as Welcomed
    const link = linkTo(socket, seat, greeting)
    const who = `${seat.memberId}/${seat.seatNo}`
    let receiptDueMs = 0
    let receiptTimer: NodeJS.Timeout | undefined
    let unsentReceipt: Receipt | undefined

    // All handlers before anything is awaited: a message that came in between would be lost.
    on('command', sentCommandSchema as Parser<SentCommand>, async ({ commandId, command }) => {
      const obeyed = await room.obey(command, seat.memberId, commandId)
      return obeyed.ok ? answerOf(obeyed) : obeyed
    })
    on('fixes', fixesSchema as Parser<Fixes>, async (fixes, isAnswered) => {
      const member = room.memberOf(seat)
      if (!member) return refuse('not-a-member')
      try {
        const receipt = await positions.fromPhone(room, member, fixes)
        if (!isAnswered) receiptLater(receipt)
        return { ok: true as const, ...receipt }
      } catch (fault) {
        house.onFault(fault, 'fixes')
        return refuse('retry-later', { retryAfterMs: SECOND_MS })
      }
    })
    on('catch-up', catchUpSchema as Parser<CatchUp>, (asked) => room.catchUp(link, asked))
    on('key-frame', upSchemas['key-frame'] as Parser<object>, () => {
      room.places.wantKey(link)
      return { ok: true as const }
    })
    on('look', lookSchema as Parser<{ isLooking: boolean }>, ({ isLooking }) => {
      if (isLooking && !link.isLooking) room.places.wantKey(link)
      link.isLooking = isLooking
      return { ok: true as const }
    })
    socket.onAny((event: unknown, ...args: unknown[]) => {
      if (typeof event === 'string' && Object.hasOwn(rates, event)) return
      const answer = args.at(-1)
      if (typeof answer === 'function') answer(refuse('malformed', { field: 'event', detail: 'unknown event' }))
    })
    socket.on('disconnect', () => {
      room.leave(link)
      clearTimeout(receiptTimer)
    })
    // An unreadable packet, a lost line, or a stranger's event of this name: nothing of ours is broken.
    socket.on('error', () => undefined)

    if (!room.memberOf(seat)) return link.tellGone({ reason: 'removed' }) // lost while it was greeted
    room.enter(link)
    socket.emit('welcome', {
      runId: seat.runId,
      memberId: seat.memberId,
      wire: WIRE_VERSION,
      nowMs: house.clock.nowMs(),
      timeScale: house.clock.timeScale,
      version: room.book().run.version,
    })

    function on<T>(
      event: keyof typeof rates,
      schema: Parser<T>,
      handle: (body: T, isAnswered: boolean) => unknown,
    ): void {
      socket.on(event, async (...args: unknown[]) => {
        const answer = args.at(-1)
        const isAnswered = typeof answer === 'function' // a hostile phone may ask for none
        const said = await attempt(async () => {
          if (!room.memberOf(seat)) return refuse('not-a-member')
          const retryAfterMs = await limiters[event](who)
          if (retryAfterMs > 0) return refuse('too-many', { retryAfterMs })
          if (args.length > (isAnswered ? 2 : 1)) return refuse('malformed', { field: 'arguments', detail: 'too many' })
          const body = schema.safeParse(typeof args[0] === 'function' ? undefined : args[0])
          return body.success ? handle(body.data, isAnswered) : malformed(body.error)
        }, report(event))
        if (isAnswered) answer(said)
      })
    }

    function receiptLater(receipt: Receipt): void {
      unsentReceipt = receipt
      if (receiptTimer) return
      receiptTimer = setTimeout(
        () => {
          receiptTimer = undefined
          receiptDueMs = performance.now() + RECEIPT_EVERY_MS
          if (unsentReceipt) link.tellReceipt(unsentReceipt)
        },
        Math.max(0, receiptDueMs - performance.now()),
      )
    }

    /** What only the answer to the leader who caused it carries: a new seat, or an invite's secret. */
    function answerOf({ ok, version, event }: Extract<Obeyed, { ok: true }>): Accepted {
      const { runId } = seat
      if (event?.type === 'invite-issued')
        return { ok, version, invite: house.seals.sealInvite({ runId, inviteId: event.inviteId }) }
      if (event?.type === 'member-reseated')
        return { ok, version, seat: house.seals.sealSeat({ runId, memberId: event.memberId, seatNo: event.seatNo }) }
      return { ok, version }
    }
  })
}

/** What is no number is not old but malformed. */
function wireOf(auth: unknown): number {
  const wire = typeof auth === 'object' && auth !== null && 'wire' in auth ? auth.wire : undefined
  return typeof wire === 'number' ? wire : Number.POSITIVE_INFINITY
}

type Welcomed = { readonly seat: Seat; readonly room: RunRoom; readonly greeting: Greeting }

function linkTo(socket: Socket, { memberId, seatNo }: Seat, { frames }: Greeting): SeatLink {
  const tell = (event: string, body: unknown): void => {
    const { writeBuffer } = socket.conn as unknown as { writeBuffer?: unknown[] }
    if ((writeBuffer?.length ?? 0) > UNSENT_PACKETS_MAX) socket.disconnect(true)
    else socket.emit(event, body)
  }
  return {
    memberId,
    seatNo,
    frames,
    isLooking: true,
    toldVersion: null,
    checkedVersion: 0,
    tellFacts: (facts) => tell('facts', facts),
    tellFrame: (frame) => void socket.volatile.emit('frame', frame),
    tellPlaces: (places) => void socket.volatile.emit('places', places),
    tellReceipt: (receipt) => tell('receipt', receipt),
    tellCounts: (counts) => tell('counts', counts),
    tellGone(gone) {
      socket.emit('gone', gone)
      socket.disconnect()
    },
  }
}
