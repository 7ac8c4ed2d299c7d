/** The way of this phone's owner, kept beside its fixes so that a reload goes on from there; forgotten with them. */
import { signal } from '@preact/signals'
import type { Fix } from '../../../shared/geo/fix.ts'
import type { FreeTrackState } from '../../../shared/geo/pace/free-track.ts'
import type { PhoneStorage } from '../../net/phone-storage.ts'
import { whenLoaded } from '../when-loaded.ts'

const KEY = 'own-way'
/** Raised when what is kept changes its shape: what an older page kept is not read. */
const LAYOUT = 1

type Kept = { readonly layout: number; readonly way: FreeTrackState }

export function ownWay(storage: PhoneStorage) {
  /** `null` until what reckons it has been loaded. */
  const way = signal<FreeTrackState | null>(null)
  let early: Fix[] = []
  let take = (fix: Fix): void => void early.push(fix)
  const loaded = storage.get(KEY).catch(() => undefined) // a browser that keeps nothing begins anew
  const reckoning = whenLoaded(() => import('../../state/own-way.ts'))
  void Promise.all([loaded, reckoning]).then(([found, { noOwnWay, ownWayAfter }]) => {
    const kept = found as Kept | undefined
    let now = kept?.layout === LAYOUT ? kept.way : noOwnWay
    take = (fix) => {
      now = ownWayAfter(now, fix)
      way.value = now
      void storage.set(KEY, { layout: LAYOUT, way: now } satisfies Kept).catch(() => undefined)
    }
    way.value = now
    for (const fix of early) take(fix)
    early = []
  })

  return { way, add: (fix: Fix): void => take(fix) }
}
