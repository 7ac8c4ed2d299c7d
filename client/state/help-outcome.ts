/** What may be said of a call for help: only the server's own answer counts as sent. */
import type { Refusal, RefusalCode } from '../../shared/protocol/errors.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../shared/units.ts'
import type { RunView } from './run-view.ts'

/** Whoever called for help must read within five seconds whether it went out; drawing it takes some of them. */
export const TELL_WITHIN_MS = 4.5 * SECOND_MS

export type HelpOutcome =
  | { readonly is: 'sending' }
  | { readonly is: 'sent' }
  /** Still being tried. */
  | { readonly is: 'not-sent' }
  | { readonly is: 'refused'; readonly code: RefusalCode }

/** `sinceTapMs` by a clock that only runs forward; `null` when the tap was before this page was opened. */
export function helpOutcome(
  answer: Accepted | Refusal | null,
  link: RunView['link'],
  sinceTapMs: number | null,
): HelpOutcome {
  if (answer?.ok) return { is: 'sent' }
  if (answer) return { is: 'refused', code: answer.code }
  if (link === 'offline' || link === 'gone' || link === 'outdated') return { is: 'not-sent' }
  return sinceTapMs === null || sinceTapMs >= TELL_WITHIN_MS ? { is: 'not-sent' } : { is: 'sending' }
}
