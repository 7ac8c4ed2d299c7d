/** What a server pushes to a phone that does not look: ids and kinds, and no word of anybody's. */
import { z } from 'zod/mini'
import { alertIdSchema, memberIdSchema, regroupIdSchema, requestIdSchema, runIdSchema, timeMsSchema } from '../units.ts'
import { alertRuleSchema } from './alerts.ts'
import { requestKindSchema } from './requests.ts'

const text = (min: number, max: number) =>
  z.string().check(z.minLength(min), z.maxLength(max), z.regex(/^[A-Za-z0-9_-]+={0,2}$/))

/** Where a browser wants to be pushed to, and the keys that only it can open what comes with. */
export const pushSubscriptionSchema = z.strictObject({
  endpoint: z.string().check(z.minLength(10), z.maxLength(1_000), z.regex(/^https?:\/\/[^\s"<>\\^`{|}]+$/)),
  /** A point on P-256, and 16 bytes. */
  p256dh: text(87, 88),
  auth: text(22, 24),
})
export type PushSubscriptionGiven = z.infer<typeof pushSubscriptionSchema>

export const pushWhats = [
  /** To cyclists: somebody waits for something they may bring. */
  'asked',
  'help',
  /** To who asked. */
  'claimed',
  'near',
  'nobody',
  /** To leaders: one that is worth a sound. */
  'alert',
  /** To a helper to whom a leader sent one. */
  'sent',
  'are-you-fine',
  'regroup',
  'started',
  'test',
] as const
export const pushWhatSchema = z.enum(pushWhats)

export const pushNoteSchema = z.strictObject({
  runId: runIdSchema,
  /** Whose phone it is: one browser may have several seats of a run. */
  toId: memberIdSchema,
  what: pushWhatSchema,
  atMs: timeMsSchema,
  /** Who asks, comes, or is meant. */
  aboutId: z.optional(memberIdSchema),
  requestId: z.optional(requestIdSchema),
  kind: z.optional(requestKindSchema),
  alertId: z.optional(alertIdSchema),
  rule: z.optional(alertRuleSchema),
  regroupId: z.optional(regroupIdSchema),
})
export type PushNote = z.infer<typeof pushNoteSchema>

/** A later note of the same takes the place of an earlier one, on the way and on the screen. */
export const replacesKey = ({ runId, what, requestId, alertId, regroupId }: PushNote): string =>
  requestId ?? alertId ?? regroupId ?? `${what}/${runId}`
