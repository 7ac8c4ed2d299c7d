/** A phone that has never been there, on somebody's seat: what the servers say, not what another screen remembers. */
import { openPhone } from '../../client/net/open-phone.ts'
import type { Phone } from '../../client/net/phone.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import { checkSight, sightOf } from './check-sight.ts'
import type { RecordedPhone } from './recorded-phone.ts'
import type { Trouble } from './trouble.ts'
import { rest, until } from './waiting.ts'

const OPEN_WITHIN_MS = 15_000
const COMPARE_EVERY_MS = 150

export async function withFreshPhone<T>(
  urls: readonly string[],
  seat: string,
  work: (phone: Phone) => Promise<T>,
): Promise<T> {
  const phone = openPhone({ urls, seat, storage: memoryPhoneStorage(), isLooking: false })
  try {
    await until(() => phone.view().isCaughtUp || phone.view().link === 'gone', OPEN_WITHIN_MS)
    return await work(phone)
  } finally {
    await phone.close()
  }
}

/**
 * Compares until they are the same or the time is up. Seats that are not told of everything may stand at an older
 * version while the run goes on: then only what they show is compared.
 */
export const differences = (
  old: RecordedPhone,
  urls: readonly string[],
  withinMs: number,
  isVersionCompared: boolean,
): Promise<Trouble[]> =>
  withFreshPhone(urls, old.seat, async (fresh) => {
    const startedMs = performance.now()
    for (;;) {
      const [mine, theirs] = [sightOf(old.view()), sightOf(fresh.view())]
      const troubles = checkSight(old.name, mine, isVersionCompared ? theirs : { ...theirs, version: mine.version })
      if (troubles.length === 0 || performance.now() - startedMs > withinMs) return troubles
      await rest(COMPARE_EVERY_MS)
    }
  })
