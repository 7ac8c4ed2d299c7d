import type { Refusal } from '../../../shared/protocol/errors.ts'
import { refusalText, t } from '../texts.ts'

/** @param over what is said of a secret that was renewed since. */
export function clubRefusalText(refusal: Refusal, over: string): string {
  if (refusal.code === 'no-such-thing') return over
  return refusal.code === 'not-a-member' ? t.club.invalid : refusalText(refusal)
}
