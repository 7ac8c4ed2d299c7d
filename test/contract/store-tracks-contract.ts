import fc from 'fast-check'
import { expect } from 'vitest'
import type { FixBatch, TrackPoint } from '../../server/store/store.ts'
import { NOTHING_STORED } from '../../server/store/stored.ts'
import {
  addition,
  batch,
  entries,
  memberId,
  type Point,
  phone,
  point,
  points,
  routeId,
  runId,
  tracker,
} from '../support/store-samples.ts'
import type { Contract } from './store-contract.ts'

const run = runId(1)
const track = (source: string, of: readonly Point[]): TrackPoint[] => of.map((one) => ({ source, ...one }))

/** Which fixes and dropped numbers there are, and the order and batches in which they are put. */
const deliveries = fc
  .record({
    flags: fc.array(fc.constantFrom('believed', 'unbelieved', 'aside', 'dropped'), { minLength: 1, maxLength: 30 }),
    repeats: fc.array(fc.nat(29), { maxLength: 15 }),
    cuts: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }),
    calls: fc.integer({ min: 1, max: 3 }),
  })
  .chain((plan) => {
    const indexes = plan.flags.map((_, index) => index)
    const all = [...indexes, ...plan.repeats.filter((index) => index < indexes.length)]
    return fc.record({ plan: fc.constant(plan), order: fc.shuffledSubarray(all, { minLength: all.length }) })
  })

export function tracksContract({ openWithRun, openForReopening, promise }: Contract): void {
  promise('ST9', 'in any order, however split and repeated, the track and the ranges are the same', async () => {
    const store = await openWithRun()
    let number = 0
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ plan, order }) => {
        const member = memberId(++number)
        const all = plan.flags.map((flag, index) => ({
          flag,
          point: point(index + 1, flag === 'dropped' ? {} : { flag }),
        }))
        const batches: FixBatch[] = []
        for (let at = 0, cut = 0; at < order.length; cut++) {
          const size = plan.cuts[cut % plan.cuts.length] ?? 1
          const part = order.slice(at, at + size).flatMap((index) => all[index] ?? [])
          const kept = part.filter(({ flag }) => flag !== 'dropped').map((one) => one.point)
          const droppedKeys = part.filter(({ flag }) => flag === 'dropped').map((one) => one.point.key)
          batches.push(batch({ memberId: member, points: kept, droppedKeys }))
          at += size
        }
        let last: unknown
        for (let at = 0; at < batches.length; at += plan.calls)
          last = (await store.putFixes(batches.slice(at, at + plan.calls))).at(-1)

        const kept = all.filter(({ flag }) => flag !== 'dropped').map((one) => one.point)
        const whole = { ranges: [[1, all.length]], keptCount: kept.length, aside: {} }
        expect(await store.readTrack(run, member)).toEqual(track(phone, kept))
        expect(last).toEqual(whole)
        expect(await store.stored(run, member, phone)).toEqual(whole)
        const newest = kept.filter(({ flag }) => flag === 'believed').at(-1)
        expect((await store.newestFixes(run)).get(member)).toEqual(newest?.fix)
      }),
      { seed: 20_261_103, numRuns: 60 },
    )
  })

  promise(
    'ST9',
    'a fix put again changes nothing, also within one call; another source or member is another fix',
    async () => {
      const store = await openWithRun()
      const first = point(1)
      const again = point(1, { flag: 'unbelieved', receivedAtMs: 9 }, { latitudeDeg: 1, takenAtMs: 900_000 })
      await store.putFixes([batch({ points: [first, again] }), batch({ points: [again] })])
      await store.putFixes([
        batch({ points: [again] }),
        batch({ points: [again], source: tracker }),
        batch({ points: [again], memberId: memberId(2) }),
      ])
      expect(await store.readTrack(run, memberId(1))).toEqual([...track(phone, [first]), ...track(tracker, [again])])
      expect(await store.readTrack(run, memberId(2))).toEqual(track(phone, [again]))
      expect(await store.newestFixes(run)).toEqual(new Map([[memberId(1), first.fix]]))
      // Nor does a repeat that claims a later time stand in the way of the next place.
      await store.putFixes([batch({ points: [{ ...again, flag: 'believed' }] }), batch({ points: [point(2)] })])
      expect((await store.newestFixes(run)).get(memberId(1))).toEqual(point(2).fix)
    },
  )

  promise('ST9', 'the numbers of a fix come back as they were, and what was unknown stays absent', async () => {
    const store = await openWithRun()
    const coordinate = (max: number) => fc.double({ min: -max, max, noNaN: true }).map((deg) => deg + 0)
    const positive = (max: number) => fc.double({ min: 0, max, noNaN: true }).map((value) => value + 0)
    const fix = fc.record(
      {
        latitudeDeg: coordinate(90),
        longitudeDeg: coordinate(180),
        takenAtMs: fc.maxSafeNat(),
        accuracyM: positive(5_000),
        speedMps: positive(100),
        headingDeg: positive(360),
        altitudeM: coordinate(9_000),
        battery: positive(1),
      },
      { requiredKeys: ['latitudeDeg', 'longitudeDeg', 'takenAtMs'] },
    )
    const all = fc
      .sample(fix, { seed: 20_261_104, numRuns: 300 })
      .map((one, index) => ({ ...point(index + 1), fix: { ...one } }))
    // Next to a whole number on either side, where a library may round.
    const beside = point(
      400,
      {},
      { latitudeDeg: -1 + 2 ** -53, longitudeDeg: 1 - 2 ** -53, accuracyM: 2 ** -53, battery: 1e-320 },
    )
    const max = Number.MAX_SAFE_INTEGER
    const huge = point(max, { receivedAtMs: max }, { takenAtMs: max })
    await store.putFixes([batch({ points: [...all, beside, huge] })])
    expect(await store.readTrack(run, memberId(1))).toStrictEqual(track(phone, [...all, beside, huge]))
  })

  promise(
    'ST9',
    'ten thousand fixes are kept once each, and their members found fast',
    async () => {
      const store = await openWithRun()
      for (let from = 1; from <= 10_000; from += 2_500)
        await store.putFixes([batch({ points: points(from, from + 2_499) })])
      const others = Array.from({ length: 500 }, (_, index) =>
        batch({ memberId: memberId(index + 2), points: points(1, 2) }),
      )
      await store.putFixes(others)
      const [receipt] = await store.putFixes([batch({ points: points(9_900, 10_001) })])
      expect(receipt).toEqual({ ranges: [[1, 10_001]], keptCount: 10_001, aside: {} })
      expect(await store.readTrack(run, memberId(1))).toEqual(track(phone, points(1, 10_001)))
      const newest = await store.newestFixes(run)
      expect(newest.size).toBe(501)
      expect(newest.get(memberId(1))).toEqual(point(10_001).fix)
    },
    30_000,
  )

  promise(
    'ST10',
    'each batch is answered in its place with all ranges of its source and the counts of its member',
    async () => {
      const store = await openWithRun()
      await store.putFixes([batch({ points: points(1, 3), aside: { nowhere: 1 } })])
      const stream = 'p:phone002'
      const answers = await store.putFixes([
        batch({ memberId: memberId(2), points: points(7, 8) }),
        batch({ points: points(8, 9), droppedKeys: [4, 6], aside: { nowhere: 2, 'from-the-future': 1 } }),
        batch({ source: tracker, points: points(1, 2), droppedKeys: [3] }),
        batch({ source: stream, droppedKeys: [1, 2, 3], aside: { 'outside-sharing': 3 } }),
        batch({ memberId: memberId(3) }),
      ])
      expect(answers).toEqual([
        { ranges: [[7, 8]], keptCount: 2, aside: {} },
        {
          ranges: [
            [1, 4],
            [6, 6],
            [8, 9],
          ],
          keptCount: 5,
          aside: { nowhere: 3, 'from-the-future': 1 },
        },
        { ranges: [], keptCount: 2, aside: { nowhere: 3, 'from-the-future': 1 } },
        { ranges: [[1, 3]], keptCount: 0, aside: { nowhere: 3, 'from-the-future': 1, 'outside-sharing': 3 } },
        { ranges: [], keptCount: 0, aside: {} },
      ])
      expect(await store.stored(run, memberId(1), phone)).toEqual({
        ranges: [
          [1, 4],
          [6, 6],
          [8, 9],
        ],
        keptCount: 5,
        aside: { nowhere: 3, 'from-the-future': 1, 'outside-sharing': 3 },
      })
      expect(await store.stored(run, memberId(1), tracker)).toMatchObject({ ranges: [], keptCount: 2 })
      expect(await store.stored(run, memberId(4), phone)).toEqual(NOTHING_STORED)
      expect((await store.readTrack(run, memberId(1))).map(({ source, key }) => `${source} ${key}`)).toEqual(
        [1, 2, 3, 8, 9].map((key) => `${phone} ${key}`).concat([`${tracker} 1`, `${tracker} 2`]),
      )
      expect(await store.putFixes([])).toEqual([])
    },
  )

  promise('ST10', "calls at once lose none of each other's fixes, ranges and counts", async () => {
    const store = await openWithRun()
    const calls = Array.from({ length: 40 }, (_, index) =>
      batch({ points: [point(2 * index + 1), point(2 * index + 2)], aside: { nowhere: 1 } }),
    )
    await Promise.all(calls.map((one) => store.putFixes([one])))
    expect(await store.readTrack(run, memberId(1))).toEqual(track(phone, points(1, 80)))
    expect(await store.stored(run, memberId(1), phone)).toEqual({
      ranges: [[1, 80]],
      keptCount: 80,
      aside: { nowhere: 40 },
    })
  })

  promise('ST10', 'fixes of a run that is not there are not kept, and the answer says so', async () => {
    const store = await openWithRun()
    await store.putRoute(runId(2), routeId(1), '{}')
    const unknown = batch({ runId: runId(2), points: points(2, 4), droppedKeys: [6], aside: { nowhere: 1 } })
    const answers = await store.putFixes([unknown, batch({ points: points(1, 2) }), { ...unknown, source: tracker }])
    expect(answers).toEqual(['no-run', { ranges: [[1, 2]], keptCount: 2, aside: {} }, 'no-run'])
    await store.append(runId(2), 0, addition({ entries: entries(1, 1) }))
    expect(await store.readTrack(runId(2), memberId(1))).toEqual([])
    expect(await store.stored(runId(2), memberId(1), phone)).toEqual(NOTHING_STORED)
  })

  promise('ST10', 'fixes, ranges and counts are there after the store is reopened', async () => {
    const { store, reopen } = await openForReopening()
    await store.append(run, 0, addition({ entries: entries(1, 1) }))
    const stored = await store.putFixes([batch({ points: points(3, 9), droppedKeys: [1], aside: { nowhere: 4 } })])
    const again = await reopen()
    expect(await again.readTrack(run, memberId(1))).toEqual(track(phone, points(3, 9)))
    expect([await again.stored(run, memberId(1), phone)]).toEqual(stored)
    expect(await again.newestFixes(run)).toEqual(new Map([[memberId(1), point(9).fix]]))
  })

  promise(
    'ST11',
    "a track is ordered by source, a phone's by number and a tracker's by time, with all flags",
    async () => {
      const store = await openWithRun()
      const other = 't:trk_zzzzzzzzzzzz'
      const late = point(2, { flag: 'aside' }, { takenAtMs: 1 })
      const hashed = [
        point(900, { flag: 'unbelieved' }, { takenAtMs: 5 }),
        point(7, {}, { takenAtMs: 10 }),
        point(30, {}, { takenAtMs: 10 }),
        point(3, {}, { takenAtMs: 20 }),
      ]
      await store.putFixes([
        batch({ source: other, points: [point(1)] }),
        batch({ source: tracker, points: hashed.toReversed() }),
      ])
      await store.putFixes([
        batch({ source: 'p:zzzzzzzz', points: [point(10), point(9)] }),
        batch({ points: [point(11), late, point(1)] }),
      ])
      expect(await store.readTrack(run, memberId(1))).toEqual([
        ...track(phone, [point(1), late, point(11)]),
        ...track('p:zzzzzzzz', [point(9), point(10)]),
        ...track(tracker, hashed),
        ...track(other, [point(1)]),
      ])
      expect(await store.readTrack(run, memberId(2))).toEqual([])
    },
  )

  promise(
    'ST12',
    'the newest place is the believed fix taken last: later arrivals of older fixes do not replace it',
    async () => {
      const store = await openWithRun()
      const newest = point(50, {}, { accuracyM: 4 })
      await store.putFixes([batch({ memberId: memberId(2), points: [point(1, { flag: 'unbelieved' })] })])
      expect(await store.newestFixes(run)).toEqual(new Map())
      await store.putFixes([batch({ points: points(1, 3) }), batch({ points: [newest] })])
      await store.putFixes([
        batch({ points: [...points(4, 20), point(51, { flag: 'unbelieved' }), point(52, { flag: 'aside' })] }),
        batch({ source: tracker, points: [point(30)] }),
        batch({ source: 'p:phone002', points: points(1, 2) }),
        batch({ memberId: memberId(2), points: [point(2, {}, { takenAtMs: 0 })] }),
      ])
      const expected = new Map([
        [memberId(1), newest.fix],
        [memberId(2), point(2, {}, { takenAtMs: 0 }).fix],
      ])
      expect(await store.newestFixes(run)).toEqual(expected)
      expect(await store.newestFixes(runId(2))).toEqual(new Map())

      await store.putFixes([batch({ source: tracker, points: [point(60)] })])
      expect((await store.newestFixes(run)).get(memberId(1))).toEqual(point(60).fix)
    },
  )
}
