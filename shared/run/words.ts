/**
 * Words apart from facts: names, notes, messages and phone numbers are personal and can be erased,
 * while the journal stays. Events carry ids only; the text lies beside them under a key.
 */
import { z } from 'zod/mini'
import {
  type GroupId,
  type GuestsId,
  type MemberId,
  type MessageId,
  memberIdSchema,
  type RegroupId,
  type RequestId,
} from '../units.ts'
import type { Fact } from './events.ts'

/** The members' limits, in UTF-16 code units. */
export const NAME_MAX = 40
export const NOTE_MAX = 140
export const MESSAGE_MAX = 280

const text = (max: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(max), z.regex(/^[^\p{Cc}]*$/u, 'has control characters'))

export const nameSchema = text(NAME_MAX)
export const noteSchema = text(NOTE_MAX)
export const messageTextSchema = text(MESSAGE_MAX)
export const titleSchema = text(80)
export const phoneSchema = z.string().check(z.regex(/^\+?[0-9 ()-]{3,20}$/))

export const wordSchema = z.strictObject({
  key: z.string(),
  /** Whose word it is: it goes when this member is erased. `null`: the run's own. */
  ownerId: z.nullable(memberIdSchema),
  text: z.string(),
})
export type Word = z.infer<typeof wordSchema>

export const wordKey = {
  title: 'title',
  name: (memberId: MemberId) => `name:${memberId}`,
  phone: (memberId: MemberId) => `phone:${memberId}`,
  note: (requestId: RequestId) => `note:${requestId}`,
  /** Where to push: as JSON, for the server alone. */
  push: (memberId: MemberId) => `push:${memberId}`,
  usualNote: (memberId: MemberId) => `usual:${memberId}`,
  /** Whom to call for them: see emergency.ts. */
  emergency: (memberId: MemberId) => `emergency:${memberId}`,
  medical: (memberId: MemberId) => `medical:${memberId}`,
  message: (messageId: MessageId) => `message:${messageId}`,
  guests: (guestsId: GuestsId) => `guests:${guestsId}`,
  regroup: (regroupId: RegroupId) => `regroup:${regroupId}`,
  group: (groupId: GroupId) => `group:${groupId}`,
} as const

/** PU3: told to no seat, and taken from none. */
export const isForServerAlone = (key: string): boolean => key.startsWith('push:')

/** The words that a fact gives for the first time, or anew. */
export function wordKeysSetBy({ event }: Pick<Fact, 'event'>): string[] {
  switch (event.type) {
    case 'run-planned':
    case 'plan-changed':
      return [wordKey.title]
    case 'group-added':
    case 'group-changed':
      return [wordKey.group(event.groupId)]
    case 'regroup-called':
      return [wordKey.regroup(event.regroupId)]
    case 'member-joined':
    case 'member-renamed':
      return [wordKey.name(event.memberId)]
    case 'phone-set':
      return [wordKey.phone(event.memberId)]
    case 'push-set':
      return [wordKey.push(event.memberId)]
    case 'usual-set':
      return [wordKey.usualNote(event.memberId)]
    case 'emergency-set':
      return [wordKey.emergency(event.memberId), wordKey.medical(event.memberId)]
    case 'guests-counted':
      return [wordKey.guests(event.guestsId)]
    case 'request-raised':
      return [wordKey.note(event.requestId)]
    case 'message-sent':
      return [wordKey.message(event.messageId)]
    default:
      return []
  }
}

/** The names that a fact is told with: whoever sees it may see these people nowhere else. */
function nameKeysIn({ event, byId }: Pick<Fact, 'event' | 'byId'>): string[] {
  switch (event.type) {
    case 'request-raised':
      return [wordKey.name(event.runnerId)]
    case 'request-claimed':
    case 'request-delivered':
      return event.cyclistId ? [wordKey.name(event.cyclistId)] : []
    case 'request-closed':
    case 'message-sent':
      return byId ? [wordKey.name(byId)] : []
    case 'handed-over':
      return [wordKey.name(event.runnerId), wordKey.name(event.cyclistId)]
    default:
      return []
  }
}

/** The words that a fact is told with. */
export const wordKeysOf = (fact: Pick<Fact, 'event' | 'byId'>): string[] => [
  ...wordKeysSetBy(fact),
  ...nameKeysIn(fact),
]

/** The words that a fact takes back. */
export function wordKeysTakenBackBy({ event }: Pick<Fact, 'event'>): string[] {
  switch (event.type) {
    case 'phone-set':
      return event.isGiven ? [] : [wordKey.phone(event.memberId)]
    case 'push-set':
      return event.isGiven ? [] : [wordKey.push(event.memberId)]
    case 'member-removed':
    case 'member-reseated':
      return [wordKey.push(event.memberId)] // PU4
    case 'usual-set':
      return event.hasNote ? [] : [wordKey.usualNote(event.memberId)]
    case 'emergency-set':
      return [
        ...(event.hasContact ? [] : [wordKey.emergency(event.memberId)]),
        ...(event.hasNote ? [] : [wordKey.medical(event.memberId)]),
      ]
    default:
      return []
  }
}

/** Written over what was under the key: nothing. */
export const noWord = (key: string): Word => ({ key, ownerId: null, text: '' })
