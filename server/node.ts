/** One Serik node without its doors: rooms, positions, trackers, and what it does by itself, tick by tick. */
import { SECOND_MS } from '../shared/units.ts'
import { loadAfter, noLoad } from './core/load.ts'
import { StoreAway } from './store/store.ts'
import { type Asking, askingOf } from './usecase/asking.ts'
import type { House } from './usecase/house.ts'
import { type Positions, positionsOf } from './usecase/positions.ts'
import { type Recovery, recoveryOf } from './usecase/recovery.ts'
import { type Rooms, roomsOf } from './usecase/rooms.ts'
import { tickerOf } from './usecase/ticker.ts'
import { type Trackers, trackersOf } from './usecase/trackers.ts'
import { watchOver } from './usecase/watch-over.ts'

const LOOK_EVERY_MS = 250
const POLL_EVERY_MS = SECOND_MS
const SWEEP_EVERY_MS = 30 * SECOND_MS

export type SerikNode = {
  readonly rooms: Rooms
  readonly positions: Positions
  readonly trackers: Trackers
  readonly asking: Asking
  readonly recovery: Recovery
  /** Begins to tick, to wake what is due, and to look where the store is. Returns what stops all of it. */
  start(): () => void
}

/** @param onLoss the store had lost something it had said to be safe. */
export function openNode(house: House, tickMs: number, onLoss: () => Promise<void> = async () => undefined): SerikNode {
  const { onFault } = house
  const unlessAway = (where: string) => (fault: unknown) => {
    if (!(fault instanceof StoreAway)) onFault(fault, where)
  }
  const rooms = roomsOf(house, {
    onLoss(room) {
      void trackers.countLost(room).catch(unlessAway('tracker'))
      void onLoss().catch(unlessAway('loss'))
    },
    onForgotten: ({ runId }) => positions.drop(runId),
    onErased: ({ runId }, memberId) => positions.drop(runId, memberId),
  })
  const positions = positionsOf(house)
  const trackers = trackersOf(house, rooms, positions)
  const asking = askingOf(house, rooms)
  const look = watchOver(house, rooms)
  let isPolling = false
  let load = noLoad

  /** A slow store is not asked again before it has answered. */
  async function poll(): Promise<void> {
    if (isPolling) return
    isPolling = true
    await rooms.poll().catch(unlessAway('poll'))
    isPolling = false
  }

  const ticker = tickerOf(tickMs, (isIts, nextInMs, lateMs) => {
    load = loadAfter(load, lateMs, performance.now())
    house.tally.loadLevel = load.level
    const { clock } = house
    const ticking = {
      tickMs: Math.round(tickMs * clock.timeScale),
      nextTickAtMs: Math.round(clock.nowMs() + nextInMs * clock.timeScale),
    }
    for (const room of rooms.openRooms()) {
      if (!isIts(room.runId)) continue
      try {
        room.tick(ticking, load.level)
      } catch (fault) {
        onFault(fault, 'tick') // one run's trouble is not the others'
      }
    }
  })

  return {
    rooms,
    positions,
    trackers,
    asking,
    recovery: recoveryOf(house, rooms),
    start() {
      const timers = [
        setInterval(() => void look(), jittered(LOOK_EVERY_MS)),
        setInterval(() => void poll(), jittered(POLL_EVERY_MS)),
        setInterval(() => rooms.sweep(), SWEEP_EVERY_MS),
      ]
      const stopTicking = ticker.start()
      return () => {
        stopTicking()
        asking.close()
        for (const timer of timers) clearInterval(timer)
      }
    },
  }
}

/** Nodes that start together do not ask together. */
const jittered = (everyMs: number): number => everyMs * (0.9 + 0.1 * Math.random())
