import { MINUTE_MS, type RunId } from '../../shared/units.ts'
import type { House } from './house.ts'
import { openRunRoom, type RunRoom } from './run-room.ts'

/** How long a run nobody is connected to stays in memory. */
const KEEP_IDLE_MS = MINUTE_MS

export type Rooms = {
  /** `undefined` for a run that nobody ever planned, or that is forgotten. */
  room(runId: RunId): Promise<RunRoom | undefined>
  /** The room of a run that may yet be planned. */
  newRoom(runId: RunId): Promise<RunRoom>
  openRooms(): Iterable<RunRoom>
  drop(runId: RunId): void
  /** Lets go of rooms that nobody needed for a while. */
  sweep(): void
}

export function roomsOf(house: House): Rooms {
  const opening = new Map<RunId, Promise<RunRoom>>()
  const open = new Map<RunId, { room: RunRoom; neededAtMs: number }>()

  function newRoom(runId: RunId): Promise<RunRoom> {
    const there = open.get(runId)
    if (there) {
      there.neededAtMs = performance.now()
      return Promise.resolve(there.room)
    }
    let coming = opening.get(runId)
    if (!coming) {
      coming = openRunRoom(house, runId)
        .then((room) => {
          open.set(runId, { room, neededAtMs: performance.now() })
          return room
        })
        .finally(() => opening.delete(runId))
      opening.set(runId, coming)
    }
    return coming
  }

  return {
    newRoom,
    async room(runId) {
      const room = await newRoom(runId)
      if (room.book().run.version > 0) return room
      if (room.isIdle()) open.delete(runId)
      return undefined
    },
    *openRooms() {
      for (const { room } of open.values()) yield room
    },
    drop: (runId) => void open.delete(runId),
    sweep() {
      for (const [runId, { room, neededAtMs }] of open)
        if (room.isIdle() && performance.now() - neededAtMs > KEEP_IDLE_MS) open.delete(runId)
    },
  }
}
