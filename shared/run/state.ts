/** A run as its facts tell it. Server and phone fold the same facts with the same function (evolve.ts). */
import { z } from 'zod/mini'
import type { PersistentMap } from '../persistent-map.ts'
import {
  type AlertId,
  type GroupId,
  type GuestsId,
  groupIdSchema,
  guestsIdSchema,
  type HandOverId,
  handOverIdSchema,
  type InviteId,
  inviteIdSchema,
  type MemberId,
  type MessageId,
  memberIdSchema,
  messageIdSchema,
  type RegroupId,
  type RequestId,
  requestIdSchema,
  routeIdSchema,
  timeMsSchema,
  trackerIdSchema,
} from '../units.ts'
import { type Alert, alertRuleSchema } from './alerts.ts'
import { drinkPlanSchema, drunkSchema, heatSchema } from './drink.ts'
import { cancelReasonSchema, claimDoubtSchema, endReasonSchema } from './events.ts'
import { helpingSchema } from './helping.ts'
import type { Regroup } from './regroup.ts'
import { itemKindSchema, requestKindSchema } from './requests.ts'
import { pauseReasonSchema, roleSchema, stopReasonSchema } from './roles.ts'
import { stockSchema } from './stock.ts'

export const headSchema = z.strictObject({
  phase: z.enum(['unplanned', 'planned', 'live', 'ended']),
  plannedStartMs: timeMsSchema,
  expectedEndMs: timeMsSchema,
  latestEndMs: timeMsSchema,
  retentionMs: timeMsSchema,
  recordedShiftMs: z.int(),
  startedAtMs: z.nullable(timeMsSchema),
  endedAtMs: z.nullable(timeMsSchema),
  endReason: z.nullable(endReasonSchema),
  /** When the leader was last asked whether the run goes on. */
  endAskedAtMs: z.nullable(timeMsSchema),
  /** Who was not accounted for when the run ended, or when the leader was last asked. */
  missing: z.array(memberIdSchema),
  missingGuestCount: z.int(),
  route: z.nullable(z.strictObject({ routeId: routeIdSchema, lengthM: z.number() })),
  /** `null` when nobody has said. */
  helpersWanted: z.nullable(z.int()),
  lastMemberNo: z.int(),
  heat: heatSchema,
  /** The rules that the leader has put off, or on again, beside those that are off at first. */
  alertsOff: z.array(alertRuleSchema),
  /** Whoever was seen since then is counted; `null` before the first head count. */
  headCountSinceMs: z.nullable(timeMsSchema),
})
export type Head = z.infer<typeof headSchema>

export const groupSchema = z.strictObject({
  groupId: groupIdSchema,
  colour: z.string(),
  targetPaceMps: z.nullable(z.number()),
  leaderId: z.nullable(memberIdSchema),
  backMarkerId: z.nullable(memberIdSchema),
})
export type Group = z.infer<typeof groupSchema>

export const memberSchema = z.strictObject({
  memberId: memberIdSchema,
  memberNo: z.int(),
  role: roleSchema,
  groupId: z.nullable(groupIdSchema),
  wardId: z.nullable(memberIdSchema),
  startNumber: z.nullable(z.string()),
  inviteId: z.nullable(inviteIdSchema),
  /** `joined`: has a seat, has not set out. `out`: on the course, to be accounted for. */
  status: z.enum(['joined', 'out', 'paused', 'stopped', 'removed']),
  statusAtMs: timeMsSchema,
  pauseReason: z.nullable(pauseReasonSchema),
  stopReason: z.nullable(stopReasonSchema),
  /** Only a seat of this number speaks for the member. */
  seatNo: z.int(),
  /** When they shared their place: fixes count only inside. The last one may be open. */
  windows: z.array(z.strictObject({ fromMs: timeMsSchema, toMs: z.nullable(timeMsSchema) })),
  hasPhone: z.boolean(),
  /** Their phone can be pushed to. Known to the member and the leaders. */
  hasPush: z.boolean(),
  isErased: z.boolean(),
  /** Known to the member, the helpers who see them and the leaders. */
  usual: z.nullable(z.strictObject({ kind: itemKindSchema, quantity: z.int(), hasNote: z.boolean() })),
  /** What a helper is there with; of everybody, for whoever becomes one. */
  helping: helpingSchema,
  /** Known like the usual; `null` when they have not said. */
  stock: z.nullable(stockSchema),
  /** Known like the usual. */
  drinkPlan: z.nullable(drinkPlanSchema),
  /** "I have drunk", oldest first. Known like the usual. */
  drunk: z.array(drunkSchema),
  /** Known like the usual. */
  isMinor: z.boolean(),
  /** Who saw them last, when, and how often anybody has. Known to helpers. */
  seen: z.nullable(
    z.strictObject({ byId: memberIdSchema, atMs: timeMsSchema, atM: z.nullable(z.number()), count: z.int() }),
  ),
  /** Known to the member and the leaders. */
  trackerIds: z.array(trackerIdSchema),
})
export type Member = z.infer<typeof memberSchema>

export const inviteSchema = z.strictObject({
  inviteId: inviteIdSchema,
  role: roleSchema,
  groupId: z.nullable(groupIdSchema),
  wardId: z.nullable(memberIdSchema),
  maxUses: z.int(),
  uses: z.int(),
  expiresAtMs: timeMsSchema,
  isWithdrawn: z.boolean(),
})
export type Invite = z.infer<typeof inviteSchema>

export const requestSchema = z.strictObject({
  requestId: requestIdSchema,
  runnerId: memberIdSchema,
  runnerNo: z.int(),
  kind: requestKindSchema,
  quantity: z.int(),
  hasNote: z.boolean(),
  /** `needs-check`: an alarm its author took back; a helper still looks. */
  status: z.enum(['open', 'claimed', 'needs-check', 'delivered', 'closed', 'cancelled']),
  raisedAtMs: timeMsSchema,
  cyclistId: z.nullable(memberIdSchema),
  claimedAtMs: z.nullable(timeMsSchema),
  /** How far the claiming helper was when it was claimed. */
  claimDistanceM: z.nullable(z.number()),
  endedAtMs: z.nullable(timeMsSchema),
  /** How far the helper was when it was delivered or closed. */
  endDistanceM: z.nullable(z.number()),
  cancelReason: z.nullable(cancelReasonSchema),
  escalatedAtMs: z.nullable(timeMsSchema),
  repeatedAtMs: z.nullable(timeMsSchema),
  toldIds: z.array(memberIdSchema),
  /** Its claimer was asked whether they still come. */
  doubt: z.nullable(z.strictObject({ reason: claimDoubtSchema, atMs: timeMsSchema })),
  /** Who may take it over, and how much sooner they would be there. */
  offer: z.nullable(z.strictObject({ toId: memberIdSchema, gainMs: z.int(), atMs: timeMsSchema })),
  /** When whoever brings it was first known to be near. */
  nearAtMs: z.nullable(timeMsSchema),
  /** When the two had met and parted; each meeting of a claim is asked about once. */
  metAtMs: z.nullable(timeMsSchema),
  /** One of them has said that nothing was handed over. */
  isMetDenied: z.boolean(),
  /** Delivered because nobody said otherwise. */
  isAssumed: z.boolean(),
})
export type Request = z.infer<typeof requestSchema>

export const handOverSchema = z.strictObject({
  handOverId: handOverIdSchema,
  runnerId: memberIdSchema,
  cyclistId: memberIdSchema,
  kind: itemKindSchema,
  quantity: z.int(),
  requestId: z.nullable(requestIdSchema),
  atMs: timeMsSchema,
})
export type HandOver = z.infer<typeof handOverSchema>

export const guestsSchema = z.strictObject({
  guestsId: guestsIdSchema,
  count: z.int(),
  accountedCount: z.int(),
  startNumber: z.nullable(z.string()),
  atMs: timeMsSchema,
  /** Of those out, how many were seen last, when, and by whom. */
  seen: z.nullable(z.strictObject({ byId: memberIdSchema, atMs: timeMsSchema, count: z.int() })),
})
export type Guests = z.infer<typeof guestsSchema>

export const messageSchema = z.strictObject({
  messageId: messageIdSchema,
  byId: memberIdSchema,
  groupId: z.nullable(groupIdSchema),
  atMs: timeMsSchema,
  /** How many have seen it, for its author and leaders of the whole run; whether oneself has, for others. */
  seenCount: z.int(),
})
export type Message = z.infer<typeof messageSchema>

export const seenSchema = z.strictObject({ messageId: messageIdSchema, memberId: memberIdSchema })
export type Seen = z.infer<typeof seenSchema>
export const seenKey = ({ messageId, memberId }: Seen): string => `${messageId}/${memberId}`

export type RunState = {
  /** Up to which version of the journal this is true. */
  readonly version: number
  readonly head: Head
  readonly groups: PersistentMap<GroupId, Group>
  readonly members: PersistentMap<MemberId, Member>
  readonly invites: PersistentMap<InviteId, Invite>
  readonly requests: PersistentMap<RequestId, Request>
  readonly handOvers: PersistentMap<HandOverId, HandOver>
  readonly guests: PersistentMap<GuestsId, Guests>
  readonly messages: PersistentMap<MessageId, Message>
  readonly seen: PersistentMap<string, Seen>
  readonly alerts: PersistentMap<AlertId, Alert>
  readonly regroups: PersistentMap<RegroupId, Regroup>
}
