/** What the rules answer: facts to append, or a refusal. And what they may know of the world. */
import type { Place } from '../../shared/geo/fix.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { AlertRule } from '../../shared/run/alerts.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { EmergencyContact } from '../../shared/run/emergency.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { Role } from '../../shared/run/roles.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import type { AlertId, InviteId, MemberId, RequestId, RouteId, TrackerId } from '../../shared/units.ts'

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
      readonly groups?: readonly Omit<Extract<Command, { type: 'add-group' }>, 'type'>[]
      readonly conditions?: Omit<Extract<Command, { type: 'set-conditions' }>, 'type'>
      readonly helpersWanted?: number | null
      readonly route?: { readonly routeId: RouteId; readonly lengthM: number }
    }
  | {
      readonly type: 'join'
      readonly inviteId: InviteId
      readonly name: string
      readonly phone: string | null
      readonly startNumber: string | null
      readonly contact?: EmergencyContact | null | undefined
      readonly medical?: string | null | undefined
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
      /** Whose claims the events gave back, or say something of. */
      readonly releasedFrom: readonly MemberId[]
    }
  /** What a node has seen of the world, and nobody has wished: each becomes fact where it still is news (decide-observed.ts). */
  | { readonly type: 'observe'; readonly observations: readonly Observation[] }
  /** The clock's own: whatever has come due. */
  | { readonly type: 'wake' }

/** Begins something; what follows by time alone is the clock's (decide-wake.ts). */
export type Observation =
  /** A claimer is not heard, or does not come nearer. */
  | {
      readonly is: 'claim-doubted'
      readonly requestId: RequestId
      readonly cyclistId: MemberId
      readonly reason: 'silent' | 'not-approaching'
    }
  /** They come nearer again, or are heard. */
  | { readonly is: 'claim-good'; readonly requestId: RequestId; readonly cyclistId: MemberId }
  | { readonly is: 'swap'; readonly requestId: RequestId; readonly toId: MemberId; readonly gainMs: number }
  /** They are near whom they bring something to. */
  | { readonly is: 'near'; readonly requestId: RequestId; readonly cyclistId: MemberId }
  /** Claimer and runner were together, and have parted. */
  | { readonly is: 'met'; readonly requestId: RequestId; readonly cyclistId: MemberId }
  /** `memberId`: `null` for a rule of the run. `sinceMs` names the episode: the same on every node that sees it. */
  | {
      readonly is: 'alert'
      readonly rule: AlertRule
      readonly memberId: MemberId | null
      readonly sinceMs: number
      readonly value: number | null
    }
  | { readonly is: 'alert-over'; readonly alertId: AlertId }
  /** No leader can be reached. `leaderIds`: all whom the node knew to lead. */
  | {
      readonly is: 'leaders-gone'
      readonly insteadOfId: MemberId
      readonly toId: MemberId
      readonly leaderIds: readonly MemberId[]
    }

export type Wish = Command | DoorCommand

export type World = {
  readonly nowMs: number
  /** The member's newest believed place, if the server has one. */
  readonly placeOf: (memberId: MemberId) => Place | undefined
  /** How far along the route they are, if that is known. */
  readonly alongM: (memberId: MemberId) => number | undefined
  /** For tests: an address to push to may be on this machine. */
  readonly maySendToLoopback?: boolean | undefined
}

/** Who asks, what is, and the world: what each rule gets. */
export type Asked = { readonly run: RunState; readonly by: Member; readonly world: World }

export type Decision =
  | { readonly ok: true; readonly events: readonly RunEvent[]; readonly words: readonly Word[] }
  | Refusal

export const accept = (...events: RunEvent[]): Decision => ({ ok: true, events, words: [] })
export const acceptWith = (words: readonly Word[], ...events: RunEvent[]): Decision => ({ ok: true, events, words })
