import { expect } from 'vitest'
import { addition, batch, entries, entry, macOf, memberId, points, runId, word } from '../support/store-samples.ts'
import type { Contract } from './store-contract.ts'

const run = runId(1)

/** Where journals end, and how safe it is to say so. */
export function headsContract({ openWithRun, openForReopening, promise }: Contract): void {
  promise('ST2', "an append to another link than the journal's last conflicts and leaves no trace", async () => {
    const store = await openWithRun()
    const words = [word('title', 'never')]
    const onto = (afterMac: string, version: number) =>
      store.append(run, version - 1, addition({ afterMac, entries: entries(version, version), words, wakeAtMs: 1 }))
    for (const afterMac of ['', 'mac-0', 'mac-2', 'mac-1 ', 'MAC-1']) expect(await onto(afterMac, 2)).toBe('conflict')
    const unborn = addition({ afterMac: 'mac-0', entries: entries(1, 1), words })
    expect(await store.append(runId(2), 0, unborn)).toBe('conflict')
    expect(await store.read(run, 0, 10)).toEqual(entries(1, 1))
    expect(await store.readWords(run)).toEqual([])
    expect(await store.dueRuns(1, 10)).toEqual([])
    expect((await store.heads([runId(2)]))[0]).toMatchObject({ version: 0, isForgotten: false })
    expect(await onto('mac-1', 2)).toBe('appended')
    expect(await onto('mac-2', 3)).toBe('appended')
  })

  promise('ST2', 'of many appends of the very same entries at once, one is appended', async () => {
    const store = await openWithRun()
    const same = () => store.append(run, 1, addition({ entries: entries(2, 4) }))
    const outcomes = await Promise.all(Array.from({ length: 10 }, same))
    expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1)
    expect(await same()).toBe('conflict')
    expect(await store.read(run, 0, 10)).toEqual(entries(1, 4))
  })

  promise('ST18', 'heads tell in their order where each run ends', async () => {
    const store = await openWithRun()
    await store.append(runId(3), 0, addition({ entries: [...entries(1, 6), { ...entry(7), mac: 'қ+/=' }] }))
    await store.append(runId(4), 0, addition({ entries: entries(1, 1) }))
    await store.forgetRun(runId(4))
    const heads = await store.heads([3, 2, 1, 4, 3].map(runId))
    expect(heads.map((head) => [head?.version, head?.mac, head?.isForgotten])).toEqual([
      [7, 'қ+/=', false],
      [0, '', false],
      [1, macOf(1), false],
      [0, '', true],
      [7, 'қ+/=', false],
    ])
    expect(heads.map((head) => head?.life !== '')).toEqual([true, false, true, false, true])
    expect(await store.heads([])).toEqual([])
  })

  promise('ST18', 'a life stays the same as long as nothing is lost, whatever is written', async () => {
    const store = await openWithRun()
    const [first] = await store.heads([run])
    for (let version = 1; version < 20; version++) {
      const more = addition({ entries: entries(version + 1, version + 1) })
      const [[during]] = await Promise.all([
        store.heads([run]),
        store.append(run, version, more),
        store.putFixes([batch({ points: points(version, version) })]),
      ])
      expect(during?.life).toBe(first?.life)
    }
    await store.confirm(run)
    expect(await store.heads([run])).toEqual([{ ...first, version: 20, mac: macOf(20) }])
  })

  promise('ST18', 'lives and ends are the same after the store is reopened', async () => {
    const { store, reopen } = await openForReopening()
    for (const id of [run, runId(2)]) await store.append(id, 0, addition({ entries: entries(1, 2) }))
    await store.putFixes([batch({ points: points(1, 3) })])
    await store.forgetRun(runId(2))
    const before = await store.heads([run, runId(2), runId(3)])
    const again = await reopen()
    expect(await again.heads([run, runId(2), runId(3)])).toEqual(before)
    await expect(again.append(runId(2), 0, addition({ entries: entries(1, 1) }))).rejects.toThrow('forgotten')
    expect(await again.stored(run, memberId(1), 'p:phone001')).toMatchObject({ keptCount: 3 })
  })

  promise('ST19', 'what was read is confirmed, for any run', async () => {
    const store = await openWithRun()
    await store.forgetRun(runId(2))
    for (const id of [run, runId(2), runId(3)]) await store.confirm(id)
    expect(await store.heads([run, runId(3)])).toMatchObject([{ version: 1 }, { version: 0, life: '' }])
  })

  promise('ST20', 'a store that answers is not silent', async () => {
    const store = await openWithRun()
    expect(store.silentMs()).toBe(0)
    await store.heads([run])
    expect(store.silentMs()).toBe(0)
  })
}
