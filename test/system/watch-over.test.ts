import { expect, test } from 'vitest'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import type { Store } from '../../server/store/store.ts'
import { planRun } from '../../server/usecase/planning.ts'
import { roomsOf } from '../../server/usecase/rooms.ts'
import { sealsFrom } from '../../server/usecase/seals.ts'
import { watchOver } from '../../server/usecase/watch-over.ts'
import type { PlanRun } from '../../shared/protocol/http.ts'
import { DAY_MS, type RunId } from '../../shared/units.ts'
import { aHouse } from '../support/house.ts'
import { planWish } from '../support/raw-messages.ts'

test('[WK3] a run that cannot be read does not keep the clock from the others', async () => {
  const store = openMemoryStore()
  let broken = ''
  const faulty: Store = {
    ...store,
    read: (runId, ...rest) =>
      runId === broken ? Promise.reject(new Error('a broken page')) : store.read(runId, ...rest),
  }
  let nowMs = Date.now()
  const faults: unknown[] = []
  const clock = { timeScale: 1, nowMs: () => nowMs }
  const house = aHouse({ store: faulty, clock, onFault: (fault) => faults.push(fault) })
  let rooms = roomsOf(house)
  const plan = async () => {
    const planned = await planRun(house, rooms, planWish({}) as PlanRun, { retentionDays: 7 })
    if (!planned.ok) throw new Error(planned.code)
    return planned.runId
  }
  broken = await plan()
  const whole = await plan()
  rooms = roomsOf(house)
  nowMs += DAY_MS
  const look = watchOver(house, rooms)
  await look()
  await look()
  expect((await rooms.room(whole))?.book().run.head).toMatchObject({
    phase: 'ended',
    endReason: 'longest-time-reached',
  })
  expect(faults).toHaveLength(1) // it waits a while before it is tried again here
  expect(await store.dueRuns(nowMs, 10)).toEqual([broken])
})

test('[WK5] a run that is due and not there is left alone: it may have been lost, and come back', async () => {
  const store = openMemoryStore()
  const runId = 'run_aaaaaaaaaaaa' as RunId
  const house = aHouse({ store: { ...store, dueRuns: async () => [runId] } })
  await watchOver(house, roomsOf(house))()
  expect(await store.heads([runId])).toMatchObject([{ isForgotten: false }])
  house.outList.forget(runId)
  await watchOver(house, roomsOf(house))()
  expect(await store.heads([runId])).toMatchObject([{ isForgotten: true }])
})

test('[WK4] the clock’s wish has the same id on every node of a house, and one that nobody else can guess', () => {
  const [node, sameHouse, stranger] = [1, 1, 2].map((secret) => sealsFrom(Buffer.alloc(32, secret)))
  const runId = 'run_aaaaaaaaaaaa' as RunId
  expect(node?.wakeId(runId, 7)).toBe(sameHouse?.wakeId(runId, 7))
  expect(node?.wakeId(runId, 7)).not.toBe(stranger?.wakeId(runId, 7))
  expect(node?.wakeId(runId, 7)).not.toBe(node?.wakeId(runId, 8))
})
