import { expect, test } from 'vitest'
import { askingOf, type Pressed } from '../../server/usecase/asking.ts'
import type { House } from '../../server/usecase/house.ts'
import type { Rooms } from '../../server/usecase/rooms.ts'
import type { RunRoom } from '../../server/usecase/run-room.ts'
import { type RunId, SECOND_MS } from '../../shared/units.ts'
import { at, runOf } from '../support/given-run.ts'
import { aHouse } from '../support/house.ts'
import { aidar, claimed, dana, raised, request, START_MS, tracker, underWay } from '../support/people.ts'

/** A room as one who waits sees it. */
function aRoom() {
  const listeners = new Set<() => void>()
  let run = runOf(...underWay, raised(1, aidar))
  const room = {
    book: () => ({ run }),
    onTurned(hear: () => void) {
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
  } as unknown as RunRoom
  const turns = () => {
    run = runOf(...underWay, raised(1, aidar), claimed(1, dana))
    for (const hear of listeners) hear()
  }
  return { room, turns, listenerCount: () => listeners.size }
}

test('[AD6] 200 calls of a node wait, one more is answered at once, and all are when it is claimed', async () => {
  const asking = askingOf({} as House, {} as Rooms)
  const { room, turns, listenerCount } = aRoom()
  const stays = () => new AbortController().signal
  const pressed = (no: number): Pressed => ({
    room,
    trackerId: tracker(no),
    memberId: aidar,
    requestId: request(1),
    isEarlier: false,
  })
  const held = Array.from({ length: 200 }, (_, no) => asking.taken(pressed(no), 60_000, stays()))
  expect(listenerCount()).toBe(200)
  await asking.taken(pressed(200), 60_000, stays())
  expect(listenerCount()).toBe(200)
  turns()
  await Promise.all(held)
  expect(listenerCount()).toBe(0)
})

test('[AD2] a press within 30 s of another is the same wish, also once that was handed over; a later one is another', async () => {
  const delivered = {
    type: 'request-delivered',
    requestId: request(1),
    cyclistId: null,
    handOverId: null,
    distanceM: null,
  } as const
  const run = runOf(...underWay, at(START_MS, raised(1, aidar)), at(START_MS + SECOND_MS, delivered))
  const runId = 'run_1' as RunId
  const room = {
    runId,
    book: () => ({ run, words: new Map() }),
    memberOf: () => run.members.get(aidar),
    obey: async () => ({ ok: true }),
  }
  const house = aHouse()
  const pressedAfter = (ms: number) =>
    askingOf(
      {
        ...house,
        clock: { timeScale: 1, nowMs: () => START_MS + ms },
        seals: { ...house.seals, openTracker: () => tracker(1) },
        store: { ...house.store, trackerSeats: async () => [{ runId, memberId: aidar }] } as never,
      },
      { room: async () => room } as never,
    ).press({ token: 't', what: 'water', pressId: null })
  expect(await pressedAfter(30 * SECOND_MS - 1)).toMatchObject({ requestId: request(1) })
  expect(await pressedAfter(30 * SECOND_MS)).not.toMatchObject({ requestId: request(1) })
})
