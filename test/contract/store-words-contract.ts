import { expect } from 'vitest'
import { NOTHING_STORED } from '../../server/store/stored.ts'
import {
  addition,
  batch,
  entries,
  memberId,
  phone,
  points,
  runId,
  tracker,
  trackerId,
  word,
} from '../support/store-samples.ts'
import type { Contract } from './store-contract.ts'

const run = runId(1)
const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)

/** Words, and the erasure of whose they are. */
export function wordsContract({ openWithRun, promise }: Contract): void {
  promise('ST4', 'an erased member leaves no words, track, place or attachment, and others lose nothing', async () => {
    const store = await openWithRun()
    const [ravi, lena] = [memberId(1), memberId(2)]
    const words = [word('name:1', 'Ravi', ravi), word('name:2', 'Lena', lena), word('title', 'Sunday')]
    const attach = [ravi, lena].map((memberId) => ({ trackerId: trackerId(1), memberId }))
    for (const id of [run, runId(2)]) {
      const isNew = id !== run
      const from = isNew ? 1 : 2
      await store.append(id, from - 1, addition({ entries: entries(from, from), words, attach }))
    }
    const of = (id: typeof run, member: typeof ravi, source: string) =>
      batch({ runId: id, memberId: member, source, points: points(1, 3), aside: { nowhere: 1 } })
    await store.putFixes([
      of(run, ravi, phone),
      of(run, ravi, tracker),
      of(run, lena, phone),
      of(runId(2), ravi, phone),
    ])

    const sameStep = word('phone:1', '+7 701', ravi)
    await store.append(run, 2, addition({ entries: entries(3, 3), words: [sameStep], erase: [ravi] }))
    expect([...(await store.readWords(run))].sort(byKey)).toEqual(words.slice(1))
    expect(await store.readTrack(run, ravi)).toEqual([])
    expect(await store.stored(run, ravi, phone)).toEqual(NOTHING_STORED)
    expect([...(await store.newestFixes(run)).keys()]).toEqual([lena])
    expect(await store.readTrack(run, lena)).toHaveLength(3)
    expect(await store.readTrack(runId(2), ravi)).toHaveLength(3)
    expect(await store.readWords(runId(2))).toHaveLength(3)
    const seats = await store.trackerSeats(trackerId(1))
    expect(seats.map((seat) => `${seat.runId} ${seat.memberId}`).sort()).toEqual(
      [`${run} ${lena}`, `${runId(2)} ${ravi}`, `${runId(2)} ${lena}`].sort(),
    )
  })

  promise('ST4', 'nothing of an erased member is taken in again, and their fixes count as had', async () => {
    const store = await openWithRun()
    const ravi = memberId(1)
    await store.putFixes([batch({ points: points(1, 5) })])
    await store.append(run, 1, addition({ entries: entries(2, 2), erase: [ravi] }))
    const late = batch({ points: points(4, 9), droppedKeys: [11], aside: { nowhere: 2 } })
    expect(await store.putFixes([late])).toEqual([
      {
        ranges: [
          [4, 9],
          [11, 11],
        ],
        keptCount: 0,
        aside: {},
      },
    ])

    const attach = [{ trackerId: trackerId(1), memberId: ravi }]
    await store.append(run, 2, addition({ entries: entries(3, 3), words: [word('name:1', 'Ravi', ravi)], attach }))
    expect(await store.readTrack(run, ravi)).toEqual([])
    expect(await store.newestFixes(run)).toEqual(new Map())
    expect(await store.stored(run, ravi, phone)).toEqual(NOTHING_STORED)
    expect(await store.readWords(run)).toEqual([])
    expect(await store.trackerSeats(trackerId(1))).toEqual([])
  })

  promise('ST7', 'the newest word under a key is the one that is read, an empty one deletes', async () => {
    const store = await openWithRun()
    const first = [word('title', 'Sunday'), word('note:1', 'no gas', memberId(1)), word('name:1', 'Ravi', memberId(1))]
    await store.append(run, 1, addition({ entries: entries(2, 2), words: first }))
    const then = [word('title', 'a'), word('title', 'Monday', memberId(2)), word('note:1', ''), word('note:2', '')]
    await store.append(run, 2, addition({ entries: entries(3, 3), words: then }))
    const left = [word('name:1', 'Ravi', memberId(1)), word('title', 'Monday', memberId(2))]
    expect([...(await store.readWords(run))].sort(byKey)).toEqual(left)

    // The title belongs to another now: its first owner's erasure leaves it, the second's takes it.
    await store.append(run, 3, addition({ entries: entries(4, 4), erase: [memberId(2)] }))
    expect(await store.readWords(run)).toEqual([left[0]])
    expect(await store.readWords(runId(2))).toEqual([])
  })

  promise('ST7', 'words of any script come back as they were', async () => {
    const store = await openWithRun()
    const texts = [
      'Әйгерім Құдайбергенова',
      'Ёлка 🏃🏽‍♀️🚴',
      'e\u0301 is not \u00e9',
      '‏שלום',
      "'; DROP TABLE word; --",
      '  spaced  ',
      '𠮷'.repeat(140),
    ]
    const words = texts.map((text, index) => word(`message:${index}`, text, memberId(1)))
    await store.append(run, 1, addition({ entries: entries(2, 2), words }))
    expect([...(await store.readWords(run))].sort(byKey)).toEqual(words)
  })
}
