/** When a phone is synced again: its link is open, and it has what was newest at a moment. */
import type { Field } from './field.ts'
import type { RecordedPhone } from './recorded-phone.ts'
import { rest } from './waiting.ts'

const LOOK_EVERY_MS = 20

/** The newest version that anybody has seen or was told. */
export const newestVersion = ({ club }: Field): number =>
  Math.max(...club.everybody.map((phone) => phone.view().run.version))

/** So long after its link has opened a seat that is told little has heard what there was for it. */
const HEARD_WITHIN_MS = 1_000

/**
 * A seat that sees most of what happens has `version`. Others rightly stand at an older one when what came since is
 * hidden from them: they are synced when they kept their link since `sinceMs`, or have had it again for a while.
 */
export function isSynced(phone: RecordedPhone, sinceMs: number, version: number): boolean {
  const { link, run, isCaughtUp } = phone.view()
  if (link === 'gone') return true
  if (link !== 'online' || !isCaughtUp) return false
  const seesMost = phone.role === 'leader' || (phone.role === 'cyclist' && phone.name !== 'Slow cyclist')
  const linkedMs = phone.lastOfflineMs()
  return run.version >= version || (!seesMost && (linkedMs < sinceMs || performance.now() - linkedMs > HEARD_WITHIN_MS))
}

/**
 * Resolves, once all are or the time is up, with how long each took from `fromMs`; `null` for those that are not.
 * `isLinkLost`: their links broke at `fromMs`, whether they have noticed it yet or not.
 */
export async function syncTimesMs(
  field: Field,
  phones: readonly RecordedPhone[],
  fromMs: number,
  withinMs: number,
  isLinkLost = false,
): Promise<(number | null)[]> {
  const version = newestVersion(field)
  const times: (number | null)[] = phones.map(() => null)
  while (times.includes(null) && performance.now() - fromMs < withinMs) {
    for (const [i, phone] of phones.entries())
      if (times[i] === null && (!isLinkLost || hasNoticed(phone, fromMs)) && isSynced(phone, fromMs, version))
        times[i] = performance.now() - fromMs
    await rest(LOOK_EVERY_MS)
  }
  return times
}

const hasNoticed = (phone: RecordedPhone, sinceMs: number): boolean =>
  phone.lastOfflineMs() > sinceMs || phone.view().link === 'gone'
