import { expect } from 'vitest'
import type { ClubRun } from '../../server/store/store.ts'
import { type ClubId, DAY_MS, type InviteId } from '../../shared/units.ts'
import { addition, entries, runId } from '../support/store-samples.ts'
import type { Contract } from './store-contract.ts'

const id = (prefix: string, number: number) => `${prefix}_${String(number).padStart(12, '0')}`
const clubId = (number: number) => id('clb', number) as ClubId
const under = (run: number, plannedStartMs: number, invite = run): ClubRun => ({
  runId: runId(run),
  inviteId: id('inv', invite) as InviteId,
  plannedStartMs,
})

const never = { no: 0, by: '' }
const neverRenewed = { organise: never, follow: never }
const soonMs = () => Date.now() + DAY_MS

export function clubsContract({ open, openForReopening, promise }: Contract): void {
  const withRuns = async (...numbers: number[]) => {
    const store = await open()
    for (const number of numbers) await store.append(runId(number), 0, addition({ entries: entries(1, 1) }))
    return store
  }

  promise('ST22', "a club's runs are told as each was put last, in the order of their starts", async () => {
    const store = await withRuns(1, 2, 3)
    expect(await store.club(clubId(1))).toEqual({ name: null, keptUntilMs: null, runs: [], renewed: neverRenewed })
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
      const keptUntilMs = soonMs()
      await store.putClubName(clubId(1), name, keptUntilMs)
      expect(await store.club(clubId(1))).toMatchObject({ name, keptUntilMs, runs: [under(1, 1)] })
    }
    expect(await store.club(clubId(2))).toMatchObject({ name: null, runs: [] })
  })

  promise('ST23', 'a name is kept until its time is over, which is moved by keeping it', async () => {
    const store = await open()
    const nowMs = Date.now()
    for (const club of [1, 2, 3]) await store.putClubName(clubId(club), 'Club', nowMs + DAY_MS)
    await store.keepClub(clubId(2), nowMs + 3 * DAY_MS)
    await store.keepClub(clubId(3), nowMs - 1)
    await store.keepClub(clubId(4), nowMs + DAY_MS)
    await store.forgetClubs(nowMs)
    const kept = async (club: number) => (await store.club(clubId(club))).keptUntilMs
    expect([await kept(1), await kept(2)]).toEqual([nowMs + DAY_MS, nowMs + 3 * DAY_MS])
    for (const club of [3, 4])
      expect(await store.club(clubId(club))).toMatchObject({ name: null, keptUntilMs: null, runs: [] })
  })

  promise('ST23', 'a club is there after the store is reopened', async () => {
    const { store, reopen } = await openForReopening()
    await store.append(runId(1), 0, addition({ entries: entries(1, 1) }))
    await store.putClubRun(clubId(1), under(1, 1))
    const keptUntilMs = soonMs()
    await store.putClubName(clubId(1), 'Club', keptUntilMs)
    const follow = await store.renewClub(clubId(1), 'follow', { no: 1, by: 'a' })
    const renewed = { organise: never, follow }
    expect(await (await reopen()).club(clubId(1))).toEqual({ name: 'Club', keptUntilMs, runs: [under(1, 1)], renewed })
  })

  promise(
    'ST24',
    'of the renewals of a secret the one with the greatest number is kept, of equal ones the first',
    async () => {
      const store = await open()
      const renew = (secret: 'organise' | 'follow', no: number, by: string) =>
        store.renewClub(clubId(1), secret, { no, by })
      expect(await renew('follow', 2, 'b')).toEqual({ no: 2, by: 'b' })
      for (const [no, by] of [
        [1, 'a'],
        [2, 'c'],
        [2, 'b'],
      ] as const)
        expect(await renew('follow', no, by)).toEqual({ no: 2, by: 'b' })
      expect(await renew('organise', 1, 'd')).toEqual({ no: 1, by: 'd' })
      expect(await renew('follow', 10, 'e')).toEqual({ no: 10, by: 'e' })
      const renewed = { organise: { no: 1, by: 'd' }, follow: { no: 10, by: 'e' } }
      expect((await store.club(clubId(1))).renewed).toEqual(renewed)
      expect((await store.club(clubId(2))).renewed).toEqual(neverRenewed)

      await store.putClubName(clubId(1), 'Club', Date.now() - 1)
      await store.forgetClubs(Date.now())
      expect(await store.club(clubId(1))).toEqual({ name: null, keptUntilMs: null, runs: [], renewed })
    },
  )
}
