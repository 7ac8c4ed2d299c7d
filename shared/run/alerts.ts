/** Every kind of alert. A new kind is a new row here, and a file in server/core/alerts. Calls for help are requests, and not here. */
import { z } from 'zod/mini'
import { type AlertId, alertIdSchema, type MemberId, memberIdSchema, timeMsSchema } from '../units.ts'
import type { Role } from './roles.ts'

export type AlertPolicy = {
  /** Sound is for a person both silent and overdue, and water running out; all else is a list. */
  readonly isAudible: boolean
  /** Whom it is about is asked first; the leader is told a minute later, unless they said that all is well. */
  readonly asksFirst: boolean
  /** Of a person, or of the run. */
  readonly isOfMember: boolean
  readonly isOnAtFirst: boolean
}

const aboutMember = { isAudible: false, asksFirst: false, isOfMember: true, isOnAtFirst: true }
const aboutRun = { ...aboutMember, isOfMember: false }

export const alertRules = {
  /** Silent, and the group has passed a place where they were not seen. */
  'silent-overdue': { ...aboutMember, isAudible: true, asksFirst: true },
  'off-route': { ...aboutMember, asksFirst: true },
  'wrong-way': { ...aboutMember, asksFirst: true },
  stopped: { ...aboutMember, asksFirst: true },
  straggling: aboutMember,
  'no-contact': aboutMember,
  'low-battery': { ...aboutMember, isOnAtFirst: false },
  'split-pack': aboutRun,
  'water-out': { ...aboutRun, isAudible: true },
  /** Everybody silent at once is the network. */
  network: aboutRun,
  'cyclist-far': { ...aboutMember, isOnAtFirst: false },
} as const satisfies Record<string, AlertPolicy>

export type AlertRule = keyof typeof alertRules
export const alertRuleNames = Object.keys(alertRules) as [AlertRule, ...AlertRule[]]
export const alertRuleSchema = z.enum(alertRuleNames)
export const alertPolicyOf = (rule: AlertRule): AlertPolicy => alertRules[rule]

export const alertAnswerSchema = z.enum(['fine', 'need-help'])
export const alertOverSchema = z.enum(['over', 'fine', 'by-leader', 'accounted-for', 'run-ended'])

export const alertSchema = z.strictObject({
  /** Made of rule, member and episode: however many nodes see it, it is one. */
  alertId: alertIdSchema,
  rule: alertRuleSchema,
  /** `null` for an alert of the run. */
  memberId: z.nullable(memberIdSchema),
  /** `asked`: only whom it is about knows. `raised`: a leader should own it. */
  status: z.enum(['asked', 'raised', 'owned', 'cleared']),
  /** What the rule measured, in the unit of its kind: metres, minutes, pieces; `null` when it is yes or no. */
  value: z.nullable(z.number()),
  sinceMs: timeMsSchema,
  statusAtMs: timeMsSchema,
  answer: z.nullable(alertAnswerSchema),
  ownerId: z.nullable(memberIdSchema),
  /** Helpers whom a leader sent it to: nobody else's queue has it. */
  sentToIds: z.array(memberIdSchema),
  over: z.nullable(alertOverSchema),
})
export type Alert = z.infer<typeof alertSchema>

/** AT2: as the table says, unless the leader has put it the other way. */
export const isAlertOn = ({ alertsOff }: { readonly alertsOff: readonly AlertRule[] }, rule: AlertRule): boolean =>
  alertPolicyOf(rule).isOnAtFirst !== alertsOff.includes(rule)

/** Somebody's business still. */
export const isUncleared = ({ status }: Alert): boolean => status !== 'cleared'

/** AT19: worth a sound, once a leader is to know. What only its member is asked about makes none. */
export const isAudible = ({ rule, status }: Alert): boolean => status === 'raised' && alertPolicyOf(rule).isAudible

type Person = { readonly memberId: MemberId; readonly role: Role }

/** AT9: a leader may take it from a helper, and whom a leader has sent it to from that leader. */
export const mayTakeFrom = (owner: Person, by: Person, { sentToIds }: Alert): boolean =>
  by.role === 'leader' ? owner.role !== 'leader' : owner.role === 'leader' && sentToIds.includes(by.memberId)

/** AT1: of the rule, the number of whom it is about (0: the run) and when the episode began. No two episodes are alike in all three. */
export function alertIdOf(rule: AlertRule, memberNo: number, sinceMs: number): AlertId {
  const digits = (value: number, width: number) => value.toString(36).padStart(width, '0')
  return `alr_${rule.replaceAll('-', '')}${digits(memberNo, 4)}${digits(sinceMs, 9)}` as AlertId
}
