import type { Service } from '../../state/after-log.ts'
import { ageText, t } from '../texts.ts'

/** What was served, in a few short sentences. */
export function serviceTexts({ served, unasked, unserved, medianWaitMs, longest, calls }: Service): string[] {
  return [
    t.after.served(served),
    unasked > 0 && t.after.ofThemUnasked(unasked),
    unserved > 0 && t.after.unserved(unserved),
    medianWaitMs !== null && t.after.medianWait(ageText(medianWaitMs)),
    longest?.waitMs != null && t.after.longestWait(ageText(longest.waitMs), longest.runner),
    calls > 0 && t.after.calls(calls),
  ].filter((text) => text !== false)
}
