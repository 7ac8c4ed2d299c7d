import { expect } from 'vitest'
import { NOTHING_STORED } from '../../server/store/stored.ts'
import type { ClubId, InviteId } from '../../shared/units.ts'
import {
  addition,
  batch,
  commandId,
  entries,
  memberId,
  phone,
  points,
  routeId,
  runId,
  tracker,
  trackerId,
  word,
} from '../support/store-samples.ts'
import type { Contract } from './store-contract.ts'

const run = runId(1)
const clubId = 'clb_000000000001' as ClubId
const inviteId = 'inv_000000000001' as InviteId
const seatsOf = (...pairs: [number, number][]) => pairs.map(([r, m]) => ({ runId: runId(r), memberId: memberId(m) }))
const inOrder = (seats: readonly { runId: string; memberId: string }[]) =>
  [...seats].sort((a, b) => (a.runId + a.memberId < b.runId + b.memberId ? -1 : 1))

export function runsContract({ open, openWithRun, promise }: Contract): void {
  promise('ST8', 'runs are due at their wake time, the earliest first, up to the limit', async () => {
    const store = await open()
    const wakeTimes = [300, null, 100, 0, 200]
    for (const [index, wakeAtMs] of wakeTimes.entries())
      await store.append(runId(index + 1), 0, addition({ entries: entries(1, 1), wakeAtMs }))
    expect(await store.dueRuns(0, 10)).toEqual([runId(4)])
    expect(await store.dueRuns(199, 10)).toEqual([runId(4), runId(3)])
    expect(await store.dueRuns(Number.MAX_SAFE_INTEGER, 10)).toEqual([4, 3, 5, 1].map(runId))
    expect(await store.dueRuns(300, 2)).toEqual([4, 3].map(runId))
    expect(await store.dueRuns(300, 10)).toEqual([4, 3, 5, 1].map(runId))
  })

  promise(
    'ST8',
    'a wake time moves with each addition and by itself at its version, and is nothing for an unknown run',
    async () => {
      const store = await openWithRun()
      await store.append(run, 1, addition({ entries: entries(2, 2), wakeAtMs: 100 }))
      await store.setWake(run, 2, 500)
      expect(await store.dueRuns(499, 10)).toEqual([])
      expect(await store.dueRuns(500, 10)).toEqual([run])
      await store.append(run, 2, addition({ entries: entries(3, 3), wakeAtMs: 50 }))
      expect(await store.dueRuns(50, 10)).toEqual([run])
      expect(await store.append(run, 2, addition({ entries: entries(3, 3), wakeAtMs: null }))).toBe('conflict')
      // Whoever looked before the last fact knows less than its addition did.
      await store.setWake(run, 2, null)
      await store.setWake(run, 4, null)
      expect(await store.dueRuns(50, 10)).toEqual([run])
      await store.setWake(run, 3, null)
      await store.setWake(runId(2), 0, 1)
      await store.setWake(runId(2), 1, 1)
      expect(await store.dueRuns(Number.MAX_SAFE_INTEGER, 10)).toEqual([])
      expect(await store.read(run, 0, 10)).toEqual(entries(1, 3))
    },
  )

  promise('ST13', 'a tracker is found where it is attached, over all runs, once each', async () => {
    const store = await open()
    const at = (member: number, id = trackerId(1)) => ({ trackerId: id, memberId: memberId(member) })
    for (const number of [1, 2, 3])
      await store.append(
        runId(number),
        0,
        addition({ entries: entries(1, 1), attach: [at(1), at(2), at(1, trackerId(2))] }),
      )
    await store.append(runId(1), 1, addition({ entries: entries(2, 2), attach: [at(1)], detach: [at(2)] }))
    await store.append(runId(2), 1, addition({ entries: entries(2, 2), detach: [at(1), at(2), at(9)] }))
    expect(inOrder(await store.trackerSeats(trackerId(1)))).toEqual(seatsOf([1, 1], [3, 1], [3, 2]))
    expect(inOrder(await store.trackerSeats(trackerId(2)))).toEqual(seatsOf([1, 1], [2, 1], [3, 1]))
    await store.append(runId(2), 2, addition({ entries: entries(3, 3), attach: [at(2)] }))
    expect(inOrder(await store.trackerSeats(trackerId(1)))).toEqual(seatsOf([1, 1], [2, 2], [3, 1], [3, 2]))
    await store.append(runId(3), 1, addition({ entries: entries(2, 2), detach: [at(2)] }))
    expect(inOrder(await store.trackerSeats(trackerId(1)))).toEqual(seatsOf([1, 1], [2, 2], [3, 1]))
    expect(await store.trackerSeats(trackerId(3))).toEqual([])
  })

  promise('ST14', 'a forgotten run leaves nothing, other runs lose nothing, and late fixes are not kept', async () => {
    const store = await open()
    for (const id of [run, runId(2)]) {
      const attach = [{ trackerId: trackerId(1), memberId: memberId(1) }]
      const words = [word('title', 'Sunday'), word('name:1', 'Ravi', memberId(1))]
      await store.append(id, 0, addition({ entries: entries(1, 3), words, wakeAtMs: 10, attach, erase: [memberId(9)] }))
      await store.putRoute(id, routeId(1), '[]')
      await store.putFixes([batch({ runId: id, points: points(1, 9), aside: { nowhere: 1 } })])
      await store.putFixes([batch({ runId: id, source: tracker, points: points(1, 9) })])
    }
    const nothing = async () => {
      expect(await store.read(run, 0, 10)).toEqual([])
      expect(await store.readWords(run)).toEqual([])
      expect(await store.readRoute(run, routeId(1))).toBeUndefined()
      expect(await store.firstVersions(run, [commandId(1)])).toEqual(new Map())
      expect(await store.readTrack(run, memberId(1))).toEqual([])
      expect(await store.newestFixes(run)).toEqual(new Map())
      expect(await store.stored(run, memberId(1), phone)).toEqual(NOTHING_STORED)
      expect(await store.dueRuns(10, 10)).toEqual([runId(2)])
      expect(await store.trackerSeats(trackerId(1))).toEqual(seatsOf([2, 1]))
    }
    await store.forgetRun(run)
    await nothing()
    const late = batch({ points: points(10, 11), aside: { nowhere: 1 } })
    expect(await store.putFixes([late])).toEqual([{ ranges: [[10, 11]], keptCount: 0, aside: {} }])
    await store.setWake(run, 3, 1)
    await nothing()
    await store.forgetRun(run)
    await store.forgetRun(runId(7))

    expect(await store.read(runId(2), 0, 10)).toEqual(entries(1, 3))
    expect(await store.readWords(runId(2))).toHaveLength(2)
    expect(await store.readTrack(runId(2), memberId(1))).toHaveLength(18)
    expect(await store.readRoute(runId(2), routeId(1))).toBe('[]')
  })

  promise('ST14', 'the id of a forgotten run never comes back', async () => {
    const store = await openWithRun()
    await store.putRoute(runId(2), routeId(1), '[]')
    for (const id of [run, runId(2), runId(3)]) {
      await store.forgetRun(id)
      for (const from of [1, 2, 4])
        await expect(store.append(id, from - 1, addition({ entries: entries(from, from) }))).rejects.toThrow(
          'forgotten',
        )
      await expect(store.putRoute(id, routeId(1), '[]')).rejects.toThrow('forgotten')
      expect(await store.readRoute(id, routeId(1))).toBeUndefined()
      expect(await store.read(id, 0, 10)).toEqual([])
    }
    const gone = { version: 0, mac: '', life: '', isForgotten: true }
    expect(await store.heads([run, runId(2), runId(3)])).toEqual([gone, gone, gone])
    expect(await store.dueRuns(Number.MAX_SAFE_INTEGER, 10)).toEqual([])
    expect(await store.append(runId(4), 0, addition({ entries: entries(1, 1) }))).toBe('appended')
  })

  promise(
    'ST15',
    'a route is kept under its name, before its run exists and after, until the run is forgotten',
    async () => {
      const store = await open()
      const json = JSON.stringify({
        name: 'Есіл 🏞',
        points: Array.from({ length: 5_000 }, (_, i) => [51 + i / 1e6, 71.4]),
      })
      await store.putRoute(run, routeId(1), json)
      expect(await store.readRoute(run, routeId(1))).toBe(json)
      expect(await store.read(run, 0, 10)).toEqual([])
      expect(await store.append(run, 0, addition({ entries: entries(1, 1) }))).toBe('appended')
      await store.putRoute(run, routeId(2), '{}')
      expect(await store.readRoute(run, routeId(1))).toBe(json)
      expect(await store.readRoute(run, routeId(2))).toBe('{}')
      expect(await store.readRoute(run, routeId(3))).toBeUndefined()
      expect(await store.readRoute(runId(2), routeId(1))).toBeUndefined()
      await store.putRoute(runId(2), routeId(1), '{}')
      await store.forgetRun(runId(2))
      await store.forgetRun(run)
      expect(await store.readRoute(run, routeId(1))).toBeUndefined()
      expect(await store.readRoute(runId(2), routeId(1))).toBeUndefined()
    },
  )

  promise('ST16', 'whoever settles a name is answered with the first value', async () => {
    const store = await open()
    const answers = await Promise.all(Array.from({ length: 9 }, (_, index) => store.settle('epoch', `value-${index}`)))
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatch(/^value-\d$/)
    expect(await store.settle('epoch', 'late')).toBe(answers[0])
    expect(await store.settle('other', 'its own')).toBe('its own')
  })

  promise('ST17', 'a closed store rejects everything, and may be closed again', async () => {
    const store = await openWithRun()
    await store.close()
    await store.close()
    const calls = [
      () => store.append(run, 1, addition({ entries: entries(2, 2) })),
      () => store.read(run, 0, 1),
      () => store.firstVersions(run, [commandId(1)]),
      () => store.readWords(run),
      () => store.putRoute(run, routeId(1), '{}'),
      () => store.readRoute(run, routeId(1)),
      () => store.dueRuns(0, 1),
      () => store.heads([run]),
      () => store.confirm(run),
      () => store.setWake(run, 1, 1),
      () => store.putFixes([batch({ points: points(1, 1) })]),
      () => store.stored(run, memberId(1), phone),
      () => store.readTrack(run, memberId(1)),
      () => store.newestFixes(run),
      () => store.trackerSeats(trackerId(1)),
      () => store.putClubRun(clubId, { runId: run, inviteId, plannedStartMs: 1 }),
      () => store.dropClubRun(clubId, run),
      () => store.putClubName(clubId, 'Club', 1),
      () => store.keepClub(clubId, 1),
      () => store.renewClub(clubId, 'follow', { no: 1, by: 'a' }),
      () => store.club(clubId),
      () => store.forgetRun(run),
      () => store.settle('epoch', 'first'),
    ]
    for (const call of calls) await expect(call()).rejects.toThrow()
  })
}
