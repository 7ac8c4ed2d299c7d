/**
 * What can happen in a run. A fact is an event with its place in the journal. Events carry ids and
 * numbers only; text lies in the words table (words.ts), places in tracks.
 */
import { z } from 'zod/mini'
import { placeSchema } from '../geo/fix.ts'
import {
  alertIdSchema,
  commandIdSchema,
  groupIdSchema,
  guestsIdSchema,
  handOverIdSchema,
  inviteIdSchema,
  memberIdSchema,
  messageIdSchema,
  regroupIdSchema,
  requestIdSchema,
  routeIdSchema,
  timeMsSchema,
  trackerIdSchema,
} from '../units.ts'
import { alertAnswerSchema, alertOverSchema, alertRuleSchema } from './alerts.ts'
import { drinkPlanSchema, heatSchema } from './drink.ts'
import { helpingSchema } from './helping.ts'
import { regroupAnswerSchema } from './regroup.ts'
import { itemKindSchema, requestKindSchema } from './requests.ts'
import { pauseReasonSchema, roleSchema, stopReasonSchema } from './roles.ts'
import { stockSchema } from './stock.ts'

const event = <Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape })

const memberIds = z.array(memberIdSchema)
/** How far the helper was from the runner, by their newest places; `null` when one is unknown. */
const distanceM = z.nullable(z.number())

export const endReasonSchema = z.enum(['by-leader', 'all-accounted-for', 'longest-time-reached'])
export const releaseReasonSchema = z.enum(['by-cyclist', 'helper-left', 'helper-busy', 'lease-over'])
export const claimDoubtSchema = z.enum(['silent', 'not-approaching'])
export const stockReasonSchema = z.enum(['set', 'refilled', 'given', 'given-back'])
export const cancelReasonSchema = z.enum(['by-author', 'by-leader', 'author-left', 'run-ended'])

export const runEventSchema = z.discriminatedUnion('type', [
  event('run-planned', {
    plannedStartMs: timeMsSchema,
    expectedEndMs: timeMsSchema,
    /** The run ends here whatever is open. */
    latestEndMs: timeMsSchema,
    /** How long after its end everything is kept. */
    retentionMs: timeMsSchema,
    /** Added to the dates of a recording that is replayed; taken off again on export. */
    recordedShiftMs: z.int(),
  }),
  /** Before the start: by the leader. Invites that would have held to the old longest end hold to the new one. */
  event('plan-changed', {
    plannedStartMs: timeMsSchema,
    expectedEndMs: timeMsSchema,
    latestEndMs: timeMsSchema,
    helpersWanted: z.nullable(z.int()),
  }),
  event('route-set', { routeId: routeIdSchema, lengthM: z.number() }),
  event('run-started', {}),
  event('end-asked', { missing: memberIds, missingGuestCount: z.int() }),
  event('run-extended', { expectedEndMs: timeMsSchema }),
  event('run-ended', { reason: endReasonSchema, missing: memberIds, missingGuestCount: z.int() }),

  event('group-added', {
    groupId: groupIdSchema,
    colour: z.string(),
    targetPaceMps: z.nullable(z.number()),
  }),
  event('group-changed', {
    groupId: groupIdSchema,
    colour: z.string(),
    targetPaceMps: z.nullable(z.number()),
    leaderId: z.nullable(memberIdSchema),
    backMarkerId: z.nullable(memberIdSchema),
  }),
  event('conditions-set', { heat: heatSchema, alertsOff: z.array(alertRuleSchema) }),
  event('invite-issued', {
    inviteId: inviteIdSchema,
    role: roleSchema,
    groupId: z.nullable(groupIdSchema),
    wardId: z.nullable(memberIdSchema),
    maxUses: z.int(),
    expiresAtMs: timeMsSchema,
  }),
  event('invite-withdrawn', { inviteId: inviteIdSchema }),

  event('member-joined', {
    memberId: memberIdSchema,
    /** Small and lasting: stands for the member in frames. */
    memberNo: z.int(),
    role: roleSchema,
    groupId: z.nullable(groupIdSchema),
    wardId: z.nullable(memberIdSchema),
    startNumber: z.nullable(z.string()),
    /** `null` for whoever planned the run. */
    inviteId: z.nullable(inviteIdSchema),
  }),
  event('member-changed', { memberId: memberIdSchema, role: roleSchema, groupId: z.nullable(groupIdSchema) }),
  event('member-renamed', { memberId: memberIdSchema }),
  event('phone-set', { memberId: memberIdSchema, isGiven: z.boolean() }),
  event('emergency-set', { memberId: memberIdSchema, hasContact: z.boolean(), hasNote: z.boolean() }),
  /** Where to push lies in a word that nobody is told. */
  event('push-set', { memberId: memberIdSchema, isGiven: z.boolean() }),
  event('usual-set', { memberId: memberIdSchema, kind: itemKindSchema, quantity: z.int(), hasNote: z.boolean() }),
  event('sharing-started', { memberId: memberIdSchema, fromMs: timeMsSchema }),
  event('sharing-stopped', { memberId: memberIdSchema, toMs: timeMsSchema }),
  event('member-paused', { memberId: memberIdSchema, reason: pauseReasonSchema }),
  event('member-stopped', { memberId: memberIdSchema, reason: stopReasonSchema, toMs: timeMsSchema }),
  event('member-returned', { memberId: memberIdSchema }),
  event('member-removed', { memberId: memberIdSchema }),
  event('member-reseated', { memberId: memberIdSchema, seatNo: z.int() }),
  event('member-erased', { memberId: memberIdSchema }),
  event('leadership-passed', { fromMemberId: memberIdSchema, toMemberId: memberIdSchema }),
  /** Nobody leads who can be reached: another leads too from now on. */
  event('leadership-taken-up', { memberId: memberIdSchema, insteadOfId: memberIdSchema }),
  event('minor-set', { memberId: memberIdSchema, isMinor: z.boolean() }),
  event('helping-set', { memberId: memberIdSchema, ...helpingSchema.shape }),
  event('stock-set', { memberId: memberIdSchema, ...stockSchema.shape, reason: stockReasonSchema }),
  event('drink-plan-set', { memberId: memberIdSchema, plan: z.nullable(drinkPlanSchema) }),
  event('drunk', { memberId: memberIdSchema, drinkMl: z.int() }),
  event('tracker-attached', { memberId: memberIdSchema, trackerId: trackerIdSchema }),
  event('tracker-detached', { memberId: memberIdSchema, trackerId: trackerIdSchema }),

  event('guests-counted', { guestsId: guestsIdSchema, count: z.int(), startNumber: z.nullable(z.string()) }),
  event('guests-accounted', { guestsId: guestsIdSchema, count: z.int() }),

  event('guests-seen', { guestsId: guestsIdSchema, count: z.int(), seenAtMs: z.optional(timeMsSchema) }),
  event('head-count-begun', {}),
  /**
   * How far along the route they were seen, by the newest progress of who saw them; `null` when that is unknown. When, if it was told only
   * later.
   */
  event('members-seen', { memberIds, atM: z.nullable(z.number()), seenAtMs: z.optional(timeMsSchema) }),

  event('request-raised', {
    requestId: requestIdSchema,
    runnerId: memberIdSchema,
    /** Stands for the runner in frames, also to who folds nothing else of them. */
    runnerNo: z.int(),
    kind: requestKindSchema,
    quantity: z.int(),
    hasNote: z.boolean(),
    /** Members within reach, told although they are no helpers: of a call for help, or for want of a cyclist. */
    toldIds: memberIds,
  }),
  event('request-claimed', {
    requestId: requestIdSchema,
    cyclistId: memberIdSchema,
    distanceM,
    /** Theirs without a tap: the only cyclist of the run. */
    isAutomatic: z.boolean(),
  }),
  event('request-released', { requestId: requestIdSchema, reason: releaseReasonSchema }),
  event('request-delivered', {
    requestId: requestIdSchema,
    /** `null`: the runner said so, and nobody had claimed it. */
    cyclistId: z.nullable(memberIdSchema),
    handOverId: z.nullable(handOverIdSchema),
    distanceM,
  }),
  event('request-cancelled', { requestId: requestIdSchema, reason: cancelReasonSchema }),
  /** Its claimer is asked whether they still come. */
  event('request-doubted', { requestId: requestIdSchema, reason: claimDoubtSchema }),
  event('request-kept', { requestId: requestIdSchema }),
  /** Somebody would be there much sooner, and may take it over. */
  event('request-offered', { requestId: requestIdSchema, toId: memberIdSchema, gainMs: z.int() }),
  /** The two have met and parted: was it handed over? */
  event('request-met', { requestId: requestIdSchema }),
  /** Whoever brings it is near: so that a phone that is not looked at can say so. */
  event('request-near', { requestId: requestIdSchema }),
  event('request-denied', { requestId: requestIdSchema }),
  /** They met, and nobody answered: it counts as delivered. */
  event('request-assumed', { requestId: requestIdSchema }),
  event('request-unassumed', { requestId: requestIdSchema }),
  /** An alarm cancelled by its author or left behind: open until a helper has looked. */
  event('request-needs-check', { requestId: requestIdSchema }),
  event('request-closed', { requestId: requestIdSchema, distanceM }),
  event('request-escalated', { requestId: requestIdSchema }),
  /** An alarm nobody owns yet, told again, also to whoever is near now. */
  event('request-repeated', { requestId: requestIdSchema, toldIds: memberIds }),
  event('handed-over', {
    handOverId: handOverIdSchema,
    runnerId: memberIdSchema,
    cyclistId: memberIdSchema,
    kind: itemKindSchema,
    quantity: z.int(),
    requestId: z.nullable(requestIdSchema),
  }),

  event('alert-asked', {
    alertId: alertIdSchema,
    rule: alertRuleSchema,
    memberId: memberIdSchema,
    value: z.nullable(z.number()),
    sinceMs: timeMsSchema,
  }),
  event('alert-raised', {
    alertId: alertIdSchema,
    rule: alertRuleSchema,
    memberId: z.nullable(memberIdSchema),
    value: z.nullable(z.number()),
    sinceMs: timeMsSchema,
  }),
  event('alert-answered', { alertId: alertIdSchema, answer: alertAnswerSchema }),
  event('alert-owned', { alertId: alertIdSchema, ownerId: memberIdSchema }),
  event('alert-sent', { alertId: alertIdSchema, toId: memberIdSchema }),
  event('alert-cleared', { alertId: alertIdSchema, over: alertOverSchema }),

  event('regroup-called', {
    regroupId: regroupIdSchema,
    groupId: z.nullable(groupIdSchema),
    place: placeSchema,
    atM: z.nullable(z.number()),
    atMs: timeMsSchema,
  }),
  event('regroup-answered', { regroupId: regroupIdSchema, memberId: memberIdSchema, answer: regroupAnswerSchema }),
  event('regroup-ended', { regroupId: regroupIdSchema }),

  event('message-sent', { messageId: messageIdSchema, groupId: z.nullable(groupIdSchema) }),
  event('message-seen', { messageId: messageIdSchema, memberId: memberIdSchema }),
])
export type RunEvent = z.infer<typeof runEventSchema>

export const factSchema = z.strictObject({
  /** 1 for the first of a run, without holes in the journal; a seat sees holes where facts are hidden. */
  version: z.int().check(z.positive()),
  atMs: timeMsSchema,
  /** `null`: the server, for a rule that came due. */
  byId: z.nullable(memberIdSchema),
  commandId: commandIdSchema,
  event: runEventSchema,
})
export type Fact = z.infer<typeof factSchema>
