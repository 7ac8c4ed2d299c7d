import { expect, test } from 'vitest'
import { noProgress, type ProgressState, progressAfter } from '../../shared/geo/progress/filter.ts'
import { packed, unpacked } from '../../shared/geo/progress/packed-state.ts'
import { routeMap } from '../../shared/geo/progress/route-map.ts'
import { placeAtM, routeLine } from '../../shared/geo/route.ts'

test('[PG38] a state packed as numbers comes out as it went in, all through an out-and-back with stops and gaps', () => {
  const there = Array.from({ length: 40 }, (_, i) => ({
    latitudeDeg: 51 + i / 2_000,
    longitudeDeg: 71 + (i % 3) / 5_000,
  }))
  const line = routeLine([...there, ...there.toReversed().slice(1)])
  const map = routeMap(line)
  expect(unpacked(packed(noProgress))).toEqual(noProgress)
  let state: ProgressState = noProgress
  let most = 0
  let spare = packed(noProgress)
  for (let s = 0; s < 2_500; s += s % 300 === 0 ? 90 : 5) {
    const place = placeAtM(line, Math.min(line.lengthM, s * 3))
    const off = s > 1_500 && s < 1_600 ? 0.002 : 0
    const fix = {
      ...place,
      longitudeDeg: place.longitudeDeg + off,
      takenAtMs: 1_800_000_000_000 + s * 1_000,
      accuracyM: 8,
    }
    const next = progressAfter(map, state, fix)
    expect(progressAfter(map, unpacked(packed(state)), fix)).toEqual(next)
    expect(unpacked(packed(next))).toEqual(next)
    spare = packed(next, spare)
    expect(spare).toEqual(packed(next))
    most = Math.max(most, next.hypotheses.length)
    state = next
  }
  expect(most).toBeGreaterThan(1)
})
