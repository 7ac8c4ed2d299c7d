/** The way of this phone's owner, kept beside its fixes so that a reload goes on from there; forgotten with them. */
import { signal } from '@preact/signals'
import type { Fix } from '../../../shared/geo/fix.ts'
import { type FreeTrackState, noFreeTrack } from '../../../shared/geo/pace/free-track.ts'
import type { PhoneStorage } from '../../net/phone-storage.ts'
import { ownWayAfter } from '../../state/own-way.ts'

const KEY = 'own-way'
/** Raised when what is kept changes its shape: what an older page kept is not read. */
const LAYOUT = 1

type Kept = { readonly layout: number; readonly way: FreeTrackState }

export function ownWay(storage: PhoneStorage) {
  const way = signal(noFreeTrack)
  let early: Fix[] | null = []
  const take = (fix: Fix) => {
    way.value = ownWayAfter(way.value, fix)
  }
  const loaded = storage.get(KEY).catch(() => undefined) // a browser that keeps nothing begins anew
  void loaded.then((found) => {
    const kept = found as Kept | undefined
    if (kept?.layout === LAYOUT) way.value = kept.way
    for (const fix of early ?? []) take(fix)
    early = null
  })

  return {
    way,
    add(fix: Fix): void {
      if (early) return void early.push(fix)
      take(fix)
      void storage.set(KEY, { layout: LAYOUT, way: way.value } satisfies Kept).catch(() => undefined)
    },
  }
}
