import fc from 'fast-check'
import { expect } from 'vitest'
import type { Entry } from '../../server/store/store.ts'
import {
  addition,
  batch,
  commandId,
  entries,
  entry,
  memberId,
  points,
  routeId,
  runId,
  trackerId,
  word,
} from '../support/store-samples.ts'
import type { Contract } from './store-contract.ts'

const run = runId(1)
const asText = (read: readonly Entry[]) => read.map((one) => JSON.stringify(one))
const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)

export function journalContract({ open, openWithRun, openForReopening, promise }: Contract): void {
  promise('ST1', 'all parts of an addition become true together', async () => {
    const store = await open()
    const mine = word('name:1', 'Aigerim', memberId(1))
    const attach = [{ trackerId: trackerId(1), memberId: memberId(1) }]
    const whole = addition({ entries: entries(1, 2), words: [mine], wakeAtMs: 5_000, attach })
    expect(await store.append(run, 0, whole)).toBe('appended')

    expect(await store.read(run, 0, 10)).toEqual(entries(1, 2))
    expect(await store.readWords(run)).toEqual([mine])
    expect(await store.dueRuns(5_000, 10)).toEqual([run])
    expect(await store.trackerSeats(trackerId(1))).toEqual([{ runId: run, memberId: memberId(1) }])
  })

  promise('ST1', 'facts that do not follow, or a run without a fact, are rejected and leave no trace', async () => {
    const store = await openWithRun()
    const words = [word('title', 'never')]
    await expect(store.append(run, 1, addition({ entries: [entry(2), entry(4)], words }))).rejects.toThrow('version 3')
    await expect(store.append(run, 1, addition({ entries: [entry(1)], words }))).rejects.toThrow('version 2')
    await expect(store.append(runId(2), 0, addition({ words }))).rejects.toThrow('begins with a fact')
    expect(await store.read(run, 0, 10)).toEqual(entries(1, 1))
    expect(await store.readWords(run)).toEqual([])
    expect(await store.readWords(runId(2))).toEqual([])
  })

  promise('ST2', 'of many appends at one version one is appended, and the others leave no trace', async () => {
    const store = await openWithRun()
    await store.append(run, 1, addition({ entries: [entry(2)], words: [word('name:1', 'Ravi', memberId(1))] }))
    await store.putFixes([batch({ points: points(1, 3) })])
    const rivals = Array.from({ length: 20 }, (_, index) => {
      const mac = `rival-${index}`
      const attach = [{ trackerId: trackerId(index), memberId: memberId(2) }]
      const erase = index === 0 ? [] : [memberId(1)]
      const rivalEntry = { ...entry(3, { commandId: commandId(100 + index) }), mac }
      return addition({ entries: [rivalEntry], words: [word(mac, mac)], wakeAtMs: index, attach, erase })
    })
    const outcomes = await Promise.all(rivals.map((rival) => store.append(run, 2, rival)))
    expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1)

    const winner = rivals[outcomes.indexOf('appended')] ?? addition({})
    const isErased = winner.erase.length > 0
    expect(await store.read(run, 2, 10)).toEqual(winner.entries)
    const ravi = isErased ? [] : [word('name:1', 'Ravi', memberId(1))]
    expect([...(await store.readWords(run))].sort(byKey)).toEqual([...ravi, ...winner.words].sort(byKey))
    expect(await store.readTrack(run, memberId(1))).toHaveLength(isErased ? 0 : 3)
    expect(await store.dueRuns((winner.wakeAtMs ?? 0) - 1, 10)).toEqual([])
    expect(await store.dueRuns(winner.wakeAtMs ?? 0, 10)).toEqual([run])
    const losers = rivals.filter((rival) => rival !== winner)
    const known = await store.firstVersions(
      run,
      losers.flatMap((one) => one.entries.map((e) => e.fact.commandId)),
    )
    expect(known).toEqual(new Map())
    for (const { attach } of losers)
      for (const { trackerId } of attach) expect(await store.trackerSeats(trackerId)).toEqual([])
  })

  promise('ST2', 'an append behind, ahead, or to a run that is not there conflicts', async () => {
    const store = await openWithRun()
    expect(await store.append(run, 0, addition({ entries: entries(1, 1) }))).toBe('conflict')
    expect(await store.append(run, 2, addition({ entries: entries(3, 3) }))).toBe('conflict')
    expect(await store.append(runId(2), 1, addition({ entries: entries(2, 2) }))).toBe('conflict')
    expect(await store.append(runId(2), 0, addition({ entries: entries(1, 1) }))).toBe('appended')
    expect(await store.append(run, 1, addition({ entries: entries(2, 2) }))).toBe('appended')
    expect(await store.read(run, 0, 10)).toEqual(entries(1, 2))
    expect(await store.read(runId(2), 0, 10)).toEqual(entries(1, 1))
  })

  promise('ST3', 'what was appended is there after the store is reopened', async () => {
    const { store, reopen } = await openForReopening()
    const mine = word('name:1', 'Ravi', memberId(1))
    const attach = [{ trackerId: trackerId(1), memberId: memberId(1) }]
    const whole = addition({ entries: entries(1, 3), words: [mine], wakeAtMs: 7, attach, erase: [memberId(9)] })
    await store.append(run, 0, whole)
    await store.putRoute(run, routeId(1), '{"a":1}')
    await store.settle('epoch', 'first')

    const again = await reopen()
    expect(await again.read(run, 0, 10)).toEqual(entries(1, 3))
    expect(await again.readWords(run)).toEqual([mine])
    expect(await again.dueRuns(7, 10)).toEqual([run])
    expect(await again.trackerSeats(trackerId(1))).toEqual([{ runId: run, memberId: memberId(1) }])
    expect(await again.readRoute(run, routeId(1))).toBe('{"a":1}')
    expect(await again.settle('epoch', 'second')).toBe('first')
    expect(await again.append(run, 3, addition({ entries: entries(4, 4) }))).toBe('appended')
    await again.putFixes([batch({ memberId: memberId(9), points: points(1, 2) })])
    expect(await again.readTrack(run, memberId(9))).toEqual([])
  })

  promise('ST5', 'reading gives the facts after a version, in order, up to the limit', async () => {
    const store = await open()
    await store.append(run, 0, addition({ entries: entries(1, 400) }))
    await store.append(run, 400, addition({ entries: entries(401, 1_000) }))
    const pages: Entry[] = []
    for (;;) {
      const page = await store.read(run, pages.length, 333)
      if (page.length === 0) break
      expect(page.length).toBeLessThanOrEqual(333)
      pages.push(...page)
    }
    expect(pages).toEqual(entries(1, 1_000))
    expect(await store.read(run, 998, 5_000)).toEqual(entries(999, 1_000))
    expect(await store.read(run, 5_000, 10)).toEqual([])
    expect(await store.read(runId(2), 0, 10)).toEqual([])
  })

  promise(
    'ST5',
    'a fact comes back in the very text it would have had, however its properties are ordered',
    async () => {
      const store = await open()
      const { fact } = entry(1, {
        byId: null,
        event: { type: 'group-added', groupId: 'g' as never, colour: '"\\🚲қ\u2028', targetPaceMps: 0.1 + 0.2 },
      })
      const turned = { fact: Object.fromEntries(Object.entries(fact).reverse()) as typeof fact, mac: 'қ+/=' }
      const second = {
        ...entry(2),
        fact: { ...entry(2).fact, event: { zebra: 1, apple: 2, type: 'run-started' } as never },
      }
      await store.append(run, 0, addition({ entries: [turned, second] }))
      expect(asText(await store.read(run, 0, 10))).toEqual(asText([turned, second]))
    },
  )

  promise('ST5', 'whatever appends race, the journal holds the winners in order and without gaps', async () => {
    const store = await open()
    const round = fc.array(fc.record({ lag: fc.nat(2), count: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    let number = 10
    await fc.assert(
      fc.asyncProperty(fc.array(round, { maxLength: 8 }), async (rounds) => {
        const id = runId(++number)
        let journal: Entry[] = []
        for (const wishes of rounds) {
          const additions = wishes.map(({ lag, count }, wish) => {
            const from = Math.max(0, journal.length - lag)
            const added = entries(from + 1, from + count).map((one) => ({ ...one, mac: `${wish}` }))
            return { from, added, afterMac: journal[from - 1]?.mac ?? '' }
          })
          const outcomes = await Promise.all(
            additions.map(({ from, added, afterMac }) =>
              store.append(id, from, addition({ entries: added, afterMac })),
            ),
          )
          const winners = additions.filter((_, index) => outcomes[index] === 'appended')
          expect(winners.map(({ from }) => from)).toEqual(
            additions.some(({ from }) => from === journal.length) ? [journal.length] : [],
          )
          journal = [...journal, ...winners.flatMap(({ added }) => added)]
        }
        expect(await store.read(id, 0, 1_000)).toEqual(journal)
      }),
      { seed: 20_261_102, numRuns: 40 },
    )
  })

  promise('ST6', 'a command is known by its first version, after any number of facts, in its run alone', async () => {
    const store = await open()
    const two = [entry(1, { commandId: commandId(7) }), entry(2, { commandId: commandId(7) })]
    await store.append(run, 0, addition({ entries: [...two, ...entries(3, 6)] }))
    for (let version = 6; version < 5_000; version += 714)
      await store.append(
        run,
        version,
        addition({
          entries: entries(version + 1, version + 714).map((one) => ({
            ...one,
            fact: { ...one.fact, commandId: commandId(one.fact.version + 10_000) },
          })),
        }),
      )
    await store.append(run, 5_004, addition({ entries: [entry(5_005, { commandId: commandId(7) })] }))
    await store.append(runId(2), 0, addition({ entries: [entry(1, { commandId: commandId(99) })] }))
    const asked = [commandId(7), commandId(5), commandId(12_345), commandId(99), commandId(98)]
    expect(await store.firstVersions(run, asked)).toEqual(
      new Map([
        [commandId(7), 1],
        [commandId(5), 5],
        [commandId(12_345), 2_345],
      ]),
    )
    expect(await store.firstVersions(run, [])).toEqual(new Map())
    expect(await store.firstVersions(runId(3), asked)).toEqual(new Map())
  })
}
