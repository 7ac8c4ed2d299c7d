/**
 * What a member may wish. A command becomes facts or is refused (server/core/decide.ts); its ids are
 * made where the wish is, so that a wish sent twice is one.
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
  timeMsSchema,
  trackerIdSchema,
} from '../units.ts'
import { alertAnswerSchema, alertRuleSchema } from './alerts.ts'
import { drinkPlanSchema, heatSchema } from './drink.ts'
import { emergencyContactSchema } from './emergency.ts'
import { helperKindSchema, helperStateSchema } from './helping.ts'
import { pushSubscriptionSchema } from './push.ts'
import { regroupAnswerSchema } from './regroup.ts'
import { itemKindSchema, requestKindSchema } from './requests.ts'
import { pauseReasonSchema, roleSchema, stopReasonSchema } from './roles.ts'
import { stockSchema } from './stock.ts'
import { messageTextSchema, nameSchema, noteSchema, phoneSchema, titleSchema } from './words.ts'

const command = <Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape })

const quantitySchema = z.int().check(z.minimum(1), z.maximum(5))
export const colourSchema = z.string().check(z.regex(/^#[0-9a-f]{6}$/))
export const targetPaceSchema = z.nullable(z.number().check(z.minimum(0.5), z.maximum(15)))
/** From a minute to four days. */
/** A run that never ended would be kept for ever. */
export const durationSchema = z.int().check(z.minimum(60_000), z.maximum(4 * 86_400_000))
/** How many helpers the run could use; `null` when nobody has said. */
export const helpersWantedSchema = z.nullable(z.int().check(z.minimum(0), z.maximum(500)))
const startNumberSchema = z.string().check(z.minLength(1), z.maxLength(12))
const headCountSchema = z.int().check(z.minimum(1), z.maximum(500))

/** When it was tapped, by the phone's idea of the server's clock: a tick made offline counts from then. Left out: as it comes in. */
const tappedAtSchema = z.optional(timeMsSchema)

export const commandSchema = z.discriminatedUnion('type', [
  // A leader's
  command('start-run', {}),
  /** Refused while somebody is out or something is open, unless `despiteMissing`. */
  command('end-run', { despiteMissing: z.boolean() }),
  /** Before the start, and as it is to be from then on; `title`: `null` leaves it. */
  command('change-plan', {
    title: z.nullable(titleSchema),
    plannedStartMs: timeMsSchema,
    expectedDurationMs: durationSchema,
    helpersWanted: helpersWantedSchema,
  }),
  command('extend-run', { expectedEndMs: timeMsSchema }),
  command('add-group', {
    groupId: groupIdSchema,
    name: nameSchema,
    colour: colourSchema,
    targetPaceMps: targetPaceSchema,
  }),
  /** Everything but its name as it is to be from now on. */
  command('change-group', {
    groupId: groupIdSchema,
    name: nameSchema,
    colour: colourSchema,
    targetPaceMps: targetPaceSchema,
    leaderId: z.nullable(memberIdSchema),
    backMarkerId: z.nullable(memberIdSchema),
  }),
  command('issue-invite', {
    inviteId: inviteIdSchema,
    role: roleSchema,
    groupId: z.nullable(groupIdSchema),
    /** The child a guardian watches; `null` for every other role. */
    wardId: z.nullable(memberIdSchema),
    maxUses: z.int().check(z.minimum(1), z.maximum(10_000)),
    expiresAtMs: timeMsSchema,
  }),
  command('withdraw-invite', { inviteId: inviteIdSchema }),
  command('change-member', { memberId: memberIdSchema, role: roleSchema, groupId: z.nullable(groupIdSchema) }),
  command('remove-member', { memberId: memberIdSchema }),
  /** Answered with a new seat for the member; the old phone is out. */
  command('reseat-member', { memberId: memberIdSchema }),
  command('pass-leadership', { toMemberId: memberIdSchema }),
  command('count-guests', {
    guestsId: guestsIdSchema,
    count: headCountSchema,
    name: z.nullable(nameSchema),
    startNumber: z.nullable(startNumberSchema),
  }),
  command('account-guests', { guestsId: guestsIdSchema, count: headCountSchema }),
  command('send-message', {
    messageId: messageIdSchema,
    text: messageTextSchema,
    groupId: z.nullable(groupIdSchema),
  }),

  command('set-conditions', { heat: heatSchema, alertsOff: z.array(alertRuleSchema) }),
  command('set-minor', { memberId: memberIdSchema, isMinor: z.boolean() }),
  /** Takes what counts from the last head count on as unseen. */
  command('begin-head-count', {}),
  command('call-regroup', {
    regroupId: regroupIdSchema,
    groupId: z.nullable(groupIdSchema),
    name: nameSchema,
    place: placeSchema,
    atM: z.nullable(z.number().check(z.nonnegative())),
    atMs: timeMsSchema,
  }),
  command('end-regroup', { regroupId: regroupIdSchema }),
  /** To a helper, whose queue shows it from then on. */
  command('send-alert', { alertId: alertIdSchema, toId: memberIdSchema }),
  command('clear-alert', { alertId: alertIdSchema }),

  // A leader's, a cyclist's or a back marker's
  /** "Seen here": they counted them, or saw them pass. */
  command('see-members', {
    memberIds: z.array(memberIdSchema).check(z.minLength(1), z.maxLength(500)),
    seenAtMs: tappedAtSchema,
  }),
  /** "All mine are here." */
  command('see-group', { groupId: groupIdSchema, seenAtMs: tappedAtSchema }),
  command('see-number', { startNumber: startNumberSchema, seenAtMs: tappedAtSchema }),
  command('see-guests', { guestsId: guestsIdSchema, count: headCountSchema, seenAtMs: tappedAtSchema }),
  command('own-alert', { alertId: alertIdSchema }),

  // A member's, about themselves
  /** When it was tapped, by the phone's idea of the server's clock: a tap made offline counts from then. */
  command('start-sharing', { sinceMs: timeMsSchema }),
  command('stop-sharing', { untilMs: timeMsSchema }),
  command('pause', { reason: pauseReasonSchema }),
  /** `memberId`: whom a leader accounts for; otherwise one's own. */
  command('stop', { memberId: memberIdSchema, reason: stopReasonSchema, untilMs: timeMsSchema }),
  command('return', { memberId: memberIdSchema }),
  command('rename', { name: nameSchema }),
  command('set-phone', { phone: z.nullable(phoneSchema) }),
  /** Whom to call, and what who helps must know. */
  command('set-emergency', { contact: z.nullable(emergencyContactSchema), note: z.nullable(noteSchema) }),
  command('set-usual', { kind: itemKindSchema, quantity: quantitySchema, note: z.nullable(noteSchema) }),
  /** Where this phone can be pushed to, known to the server alone; `null`: no more. */
  command('set-push', { subscription: z.nullable(pushSubscriptionSchema) }),
  command('set-drink-plan', { plan: z.nullable(drinkPlanSchema) }),
  command('have-drunk', { drinkMl: z.int().check(z.minimum(10), z.maximum(2_000)) }),
  command('answer-alert', { alertId: alertIdSchema, answer: alertAnswerSchema }),
  command('answer-regroup', { regroupId: regroupIdSchema, answer: regroupAnswerSchema }),
  command('detach-tracker', { trackerId: trackerIdSchema }),
  command('see-message', { messageId: messageIdSchema }),
  /** Deletes the member's words and track at once and for good. */
  command('erase-me', {}),

  // Requests and hand-overs
  command('raise-request', {
    requestId: requestIdSchema,
    kind: requestKindSchema,
    quantity: quantitySchema,
    note: z.nullable(noteSchema),
  }),
  /** Also takes over what was claimed by another, when that was offered. */
  command('claim-request', { requestId: requestIdSchema }),
  /** "I am still coming", to a claimer who was asked. */
  command('keep-claim', { requestId: requestIdSchema }),
  command('release-request', { requestId: requestIdSchema }),
  command('cancel-request', { requestId: requestIdSchema }),
  /** The author's "got it". */
  command('confirm-delivered', { requestId: requestIdSchema }),
  /** Nothing was handed over, although they met. By either of the two. */
  command('deny-hand-over', { requestId: requestIdSchema }),
  /** Nothing was handed over, although it was assumed. By either of the two, or a leader. */
  command('undo-assumed', { requestId: requestIdSchema }),
  /** A helper closes what is not a thing to hand over: a repair, a call for help, a check on somebody. */
  command('close-request', { requestId: requestIdSchema }),
  command('record-hand-over', {
    handOverId: handOverIdSchema,
    runnerId: memberIdSchema,
    kind: itemKindSchema,
    quantity: quantitySchema,
  }),

  // A helper's, about themselves
  command('set-helping', { kind: helperKindSchema, state: helperStateSchema }),
  command('set-stock', { stock: stockSchema, isRefill: z.boolean() }),
])
export type Command = z.infer<typeof commandSchema>

/** A command as it travels: its id is made once, however often it is sent. */
export const sentCommandSchema = z.strictObject({ commandId: commandIdSchema, command: commandSchema })
export type SentCommand = z.infer<typeof sentCommandSchema>
