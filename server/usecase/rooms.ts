import { MINUTE_MS, type RunId } from '../../shared/units.ts'
import type { House } from './house.ts'
import { openRunRoom, type RoomEvents, type RunRoom } from './run-room.ts'

/** How long a run nobody is connected to stays in memory. */
const KEEP_IDLE_MS = MINUTE_MS

export type Rooms = {
  /** `undefined` for a run that nobody ever planned, or that is forgotten. Rejects with StoreAway when the store is. */
  room(runId: RunId): Promise<RunRoom | undefined>
  /** The room of a run that may yet be planned. */
  newRoom(runId: RunId): Promise<RunRoom>
  openRooms(): Iterable<RunRoom>
  /** Tells everybody that the run is over for them, and lets go of it. */
  forget(runId: RunId): void
  /** Asks the store once where all runs held here end: what no hint has told is found within a second. */
  poll(): Promise<void>
  /** Lets go of rooms that nobody needed for a while. */
  sweep(): void
}

/** @param on what else follows when a store has lost something, a run is forgotten, or a member erased. */
export function roomsOf(house: House, on: Partial<RoomEvents> = {}): Rooms {
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
      coming = openRunRoom(house, runId, {
        onLoss: (room) => on.onLoss?.(room),
        onErased: (room, memberId) => on.onErased?.(room, memberId),
        onForgotten: (room) => forget(room.runId),
      })
        .then((room) => {
          open.set(runId, { room, neededAtMs: performance.now() })
          return room
        })
        .finally(() => opening.delete(runId))
      opening.set(runId, coming)
    }
    return coming
  }

  function close(runId: RunId): void {
    open.get(runId)?.room.close()
    open.delete(runId)
  }

  function forget(runId: RunId): void {
    const room = open.get(runId)?.room
    room?.dismiss('forgotten') // G8
    if (room) on.onForgotten?.(room)
    house.outList.forget(runId)
    close(runId)
  }

  return {
    newRoom,
    forget,
    async room(runId) {
      if (house.outList.isForgotten(runId)) return undefined // whatever an older store says
      const room = await newRoom(runId)
      if (room.book().run.version > 0) return room
      if (room.isIdle()) close(runId)
      return undefined
    },
    *openRooms() {
      for (const { room } of open.values()) yield room
    },
    async poll() {
      const held = [...open.values()]
      if (held.length === 0) return
      const heads = await house.store.heads(held.map(({ room }) => room.runId))
      for (const [i, { room }] of held.entries()) {
        const head = heads[i]
        if (head) room.polled(head)
      }
    },
    sweep() {
      // A store that is away may come back older, and ask for what only this node knows.
      for (const [runId, { room, neededAtMs }] of open)
        if (room.isIdle() && house.store.silentMs(runId) === 0 && performance.now() - neededAtMs > KEEP_IDLE_MS)
          close(runId)
    },
  }
}
