/**
 * Every refusal the wire can carry, with what the phone should do about it.
 *
 * A refusal is an answer, not a failure: the rules return it. Anything thrown is a bug or an
 * outage, and leaves the server only as `internal`.
 */
export const refusals = {
  /** Also for a run that does not exist, a withdrawn invite, an old seat: nothing is told apart. */
  'not-a-member': { phoneShould: 'stop' },
  'not-for-your-role': { phoneShould: 'tell' },
  'run-not-live': { phoneShould: 'tell' },
  'run-has-ended': { phoneShould: 'tell' },
  'too-early': { phoneShould: 'tell' },
  'not-out': { phoneShould: 'tell' },
  'already-open': { phoneShould: 'tell' },
  'someone-else-has-it': { phoneShould: 'tell' },
  'already-ended': { phoneShould: 'tell' },
  'no-such-thing': { phoneShould: 'tell' },
  'someone-is-missing': { phoneShould: 'ask' },
  'last-leader': { phoneShould: 'tell' },
  malformed: { phoneShould: 'tell' },
  'protocol-too-old': { phoneShould: 'reload' },
  'too-many': { phoneShould: 'retry' },
  'retry-later': { phoneShould: 'retry' },
  internal: { phoneShould: 'retry' },
} as const satisfies Record<string, { phoneShould: 'stop' | 'tell' | 'ask' | 'reload' | 'retry' }>

export type RefusalCode = keyof typeof refusals

export type Refusal = {
  readonly ok: false
  readonly code: RefusalCode
  /** Which field of the message was wrong, as a path: `command.quantity`. */
  readonly field?: string
  /** One plain sentence in English, for whoever reads logs. */
  readonly detail?: string
  readonly retryAfterMs?: number
}

export const refuse = (code: RefusalCode, more: Omit<Refusal, 'ok' | 'code'> = {}): Refusal => ({
  ok: false,
  code,
  ...more,
})
