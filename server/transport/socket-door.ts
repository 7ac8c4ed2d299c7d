/**
 * The socket door: who is there, is the message well formed, whom to ask, what to answer. No rule of a
 * run is decided here.
 */
import type { Server, Socket } from 'socket.io'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { WIRE_VERSION } from '../../shared/protocol/version.ts'
import { type Accepted, upSchemas } from '../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { awayRefusal, isAway } from '../usecase/away.ts'
import type { Obeyed } from '../usecase/draft.ts'
import type { House } from '../usecase/house.ts'
import type { Positions } from '../usecase/positions.ts'
import type { Recovery } from '../usecase/recovery.ts'
import type { Rooms } from '../usecase/rooms.ts'
import type { RunRoom } from '../usecase/run-room.ts'
import { attempt, malformed } from './attempt.ts'
import { greet, type Welcomed } from './greet.ts'
import { laterReceipts } from './later-receipts.ts'
import { liveFixes } from './live-fixes.ts'
import { type Limiter, limiterOf, rates, sharedLimiterOf } from './rates.ts'
import { rawLane } from './raw-lane.ts'
import { keepsUp, seatSocket } from './seat-socket.ts'

/** So long whose run is gone may wait here for somebody with a copy; then they come back to ask again. */
const LOBBY_MS = 30 * SECOND_MS

type Event = keyof typeof rates
type Up = typeof upSchemas
type Body<E extends Event> = Up[E]['_zod']['output']
type Parser<T> = { safeParse(body: unknown): { success: true; data: T } | { success: false; error: never } }
type Handle<E extends Event> = (body: Body<E>, isAnswered: boolean) => unknown

export type SocketDoor = {
  readonly house: House
  readonly rooms: Rooms
  readonly positions: Positions
  readonly recovery: Recovery
  /** A node that is about to go lets nobody in. */
  readonly isClosing: () => boolean
  /** Raw messages may go under engine.io (raw-lane.ts). */
  readonly isShortWay?: boolean
}

export function openSocketDoor(
  io: Server,
  { house, rooms, positions, recovery, isClosing, isShortWay = true }: SocketDoor,
): void {
  const limiters = Object.fromEntries(
    Object.entries(rates).map(([event, rate]) => [
      event,
      event === 'command' ? sharedLimiterOf(house, event, rate) : limiterOf(rate),
    ]),
  ) as Record<Event, Limiter>
  const report = (where: string) => (fault: unknown) => house.onFault(fault, where)

  io.use(async (socket, next) => {
    const auth = socket.handshake.auth
    const said = isClosing() ? awayRefusal() : await attempt(() => greet(house, rooms, auth), report('greeting'))
    if ('code' in said) return next(Object.assign(new Error(said.code), { data: said }))
    socket.data = said
    next()
  })

  io.on('connection', (socket: Socket) => {
    const welcomed = socket.data as Welcomed
    // An unreadable packet, a lost line, or a stranger's event of this name: nothing of ours is broken.
    socket.on('error', () => undefined)
    socket.onAny((event: unknown, ...args: unknown[]) => {
      if (typeof event === 'string' && Object.hasOwn(rates, event)) return
      const answer = args.at(-1)
      if (typeof answer === 'function') answer(refuse('malformed', { field: 'event', detail: 'unknown event' }))
    })
    if (welcomed.to === 'run') beSeated(socket, welcomed)
    else if (welcomed.to === 'lobby') waitInLobby(socket, welcomed)
    else seatSocket(socket, welcomed.seat, house.tally).tellGone({ reason: 'forgotten' })
  })

  function beSeated(socket: Socket, { seat, room, greeting }: Extract<Welcomed, { to: 'run' }>): void {
    const receipts = laterReceipts((receipt) => link.tellReceipt(receipt))
    const takeLive = liveFixes(room, seat, positions, receipts.put)
    const raw =
      greeting.frames === 'binary'
        ? rawLane(socket, isShortWay, (message) => {
            const refusal = guarded(() => takeLive(message))
            if (!refusal) return
            house.tally.fixesRefused++
            const { ok, ...why } = refusal
            link.tellRefused({ of: 'fixes', ...why })
          })
        : undefined
    const link = seatSocket(socket, seat, house.tally, raw, receipts.forget)
    const isMember = () => room.memberOf(seat) !== undefined
    const on = <E extends Event>(event: E, handle: Handle<E>) =>
      listen(socket, event, welcomedAs(seat), isMember, handle)

    // All handlers before anything is awaited: a message that came in between would be lost.
    on('command', async ({ commandId, command }) => {
      const obeyed = await room.obey(command, seat.memberId, commandId)
      return obeyed.ok ? answerOf(room, obeyed) : obeyed
    })
    on('fixes', async (fixes, isAnswered) => {
      const member = room.memberOf(seat)
      if (!member) return refuse('not-a-member')
      if (!isAnswered) return positions.live(room, member, fixes, receipts.put)
      try {
        const receipt = await positions.fromPhone(room, member, fixes)
        return 'code' in receipt ? receipt : { ok: true as const, ...receipt }
      } catch (fault) {
        if (!isAway(fault)) house.onFault(fault, 'fixes')
        return awayRefusal()
      }
    })
    on('stored', async ({ streamId }) => {
      const member = room.memberOf(seat)
      return member
        ? { ok: true as const, ...(await positions.stored(room, member, streamId)) }
        : refuse('not-a-member')
    })
    on('catch-up', (asked) => room.catchUp(link, asked))
    on('journal', (asked) => room.journalAfter(link, asked))
    on('offer', (part) => recovery.take(socket, seat, part))
    on('key-frame', () => {
      room.wantKey(link)
      return { ok: true as const }
    })
    on('look', ({ isLooking, everyMs }) => {
      link.isLooking = isLooking
      link.everyMs = everyMs
      room.look(link)
      return { ok: true as const }
    })
    socket.on('disconnect', () => {
      room.leave(link)
      receipts.stop()
      raw?.close()
    })

    if (!isMember()) return void link.tellGone({ reason: 'removed' }) // lost while it was greeted
    room.enter(link)
    socket.emit('welcome', {
      runId: seat.runId,
      memberId: seat.memberId,
      wire: WIRE_VERSION,
      nowMs: house.clock.nowMs(),
      timeScale: house.clock.timeScale,
      version: room.book().run.version,
    })
  }

  /** Nobody is shown anything here. */
  function waitInLobby(socket: Socket, { seat }: Welcomed): void {
    listen(
      socket,
      'offer',
      welcomedAs(seat),
      () => true,
      (part) => recovery.take(socket, seat, part),
    )
    const letGo = () => void socket.disconnect(true)
    const stopWaiting = recovery.whenBack(seat.runId, letGo)
    const timer = setTimeout(letGo, LOBBY_MS)
    socket.on('disconnect', () => {
      stopWaiting()
      clearTimeout(timer)
    })
    socket.emit('lost', {})
  }

  /** Whatever a raw message brings about stays within its socket. */
  function guarded(work: () => Refusal | undefined): Refusal | undefined {
    try {
      return work()
    } catch (fault) {
      house.onFault(fault, 'fixes')
      return refuse('internal')
    }
  }

  const welcomedAs = ({ memberId, seatNo }: Welcomed['seat']): string => `${memberId}/${seatNo}`

  function listen<E extends Event>(
    socket: Socket,
    event: E,
    who: string,
    isMember: () => boolean,
    handle: Handle<E>,
  ): void {
    const schema = upSchemas[event] as unknown as Parser<Body<E>>
    socket.on(event as string, async (...args: unknown[]) => {
      const answer = args.at(-1)
      const isAnswered = typeof answer === 'function' // a hostile phone may ask for none
      if (!keepsUp(socket, house.tally)) return
      const said = await attempt(async () => {
        if (!isMember()) return refuse('not-a-member')
        const retryAfterMs = await limiters[event](who)
        if (retryAfterMs > 0) return refuse('too-many', { retryAfterMs })
        if (args.length > (isAnswered ? 2 : 1)) return refuse('malformed', { field: 'arguments', detail: 'too many' })
        const body = schema.safeParse(typeof args[0] === 'function' ? undefined : args[0])
        return body.success ? handle(body.data, isAnswered) : malformed(body.error)
      }, report(event))
      if (isAnswered && keepsUp(socket, house.tally)) answer(said)
    })
  }

  /** What only the answer to the leader who caused it carries: a new seat, or an invite's secret. */
  function answerOf({ runId }: RunRoom, { ok, version, event }: Extract<Obeyed, { ok: true }>): Accepted {
    const accepted = { ok, version, isFact: event !== null }
    if (event?.type === 'invite-issued')
      return { ...accepted, invite: house.seals.sealInvite({ runId, inviteId: event.inviteId }) }
    if (event?.type === 'member-reseated') {
      const { memberId, seatNo } = event
      return { ...accepted, seat: house.seals.sealSeat({ runId, memberId, seatNo }) }
    }
    return accepted
  }
}
