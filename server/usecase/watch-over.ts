/**
 * Wakes runs that are due: expiry, repeats, the end, and at retention forgets them. It reads the store's
 * index and not who is connected, so it works with no socket open.
 */
import { type RunId, SECOND_MS } from '../../shared/units.ts'
import { dueAtMs } from '../core/decide-wake.ts'
import type { House } from './house.ts'
import type { Rooms } from './rooms.ts'

const RUNS_AT_ONCE = 100
const AGAIN_AFTER_MS = 30 * SECOND_MS

/** Looks once. Call it a few times a second; a call while one is under way does nothing. */
export function watchOver(house: House, rooms: Rooms): () => Promise<void> {
  const { store, clock } = house
  let isLooking = false

  async function wake(runId: RunId): Promise<void> {
    const room = await rooms.room(runId)
    if (!room) return store.forgetRun(runId)
    const { run } = room.book()
    if (run.head.phase === 'ended') {
      const forgetAtMs = dueAtMs(run) ?? 0
      if (clock.nowMs() < forgetAtMs) return store.setWake(runId, forgetAtMs)
      room.dismiss('forgotten') // G8
      rooms.drop(runId)
      return store.forgetRun(runId)
    }
    const obeyed = await room.obey({ type: 'wake' }, null, house.seals.wakeId(runId, run.version))
    if (!obeyed.ok) throw new Error(`the clock's wish was refused: ${obeyed.code}`)
    if (room.book().run.version === run.version) await store.setWake(runId, dueAtMs(run))
  }

  /** One run's trouble is not the others': it waits a while, and they do not wait for it. */
  const later = (runId: RunId) => async (fault: unknown) => {
    house.onFault(fault, 'wake')
    await store.setWake(runId, clock.nowMs() + AGAIN_AFTER_MS * clock.timeScale)
  }

  return async () => {
    if (isLooking) return
    isLooking = true
    try {
      for (const runId of await store.dueRuns(clock.nowMs(), RUNS_AT_ONCE)) await wake(runId).catch(later(runId))
    } catch (fault) {
      house.onFault(fault, 'watch over')
    } finally {
      isLooking = false
    }
  }
}
