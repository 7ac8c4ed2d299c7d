import { expect } from 'vitest'
import type { ClubRun } from '../../server/store/store.ts'
import type { ClubId, InviteId } from '../../shared/units.ts'
import { addition, entries, runId } from '../support/store-samples.ts'
import type { Contract } from './store-contract.ts'

const id = (prefix: string, number: number) => `${prefix}_${String(number).padStart(12, '0')}`
const clubId = (number: number) => id('clb', number) as ClubId
const under = (run: number, plannedStartMs: number, invite = run): ClubRun => ({
  runId: runId(run),
  inviteId: id('inv', invite) as InviteId,
  plannedStartMs,
})

export function clubsContract({ open, openForReopening, promise }: Contract): void {
  const withRuns = async (...numbers: number[]) => {
    const store = await open()
    for (const number of numbers) await store.append(runId(number), 0, addition({ entries: entries(1, 1) }))
    return store
  }

  promise('ST22', "a club's runs are told as each was put last, in the order of their starts", async () => {
    const store = await withRuns(1, 2, 3)
    expect(await store.club(clubId(1))).toEqual({ name: null, runs: [] })
    await store.putClubRun(clubId(1), under(1, 300))
    await store.putClubRun(clubId(1), under(2, 200))
    await store.putClubRun(clubId(1), under(3, 100))
    await store.putClubRun(clubId(2), under(1, 300, 9))
    await store.putClubRun(clubId(1), under(3, 400, 7))
    await store.putClubRun(clubId(1), under(3, 400, 7))
    expect((await store.club(clubId(1))).runs).toEqual([under(2, 200), under(1, 300), under(3, 400, 7)])
    expect((await store.club(clubId(2))).runs).toEqual([under(1, 300, 9)])

    await store.dropClubRun(clubId(1), runId(1))
    await store.dropClubRun(clubId(1), runId(1))
    await store.dropClubRun(clubId(3), runId(8))
    expect((await store.club(clubId(1))).runs).toEqual([under(2, 200), under(3, 400, 7)])
    expect((await store.club(clubId(2))).runs).toEqual([under(1, 300, 9)])
    await store.putClubRun(clubId(1), under(1, 1))
    expect((await store.club(clubId(1))).runs[0]).toEqual(under(1, 1))
  })

  promise(
    'ST22',
    'a forgotten run is under no club any more, and neither it nor one that is not there is taken in',
    async () => {
      const store = await withRuns(1, 2)
      for (const club of [1, 2]) for (const run of [1, 2]) await store.putClubRun(clubId(club), under(run, run))
      await store.putClubRun(clubId(1), under(3, 3))
      await store.forgetRun(runId(1))
      await store.putClubRun(clubId(1), under(1, 1))
      for (const club of [1, 2]) expect((await store.club(clubId(club))).runs).toEqual([under(2, 2)])
    },
  )

  promise('ST23', "a club's name is the one that was put last", async () => {
    const store = await withRuns(1)
    await store.putClubRun(clubId(1), under(1, 1))
    for (const name of ['first', 'Жүгіру клубы 🏃🏽‍♀️', 'name', "'; DROP TABLE club; --"]) {
      await store.putClubName(clubId(1), name)
      expect(await store.club(clubId(1))).toEqual({ name, runs: [under(1, 1)] })
    }
    expect(await store.club(clubId(2))).toEqual({ name: null, runs: [] })
  })

  promise('ST23', 'a club is there after the store is reopened', async () => {
    const { store, reopen } = await openForReopening()
    await store.append(runId(1), 0, addition({ entries: entries(1, 1) }))
    await store.putClubRun(clubId(1), under(1, 1))
    await store.putClubName(clubId(1), 'Club')
    expect(await (await reopen()).club(clubId(1))).toEqual({ name: 'Club', runs: [under(1, 1)] })
  })
}
