import { describe, expect, onTestFinished, test } from 'vitest'
import type { Bus } from '../../server/store/bus.ts'
import { StoreAway } from '../../server/store/store.ts'
import type { RunId } from '../../shared/units.ts'
import { runId } from '../support/store-samples.ts'
import { until } from '../support/until.ts'

export type OpenedBus = {
  /** One more node on the same bus. */
  readonly join: () => Promise<Bus>
  /** Nothing comes through any more, for all nodes; resolves when they know. */
  readonly shut: () => Promise<void>
  readonly open: () => Promise<void>
}

const run = runId(1)
const bytes = (...values: number[]) => Uint8Array.from(values)

/** Notes what a node hears of a run. */
async function ear(bus: Bus, id: RunId) {
  const heard: number[][] = []
  let doubts = 0
  const stop = await bus.listen(id, {
    onMessage: (message) => void heard.push([...message]),
    onDoubt: () => void doubts++,
  })
  return { heard, stop, doubts: () => doubts }
}

/** The promises of bus.ts, for every bus. */
export function busContract(name: string, openBus: () => Promise<OpenedBus>): void {
  async function nodes(count: number) {
    const bus = await openBus()
    const joined: Bus[] = []
    for (let node = 0; node < count; node++) {
      const one = await bus.join()
      onTestFinished(() => one.close())
      joined.push(one)
    }
    return { ...bus, joined: joined as [Bus, Bus, Bus] }
  }

  describe(`${name} keeps the bus contract`, () => {
    test('[BU1] a message reaches every other node that listens to its run, and nobody else', async () => {
      const [a, b, c] = (await nodes(3)).joined
      const ears = [await ear(a, run), await ear(b, run), await ear(c, run), await ear(c, run), await ear(b, runId(2))]
      a.tell(run, bytes(1, 0, 255, 10, 13, 128))
      await until(() => expect(ears.slice(1, 4).map(({ heard }) => heard.length)).toEqual([1, 1, 1]))
      b.tell(runId(2), bytes(9))
      c.tell(runId(2), bytes(8))
      await until(() => expect(ears[4]?.heard).toEqual([[8]]))
      const all = [1, 0, 255, 10, 13, 128]
      expect(ears.map(({ heard }) => heard)).toEqual([[], [all], [all], [all], [[8]]])
    })

    test('[BU1] messages of any size come as they were, in the order in which one node told them', async () => {
      const [a, b] = (await nodes(2)).joined
      const { heard } = await ear(b, run)
      const sizes = [0, 1, 40_000, 7, 300_000, 2]
      for (const [index, size] of sizes.entries()) a.tell(run, new Uint8Array(size).fill(index))
      await until(() => expect(heard.map(({ length }) => length)).toEqual(sizes))
      expect(heard.map((message) => [...new Set(message)])).toEqual([[], [1], [2], [3], [4], [5]])
    })

    test('[BU1] who has begun to listen misses no later message, however many runs there are', async () => {
      const [a, b] = (await nodes(2)).joined
      const ids = Array.from({ length: 100 }, (_, number) => runId(number))
      const ears = await Promise.all(
        ids.map(async (id) => {
          const listening = await ear(b, id)
          a.tell(id, bytes(7))
          return listening
        }),
      )
      await until(() => expect(ears.every(({ heard }) => heard.length === 1)).toBe(true))
    })

    test('[BU1] who has stopped hears nothing, and others of the same run and node still do', async () => {
      const [a, b] = (await nodes(2)).joined
      const [first, second] = [await ear(b, run), await ear(b, run)]
      first.stop()
      first.stop()
      a.tell(run, bytes(1))
      await until(() => expect(second.heard).toEqual([[1]]))
      second.stop()
      a.tell(run, bytes(2))
      const third = await ear(b, run)
      a.tell(run, bytes(3))
      await until(() => expect(third.heard.at(-1)).toEqual([3]))
      expect([first.heard, second.heard]).toEqual([[], [[1]]])
    })

    test('[BU2] after a gap every listener is told to doubt, and hears again', async () => {
      const bus = await nodes(3)
      const [a, b, c] = bus.joined
      const ears = [await ear(a, run), await ear(b, run), await ear(b, runId(2)), await ear(c, runId(2))]
      const stopped = await ear(c, run)
      await bus.shut()
      stopped.stop()
      await bus.open()
      await until(() => expect(ears.map(({ doubts }) => doubts() > 0)).toEqual([true, true, true, true]))
      expect(stopped.doubts()).toBe(0)
      a.tell(run, bytes(1))
      b.tell(runId(2), bytes(2))
      await until(() => expect(ears.map(({ heard }) => heard)).toEqual([[], [[1]], [], [[2]]]))
    })

    test('[BU3] while the way is shut messages are dropped, nothing throws, and listening is refused', async () => {
      const bus = await nodes(2)
      const [a, b] = bus.joined
      const [sending, listening] = [await ear(a, run), await ear(b, run)]
      await bus.shut()
      for (let count = 0; count < 100; count++) a.tell(run, bytes(count))
      await expect(ear(b, runId(2))).rejects.toThrow(StoreAway)
      await expect(ear(b, run)).rejects.toThrow(StoreAway)
      await bus.open()
      await until(() => expect([sending, listening].every(({ doubts }) => doubts() > 0)).toBe(true))
      a.tell(run, bytes(255))
      await until(() => expect(listening.heard).toEqual([[255]]))
      await ear(b, runId(2))
    })

    test('[BU3] a closed bus tells nothing and hears nothing, and may be closed again', async () => {
      const [a, b] = (await nodes(2)).joined
      const listening = await ear(b, run)
      await b.close()
      await b.close()
      b.tell(run, bytes(1))
      a.tell(run, bytes(2))
      await expect(ear(b, run)).rejects.toThrow(StoreAway)
      expect(listening.heard).toEqual([])
    })
  })
}
