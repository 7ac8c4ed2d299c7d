/**
 * Wakes runs that are due: expiry, repeats, the end, and at retention forgets them. It reads the store's
 * index and not who is connected, so it works with no socket open.
 */
import type { RefusalCode } from '../../shared/protocol/errors.ts'
import { HOUR_MS, type RunId, SECOND_MS } from '../../shared/units.ts'
import { dueAtMs } from '../core/decide-wake.ts'
import { StoreAway } from '../store/store.ts'
import type { House } from './house.ts'
import type { Rooms } from './rooms.ts'

const RUNS_AT_ONCE = 100
const AGAIN_AFTER_MS = 30 * SECOND_MS
const CLUBS_EVERY_MS = HOUR_MS

/** Looks once. Call it a few times a second; a call while one is under way does nothing. */
export function watchOver(house: House, rooms: Rooms): () => Promise<void> {
  const { store, clock } = house
  /** Runs that could not be woken wait a while on this node, by the wall; the others may have more luck. */
  const notBeforeMs = new Map<RunId, number>()
  let isLooking = false
  let clubsAtMs = Number.NEGATIVE_INFINITY

  async function wake(runId: RunId): Promise<void> {
    const room = await rooms.room(runId)
    if (!room) {
      // Only what was forgotten at its time goes: a run that is merely not there may have been lost, and come back.
      if (house.outList.isForgotten(runId)) await store.forgetRun(runId)
      return
    }
    const { run } = room.book()
    if (run.head.phase === 'ended') {
      const forgetAtMs = dueAtMs(run) ?? 0
      return clock.nowMs() < forgetAtMs ? store.setWake(runId, run.version, forgetAtMs) : forget(runId)
    }
    const obeyed = await room.obey({ type: 'wake' }, null, house.seals.wakeId(runId, run.version))
    if (!obeyed.ok) throw wakeFault(obeyed.code)
    if (room.book().run.version === run.version) await store.setWake(runId, run.version, dueAtMs(run))
  }

  async function forget(runId: RunId): Promise<void> {
    await store.forgetRun(runId)
    rooms.forget(runId)
  }

  /** One run's trouble is not the others': it waits a while, and they do not wait for it. */
  function later(runId: RunId, fault: unknown): void {
    if (!(fault instanceof StoreAway)) house.onFault(fault, 'wake')
    notBeforeMs.set(runId, performance.now() + AGAIN_AFTER_MS)
  }

  async function look(): Promise<void> {
    for (const [runId, ms] of notBeforeMs) if (ms <= performance.now()) notBeforeMs.delete(runId)
    const limit = RUNS_AT_ONCE + notBeforeMs.size
    const due = await store.dueRuns(clock.nowMs(), limit)
    for (const runId of due.filter((each) => !notBeforeMs.has(each)))
      await wake(runId).catch((fault: unknown) => later(runId, fault))
    await forgetClubs()
  }

  /** CB9 */
  async function forgetClubs(): Promise<void> {
    const nowMs = clock.nowMs()
    if (nowMs - clubsAtMs < CLUBS_EVERY_MS) return
    await store.forgetClubs(nowMs)
    clubsAtMs = nowMs
  }

  return async () => {
    if (isLooking) return
    isLooking = true
    try {
      await look()
    } catch (fault) {
      if (!(fault instanceof StoreAway)) house.onFault(fault, 'watch over')
    } finally {
      isLooking = false
    }
  }
}

const wakeFault = (code: RefusalCode): Error =>
  code === 'retry-later' ? new StoreAway(code) : new Error(`the clock's wish was refused: ${code}`)
