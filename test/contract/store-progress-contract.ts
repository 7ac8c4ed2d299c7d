import { expect } from 'vitest'
import type { KeptProgress } from '../../server/store/store.ts'
import { addition, batch, entries, memberId, point, points, runId, tracker } from '../support/store-samples.ts'
import type { Contract } from './store-contract.ts'

const run = runId(1)
const [ravi, zhanna] = [memberId(1), memberId(2)]
/** With what a text may hold that a store could mistake for its own. */
const at = (takenAtMs: number, text = ''): KeptProgress => ({
  takenAtMs,
  json: JSON.stringify({ atM: takenAtMs / 7, text: `${text}\n7\n"é` }),
})

export function progressContract({ openWithRun, openForReopening, promise }: Contract): void {
  promise(
    'ST21',
    'the newest progress of each member is told, whatever came late; of two of a moment the later',
    async () => {
      const store = await openWithRun()
      expect(await store.readProgress(run)).toEqual(new Map())
      await store.putFixes([batch({ points: points(1, 3), progress: at(3_000) }), batch({ memberId: zhanna })])
      expect(await store.readProgress(run)).toEqual(new Map([[ravi, at(3_000)]]))
      await store.putFixes([
        batch({ points: [point(5)], progress: at(5_000) }),
        batch({ points: [point(4)], source: tracker, progress: at(4_000) }),
        batch({ memberId: zhanna, progress: at(1_000) }),
      ])
      await store.putFixes([batch({ points: [point(6)] })])
      expect(await store.readProgress(run)).toEqual(
        new Map([
          [ravi, at(5_000)],
          [zhanna, at(1_000)],
        ]),
      )
      await store.putFixes([batch({ progress: at(5_000, 'run again') })])
      expect((await store.readProgress(run)).get(ravi)).toEqual(at(5_000, 'run again'))
    },
  )

  promise('ST21', 'progress is told of those asked for, and of nobody where there is none', async () => {
    const store = await openWithRun()
    await store.putFixes([ravi, zhanna].map((member) => batch({ memberId: member, progress: at(2_000) })))
    expect(await store.readProgress(run, [zhanna, memberId(3)])).toEqual(new Map([[zhanna, at(2_000)]]))
    expect(await store.readProgress(run, [])).toEqual(new Map())
    expect(await store.readProgress(runId(2))).toEqual(new Map())
    expect(await store.readProgress(runId(2), [ravi])).toEqual(new Map())
  })

  promise('ST4', 'an erased member leaves no progress, and none is taken in again', async () => {
    const store = await openWithRun()
    await store.putFixes([ravi, zhanna].map((member) => batch({ memberId: member, progress: at(2_000) })))
    await store.append(run, 1, addition({ entries: entries(2, 2), erase: [ravi] }))
    await store.putFixes([
      batch({ points: points(1, 2), droppedKeys: [3], aside: { nowhere: 1 }, progress: at(9_000) }),
      batch({ memberId: zhanna, points: [point(1)] }),
    ])
    expect(await store.readProgress(run)).toEqual(new Map([[zhanna, at(2_000)]]))
    expect(await store.readProgress(run, [ravi])).toEqual(new Map())
  })

  promise('ST14', 'a forgotten run leaves no progress', async () => {
    const store = await openWithRun()
    await store.putFixes([batch({ progress: at(2_000) })])
    await store.forgetRun(run)
    await store.putFixes([batch({ progress: at(3_000) })])
    expect(await store.readProgress(run)).toEqual(new Map())
  })

  promise('ST21', 'progress is there after the store is reopened', async () => {
    const { store, reopen } = await openForReopening()
    await store.append(run, 0, addition({ entries: entries(1, 1) }))
    await store.putFixes([batch({ points: [point(1)], progress: at(1_000) })])
    expect(await (await reopen()).readProgress(run)).toEqual(new Map([[ravi, at(1_000)]]))
  })
}
