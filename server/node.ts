/** One Serik node without its doors: rooms, positions, trackers, and what it does by itself, tick by tick. */
import { SECOND_MS } from '../shared/units.ts'
import { StoreAway } from './store/store.ts'
import type { House } from './usecase/house.ts'
import { type Positions, positionsOf } from './usecase/positions.ts'
import { type Recovery, recoveryOf } from './usecase/recovery.ts'
import { type Rooms, roomsOf } from './usecase/rooms.ts'
import { type Trackers, trackersOf } from './usecase/trackers.ts'
import { watchOver } from './usecase/watch-over.ts'

const SLOT_MS = 50
const LOOK_EVERY_MS = 250
const POLL_EVERY_MS = SECOND_MS
const SWEEP_EVERY_MS = 30 * SECOND_MS

export type SerikNode = {
  readonly rooms: Rooms
  readonly positions: Positions
  readonly trackers: Trackers
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
  const rooms = roomsOf(house, (room) => {
    void trackers.countLost(room).catch(unlessAway('tracker'))
    void onLoss().catch(unlessAway('loss'))
  })
  const positions = positionsOf(house)
  const trackers = trackersOf(house, rooms, positions)
  const look = watchOver(house, rooms)
  let isPolling = false

  /** A slow store is not asked again before it has answered. */
  async function poll(): Promise<void> {
    if (isPolling) return
    isPolling = true
    await rooms.poll().catch(unlessAway('poll'))
    isPolling = false
  }

  // Runs take turns over the tick, so that the node's work is even.
  const slotCount = Math.max(1, Math.floor(tickMs / SLOT_MS))
  let slot = 0
  function tick(): void {
    slot = (slot + 1) % slotCount
    for (const room of rooms.openRooms()) {
      if (slotOf(room.runId, slotCount) !== slot) continue
      try {
        room.tick()
      } catch (fault) {
        onFault(fault, 'tick') // one run's trouble is not the others'
      }
    }
  }

  return {
    rooms,
    positions,
    trackers,
    recovery: recoveryOf(house, rooms),
    start() {
      const timers = [
        setInterval(tick, tickMs / slotCount),
        setInterval(() => void look(), jittered(LOOK_EVERY_MS)),
        setInterval(() => void poll(), jittered(POLL_EVERY_MS)),
        setInterval(() => rooms.sweep(), SWEEP_EVERY_MS),
      ]
      return () => {
        for (const timer of timers) clearInterval(timer)
      }
    },
  }
}

/** Nodes that start together do not ask together. */
const jittered = (everyMs: number): number => everyMs * (0.9 + 0.1 * Math.random())

/** Ids are random already: their last digits spread runs evenly. */
const slotOf = (runId: string, slotCount: number): number => Number.parseInt(runId.slice(-6), 36) % slotCount
