import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PersistentMap } from '../../shared/persistent-map.ts'

type Change = readonly [key: string, value: number | null]
const change: fc.Arbitrary<Change> = fc.tuple(
  fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((no) => `mbr_${no}`),
    fc.string(),
  ),
  fc.option(fc.nat(9), { nil: null }),
)
const changes = fc.array(change, { maxLength: 200, size: 'max' })
const manyKeys = Array.from({ length: 6_000 }, (_, no) => [`mbr_${no}`, no] as const)

function applied(all: readonly Change[]) {
  let map = PersistentMap.empty<string, number>()
  const model = new Map<string, number>()
  for (const [key, value] of all) {
    map = value === null ? map.delete(key) : map.set(key, value)
    if (value === null) model.delete(key)
    else model.set(key, value)
  }
  return { map, model }
}

test('[PM1] it holds what a Map would hold after the same changes', () => {
  fc.assert(
    fc.property(changes, (all) => {
      const { map, model } = applied(all)
      expect(map.size).toBe(model.size)
      expect([...map.values()].sort()).toEqual([...model.values()].sort())
      for (const [key] of all) {
        expect(map.get(key)).toBe(model.get(key))
        expect(map.has(key)).toBe(model.has(key))
      }
    }),
  )
})

test('[PM2] equal contents are equal structures, whatever the history', () => {
  fc.assert(
    fc.property(changes, (all) => {
      const { map, model } = applied(all)
      expect(map).toStrictEqual(PersistentMap.from([...model].reverse()))
      expect(map.filter((value) => value > 4)).toStrictEqual(
        PersistentMap.from([...model].filter(([, value]) => value > 4)),
      )
      expect(map.map((value) => -value)).toStrictEqual(
        PersistentMap.from([...model].map(([key, value]) => [key, -value] as const)),
      )
    }),
  )
})

test('[PM3] a change leaves the map it was made from as it was', () => {
  const before = PersistentMap.from<string, number>([['a', 1]])
  const after = before.set('a', 2).set('b', 3)
  expect([before.get('a'), before.has('b'), after.get('a'), after.delete('a').has('a')]).toEqual([1, false, 2, false])
  expect(before.delete('b')).toBe(before)
})

test('[PM4] among 6,000 keys a change copies about forty entries', () => {
  const map = PersistentMap.from(manyKeys)
  const leaves = (of: PersistentMap<string, number>) => new Set(Object.values(of).flat(2))
  const [before, after] = [leaves(map), leaves(map.set('mbr_17', -1))]
  const copied = [...after].filter((leaf) => Array.isArray(leaf) && !before.has(leaf)).flat()
  expect(map.size).toBe(6_000)
  expect(copied.length).toBeLessThan(40)
})
