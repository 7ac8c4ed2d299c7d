/** Everybody who shares moves and records a fix every two seconds or so, whatever becomes of the network. */

import type { Random } from '../../client/simulate/random.ts'
import { asSent } from '../../shared/frame/fix-codec.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { keyOf } from './check-tracks.ts'
import type { RecordedPhone } from './recorded-phone.ts'

/** No divisor of the 10 s between receipts, so that these come at any point between two fixes. */
const FIX_EVERY_MS = 2_100
const LOOK_EVERY_MS = 100
const SPEED_MPS = 3
const START: Place = { latitudeDeg: 51.128, longitudeDeg: 71.43 }

/** Returns what stops them. */
export function letWalk(phones: readonly RecordedPhone[], random: Random): () => void {
  const walkers = phones.map((phone, i) => ({
    phone,
    place: movedPlace(START, 40 * i, 15 * i),
    nextMs: performance.now() + random.next() * FIX_EVERY_MS,
    been: new Set<string>(),
  }))
  const timer = setInterval(() => {
    const nowMs = performance.now()
    for (const walker of walkers) {
      if (nowMs < walker.nextMs || walker.phone.view().link === 'gone') continue
      walker.nextMs += FIX_EVERY_MS
      const stepM = (SPEED_MPS * FIX_EVERY_MS) / 1_000
      const from = walker.place
      // A fix is known by its place, as it is sent: nobody is twice within a decimetre.
      do walker.place = movedPlace(from, random.between(-stepM, stepM), random.between(-stepM, stepM))
      while (walker.been.has(sentKey(walker.place)))
      walker.been.add(sentKey(walker.place))
      walker.phone.addFix(walker.place)
    }
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

const sentKey = (place: Place): string => keyOf(asSent({ ...place, takenAtMs: 0 }))
