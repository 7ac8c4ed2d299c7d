/** What the rules answer: facts to append, or a refusal. And what they may know of the world. */
import type { Place } from '../../shared/geo/fix.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { Role } from '../../shared/run/roles.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import type { InviteId, MemberId, RouteId, TrackerId } from '../../shared/units.ts'

/** Wishes that come through a door that has checked something first: a secret, a file, the time. */
export type DoorCommand =
  | {
      readonly type: 'plan-run'
      readonly title: string | null
      readonly leaderName: string
      readonly leaderPhone: string | null
      readonly plannedStartMs: number
      readonly expectedEndMs: number
      readonly latestEndMs: number
      readonly retentionMs: number
      readonly recordedShiftMs: number
      readonly invites: readonly { readonly inviteId: InviteId; readonly role: Role }[]
    }
  | {
      readonly type: 'join'
      readonly inviteId: InviteId
      readonly name: string
      readonly phone: string | null
      readonly startNumber: string | null
    }
  | {
      readonly type: 'set-route'
      readonly routeId: RouteId
      readonly lengthM: number
      /** The route it was made of, when it is a change. */
      readonly ofRouteId?: RouteId
    }
  | { readonly type: 'attach-tracker'; readonly trackerId: TrackerId }
  /** What one wish had become on a fork of the journal, or in a copy of it: true once, and to be so again (readmit.ts). */
  | {
      readonly type: 'readmit'
      readonly events: readonly RunEvent[]
      readonly words: readonly Word[]
      readonly atMs: number
      /** Whose claims the releases among the events gave back. */
      readonly releasedFrom: readonly MemberId[]
    }
  /** The clock's own: whatever has come due. */
  | { readonly type: 'wake' }

export type Wish = Command | DoorCommand

export type World = {
  readonly nowMs: number
  /** The member's newest believed place, if the server has one. */
  readonly placeOf: (memberId: MemberId) => Place | undefined
}

/** Who asks, what is, and the world: what each rule gets. */
export type Asked = { readonly run: RunState; readonly by: Member; readonly world: World }

export type Decision =
  | { readonly ok: true; readonly events: readonly RunEvent[]; readonly words: readonly Word[] }
  | Refusal

export const accept = (...events: RunEvent[]): Decision => ({ ok: true, events, words: [] })
export const acceptWith = (words: readonly Word[], ...events: RunEvent[]): Decision => ({ ok: true, events, words })
