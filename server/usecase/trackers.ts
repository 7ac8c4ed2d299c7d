/** Native tracker apps: a lasting address of a person, which counts only where and while they share. */

import type { Fix } from '../../shared/geo/fix.ts'
import { type Refusal, refusals, refuse } from '../../shared/protocol/errors.ts'
import type { TrackerHeard, TrackerTrouble } from '../../shared/protocol/http.ts'
import type { CommandId, MemberId, RequestId, TrackerId } from '../../shared/units.ts'
import type { House } from './house.ts'
import type { Positions } from './positions.ts'
import type { Rooms } from './rooms.ts'
import type { RunRoom } from './run-room.ts'

/** What the doors of all protocols hand over. */
export type Report = {
  readonly fixes: readonly Fix[]
  readonly unreadable: number
  readonly isCallForHelp: boolean
}

export type Trackers = {
  /** Attaches a new address, or the one behind `oldToken`, to the member. */
  ask(room: RunRoom, memberId: MemberId, oldToken: string | null, commandId: CommandId): Promise<string | Refusal>
  /** `unknown` only for a token that was never given out; anything else is a success for the app. */
  take(token: string, report: Report): Promise<'taken' | 'unknown'>
  heard(trackerId: TrackerId): Omit<TrackerHeard, 'ok'>
  /** Counts and says what apps had sent of a run and the store has lost: no phone has it to send again. */
  countLost(room: RunRoom): Promise<void>
}

/** How many apps one node remembers having heard. */
const HEARD_MAX = 20_000

export function trackersOf(house: House, rooms: Rooms, positions: Positions): Trackers {
  const { seals, store, clock } = house
  const heardOf = new Map<TrackerId, Omit<TrackerHeard, 'ok'>>()
  const unheard = { heardAtMs: null, acceptedCount: 0, asideCount: 0, lostCount: 0, lastTrouble: null }
  /** By run and member, of each source: how many fixes the store had said to be safe. */
  const keptOf = new WeakMap<RunRoom, Map<MemberId, Map<TrackerId, number>>>()

  function keep(room: RunRoom, memberId: MemberId, trackerId: TrackerId, keptCount: number): void {
    const ofRoom = keptOf.get(room) ?? new Map<MemberId, Map<TrackerId, number>>()
    const ofMember = ofRoom.get(memberId) ?? new Map<TrackerId, number>()
    keptOf.set(room, ofRoom.set(memberId, ofMember.set(trackerId, keptCount)))
  }

  function hear(trackerId: TrackerId, more: { accepted: number; aside: number; trouble: TrackerTrouble | null }): void {
    const before = heardOf.get(trackerId) ?? unheard
    note(trackerId, {
      ...before,
      heardAtMs: clock.nowMs(),
      acceptedCount: before.acceptedCount + more.accepted,
      asideCount: before.asideCount + more.aside,
      lastTrouble: more.trouble ?? before.lastTrouble,
    })
  }

  function note(trackerId: TrackerId, heard: Omit<TrackerHeard, 'ok'>): void {
    heardOf.delete(trackerId) // the least recently heard stays first
    heardOf.set(trackerId, heard)
    const [oldest] = heardOf.keys()
    if (heardOf.size > HEARD_MAX && oldest) heardOf.delete(oldest)
  }

  return {
    heard: (trackerId) => heardOf.get(trackerId) ?? unheard,

    async ask(room, memberId, oldToken, commandId) {
      const old = oldToken === null ? undefined : seals.openTracker(oldToken)
      if (oldToken !== null && !old) return refuse('no-such-thing', { field: 'trackerToken' })
      const trackerId = old ?? (`trk_${seals.idFrom(`${room.runId}/${memberId}/${commandId}`, 'tracker')}` as TrackerId)
      const obeyed = await room.obey({ type: 'attach-tracker', trackerId }, memberId, commandId)
      return obeyed.ok ? seals.sealTracker(trackerId) : obeyed
    },

    async take(token, { fixes, unreadable, isCallForHelp }) {
      const trackerId = seals.openTracker(token)
      if (!trackerId) return 'unknown'
      const seats = await store.trackerSeats(trackerId)
      let accepted = 0
      let aside = unreadable
      for (const { runId, memberId } of seats) {
        const room = await rooms.room(runId)
        const member = room?.book().run.members.get(memberId)
        if (!room || !member || !room.memberOf(member)) continue
        if (fixes.length > 0) {
          const taken = await positions.fromTracker(room, member, trackerId, fixes)
          accepted += taken.acceptedCount
          aside += taken.asideCount
          keep(room, memberId, trackerId, taken.keptCount)
        }
        if (isCallForHelp) await callForHelp(room, memberId, trackerId)
      }
      hear(trackerId, { accepted, aside, trouble: troubleOf(unreadable, aside - unreadable, seats.length) })
      return 'taken'
    },

    async countLost(room) {
      for (const [memberId, ofMember] of keptOf.get(room) ?? [])
        for (const [trackerId, keptCount] of ofMember) {
          const now = (await store.stored(room.runId, memberId, `t:${trackerId}`)).keptCount
          const lostCount = Math.max(0, keptCount - now)
          ofMember.set(trackerId, now)
          if (lostCount === 0) continue
          const before = heardOf.get(trackerId) ?? unheard
          note(trackerId, { ...before, lostCount: before.lostCount + lostCount, lastTrouble: 'lost' })
          house.onFault(new Error(`the store lost ${lostCount} points of a tracker app of ${room.runId}`), 'tracker')
        }
    },
  }

  /** One press of SOS comes with several points: while a call for help is open, the rules refuse another. */
  async function callForHelp(room: RunRoom, memberId: MemberId, trackerId: TrackerId): Promise<void> {
    const id = seals.idFrom(`${trackerId}/${room.book().run.version}/${clock.nowMs()}`, 'sos')
    const requestId = `req_${id}` as RequestId
    const obeyed = await room.obey(
      { type: 'raise-request', requestId, kind: 'help', quantity: 1, note: null },
      memberId,
      `cmd_${id}` as CommandId,
    )
    // The app hears "later" and sends the press again: it must not be swallowed.
    if (!obeyed.ok && refusals[obeyed.code].phoneShould === 'retry') throw new Error(`no call for help: ${obeyed.code}`)
  }
}

function troubleOf(unreadable: number, aside: number, seatCount: number): TrackerTrouble | null {
  if (unreadable > 0) return 'unreadable'
  if (aside > 0) return 'not-shared'
  return seatCount === 0 ? 'no-run' : null
}
