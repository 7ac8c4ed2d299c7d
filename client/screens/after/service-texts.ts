import type { Service } from '../../state/after-log.ts'
import { ageText, t } from '../texts.ts'

/** Of fewer waits a middle says nothing. */
const MEDIAN_OF_LEAST = 3

/** What was served, in a few short sentences. */
export function serviceTexts({ served, unasked, unserved, medianWaitMs, longest, calls }: Service): string[] {
  return [
    t.after.served(served),
    unasked > 0 && t.after.ofThemUnasked(unasked),
    unserved > 0 && t.after.unserved(unserved),
    medianWaitMs !== null && served - unasked >= MEDIAN_OF_LEAST && t.after.medianWait(ageText(medianWaitMs)),
    longest?.waitMs != null && t.after.longestWait(ageText(longest.waitMs), longest.runner),
    calls > 0 && t.after.calls(calls),
  ].filter((text) => text !== false)
}
