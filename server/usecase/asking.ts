/** A press on a watch, a headset button or a tag: a wish by the member's tracker address, without a seat and with no page open. */
import { distanceM } from '../../shared/geo/distance.ts'
import { DETOUR } from '../../shared/geo/meeting/detour.ts'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { endsLater, isSharing, openRequest } from '../../shared/run/questions.ts'
import { type ItemKind, policyOf } from '../../shared/run/requests.ts'
import type { Member, Request } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import {
  type CommandId,
  type MemberId,
  MINUTE_MS,
  type RequestId,
  SECOND_MS,
  type TrackerId,
} from '../../shared/units.ts'
import { sureAtM } from '../core/watch/reach.ts'
import type { House } from './house.ts'
import type { Rooms } from './rooms.ts'
import type { RunRoom } from './run-room.ts'

/** A button pressed again within this is the same wish. */
const SAME_PRESS_MS = 30 * SECOND_MS
/** Calls held until somebody takes what was asked for. */
const WAITING_MAX = 200
const WAITING_PER_ADDRESS_MAX = 2
/** Of older places nothing is reckoned. */
const PLACE_AGE_MS = 2 * MINUTE_MS
/** A helper on a bike. */
const HELPER_MPS = 5

export type Press = {
  readonly token: string
  readonly what: ItemKind | 'usual'
  /** Made by who presses, once for each press; `null` when they make none. */
  readonly pressId: string | null
}

export type Pressed = {
  readonly room: RunRoom
  readonly trackerId: TrackerId
  readonly memberId: MemberId
  readonly requestId: RequestId
  /** Asked for by another press, a while ago. */
  readonly isEarlier: boolean
}

/** What is true of a request now, as far as its author is told. */
export type AskedNow = {
  readonly kind: ItemKind
  readonly quantity: number
  readonly status: Request['status']
  readonly helper: string | null
  readonly helperDistanceM: number | null
  /** How long the helper takes, reckoned from that distance. */
  readonly arrivesInMs: number | null
  /** Where its author is along the route. */
  readonly atM: number | null
}

export type Asking = {
  /** `no-such-thing` for an address that was never given out, is withdrawn, or belongs to no run now. */
  press(press: Press): Promise<Pressed | Refusal>
  /** Takes back what is open for the address, of one kind or of all; answers with how many that were. */
  takeBack(token: string, kind: ItemKind | null): Promise<number | Refusal>
  /** `undefined` once its author is erased. */
  now(pressed: Pressed): AskedNow | undefined
  /** Resolves once somebody has it or it is over, after `waitMs`, or when `gone` says so; at once when too many wait. */
  taken(pressed: Pressed, waitMs: number, gone: AbortSignal): Promise<void>
  /** Everybody who waits is answered now, and nobody waits any more. */
  close(): void
}

type AddressedSeat = { readonly room: RunRoom; readonly member: Member; readonly trackerId: TrackerId }

export function askingOf({ store, seals, clock }: House, rooms: Rooms): Asking {
  const waits = new Map<() => void, TrackerId>()
  let isClosed = false

  /** AD1: a person has one address for all their runs, and presses for the one they are out in. */
  async function seatOf(token: string): Promise<AddressedSeat | undefined> {
    const trackerId = seals.openTracker(token)
    if (!trackerId) return undefined
    const seats: AddressedSeat[] = []
    for (const { runId, memberId } of await store.trackerSeats(trackerId)) {
      const room = await rooms.room(runId)
      const member = room?.book().run.members.get(memberId)
      if (room && member && room.memberOf(member)) seats.push({ room, member, trackerId })
    }
    return seats.sort((a, b) => nearnessToNow(b) - nearnessToNow(a) || sharedFromMs(b) - sharedFromMs(a))[0]
  }

  function pressedLately({ room, member }: AddressedSeat, kind: ItemKind): Request | undefined {
    const sinceMs = clock.nowMs() - SAME_PRESS_MS
    return [...room.book().run.requests.values()].find(
      (request) =>
        request.runnerId === member.memberId &&
        request.kind === kind &&
        request.raisedAtMs > sinceMs &&
        request.status !== 'cancelled', // who took it back and presses again wants it
    )
  }

  const requestOf = ({ room, requestId }: Pressed): Request | undefined => room.book().run.requests.get(requestId)

  function placeOf(room: RunRoom, memberId: MemberId) {
    const member = room.book().run.members.get(memberId)
    const dot = member && room.places.dotOf(member.memberNo)
    const place = dot && room.places.placeOf(dot)
    return place && clock.nowMs() - place.takenAtMs <= PLACE_AGE_MS ? place : undefined
  }

  return {
    async press({ token, what, pressId }) {
      const seat = await seatOf(token)
      if (!seat) return refuse('no-such-thing', { field: 'path' })
      const { room, member, trackerId } = seat
      const { memberId } = member
      const { kind, quantity, note } = wishOf(seat, what)
      const pressed = (requestId: RequestId, isEarlier: boolean): Pressed => ({
        room,
        trackerId,
        memberId,
        requestId,
        isEarlier,
      })
      const lately = pressId === null ? pressedLately(seat, kind) : undefined
      if (lately) return pressed(lately.requestId, false) // AD2
      const once = pressId ?? `${room.book().run.version}/${clock.nowMs()}`
      const id = seals.idFrom(`${trackerId}/${room.runId}/${kind}/${once}`, 'press')
      const requestId = `req_${id}` as RequestId
      const obeyed = await room.obey(
        { type: 'raise-request', requestId, kind, quantity, note },
        memberId,
        `cmd_${id}` as CommandId,
      )
      if (obeyed.ok) return pressed(requestId, false)
      const open = obeyed.code === 'already-open' ? openRequest(room.book().run, memberId, kind) : undefined
      return open ? pressed(open.requestId, open.raisedAtMs <= clock.nowMs() - SAME_PRESS_MS) : obeyed // AD3
    },

    async takeBack(token, kind) {
      const seat = await seatOf(token)
      if (!seat) return refuse('no-such-thing', { field: 'path' })
      const { room, member } = seat
      const mine = endsLater(room.book().run).filter(
        (request) =>
          request.runnerId === member.memberId &&
          policyOf(request.kind).isItem &&
          (kind === null || request.kind === kind),
      )
      for (const { requestId } of mine) {
        const id = seals.idFrom(`${requestId}/${room.book().run.version}`, 'take back')
        const obeyed = await room.obey({ type: 'cancel-request', requestId }, member.memberId, `cmd_${id}` as CommandId)
        if (!obeyed.ok && obeyed.code !== 'already-ended') return obeyed
      }
      return mine.length
    },

    now(pressed) {
      const request = requestOf(pressed)
      if (!request) return undefined
      const { room, memberId } = pressed
      const { cyclistId, kind, quantity, status } = request
      const here = placeOf(room, memberId)
      const there = cyclistId && status === 'claimed' ? placeOf(room, cyclistId) : undefined
      const helperDistanceM = here && there ? Math.round(distanceM(here, there)) : null
      const atM = sureAtM(here?.progress ?? null)
      return {
        kind: kind as ItemKind,
        quantity,
        status,
        helper: cyclistId && nameOf(room, cyclistId),
        helperDistanceM,
        arrivesInMs:
          helperDistanceM === null ? null : Math.round(((helperDistanceM * DETOUR) / HELPER_MPS) * SECOND_MS),
        atM: atM === null ? null : Math.round(atM),
      }
    },

    taken(pressed, waitMs, gone) {
      const { room, trackerId } = pressed
      const isOpen = () => requestOf(pressed)?.status === 'open'
      const ofAddress = [...waits.values()].filter((each) => each === trackerId).length
      const isFull = waits.size >= WAITING_MAX || ofAddress >= WAITING_PER_ADDRESS_MAX // AD6
      if (waitMs <= 0 || isFull || isClosed || gone.aborted || !isOpen()) return Promise.resolve()
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer)
          stopListening()
          gone.removeEventListener('abort', done)
          waits.delete(done)
          resolve()
        }
        const timer = setTimeout(done, waitMs)
        const stopListening = room.onTurned(() => {
          if (!isOpen()) done()
        })
        gone.addEventListener('abort', done)
        waits.set(done, trackerId)
      })
    },

    close() {
      isClosed = true
      for (const done of [...waits.keys()]) done()
    },
  }
}

/** Where one is out goes before where one could be, and what is to come before what is over. */
function nearnessToNow({ room, member }: AddressedSeat): number {
  const { phase } = room.book().run.head
  if (phase !== 'live') return phase === 'ended' ? 0 : 1
  return isSharing(member) ? 4 : member.status === 'stopped' ? 2 : 3
}

const sharedFromMs = ({ room, member }: AddressedSeat): number =>
  member.windows.at(-1)?.fromMs ?? room.book().run.head.plannedStartMs

/** AD4 */
function wishOf({ room, member: { memberId, usual } }: AddressedSeat, what: Press['what']) {
  if (what !== 'usual') return { kind: what, quantity: 1, note: null }
  if (!usual) return { kind: 'water' as const, quantity: 1, note: null }
  const note = room.book().words.get(wordKey.usualNote(memberId))?.text ?? null
  return { kind: usual.kind, quantity: usual.quantity, note }
}

function nameOf(room: RunRoom, memberId: MemberId): string {
  const { run, words } = room.book()
  return words.get(wordKey.name(memberId))?.text ?? `#${run.members.get(memberId)?.memberNo ?? '?'}`
}
