/** Planted bugs of the nodes' side: the store and the bus as a careless implementation would be, or would use them. */
import { linkOf } from '../../server/core/chain.ts'
import type { Addition, Entry, Head, Store, Stored } from '../../server/store/store.ts'
import { addSeqs, type SeqRanges } from '../../shared/seq-ranges.ts'
import { SECOND_MS } from '../../shared/units.ts'
import type { PlantedBug } from './planted-bugs.ts'
import { seals } from './simulated-node.ts'

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export const storeBugs: readonly PlantedBug[] = [
  {
    name: 'no-dedupe',
    wrong: 'a known command is obeyed again',
    bug: { store: (store) => ({ ...store, firstVersions: async () => new Map() }) },
  },
  {
    name: 'short-memory',
    wrong: 'a command is known for three seconds, not for the life of the run',
    bug: {
      store: (store) => ({
        ...store,
        async firstVersions(runId, commandIds) {
          const known = new Map(await store.firstVersions(runId, commandIds))
          for (const [commandId, version] of known) {
            const [entry] = await store.read(runId, version - 1, 1)
            if (entry && entry.fact.atMs < Date.now() - 3 * SECOND_MS) known.delete(commandId)
          }
          return known
        },
      }),
    },
  },
  {
    name: 'ack-before-append',
    wrong: 'an append is answered before it is done',
    bug: {
      store: (store) => ({
        ...store,
        async append(...args) {
          void later(300)
            .then(() => store.append(...args))
            .catch(() => undefined)
          return 'appended'
        },
      }),
    },
  },
  {
    name: 'last-writer-wins',
    wrong: 'an append ignores the expected version',
    bug: {
      store: (store, { truth }) => ({
        ...store,
        async append(runId, expectedVersion, addition) {
          const [head] = await truth().heads([runId])
          const outcome = head && head.version !== expectedVersion ? forced(runId, head, addition) : addition
          return store.append(runId, head?.version ?? expectedVersion, outcome)
        },
      }),
    },
  },
  {
    name: 'receipt-before-store',
    wrong: 'fixes are answered as stored before they are',
    bug: {
      store(store, { kept }) {
        return {
          ...store,
          async putFixes(batches) {
            void later(200)
              .then(() => store.putFixes(batches))
              .catch(() => undefined)
            return batches.map(({ memberId, source, points, droppedKeys }): Stored => {
              const before = (kept.get(memberId + source) ?? []) as SeqRanges
              const ranges = addSeqs(before, [...points.map(({ key }) => key), ...droppedKeys])
              kept.set(memberId + source, ranges)
              return { ranges, keptCount: points.length, aside: {} }
            })
          },
        }
      },
    },
  },
  {
    name: 'loss-unsaid',
    wrong: 'a store that lost fixes goes on as if it were the same',
    bug: {
      store: (store) => ({
        ...store,
        heads: async (runIds) =>
          (await store.heads(runIds)).map((head) => head && { ...head, life: head.life && 'same' }),
      }),
    },
  },
  {
    name: 'erasure-forgotten',
    wrong: 'an erasure is a fact, and the words and track stay',
    bug: {
      store: (store) => ({
        ...store,
        append: (runId, version, addition) => store.append(runId, version, { ...addition, erase: [] }),
      }),
    },
  },
  {
    name: 'read-before-listen',
    wrong: 'a node reads the journal first and listens for news after that, and does not poll',
    bug: {
      bus: (bus) => ({
        ...bus,
        async listen(runId, listener) {
          let stop = (): void => undefined
          void later(400)
            .then(() => bus.listen(runId, listener))
            .then((stopped) => {
              stop = stopped
            })
            .catch(() => undefined)
          return () => stop()
        },
      }),
      node: (node) => Object.assign(node.rooms, { poll: async () => undefined }),
    },
  },
  {
    name: 'hints-are-truth',
    wrong: 'after a gap of the bus nobody reads the journal, and nobody polls',
    foundAt: 761,
    bug: {
      bus: (bus) => ({
        ...bus,
        listen: (runId, { onMessage }) => bus.listen(runId, { onMessage, onDoubt: () => undefined }),
      }),
      node: (node) => Object.assign(node.rooms, { poll: async () => undefined }),
    },
  },
]

/** The same facts as if they had been decided on what is there. */
function forced(runId: Parameters<Store['append']>[0], head: Head, addition: Addition): Addition {
  let { mac } = head
  const entries = addition.entries.map(({ fact }, i): Entry => {
    const moved = { ...fact, version: head.version + 1 + i }
    mac = linkOf(seals.chainKey(runId), mac, moved)
    return { fact: moved, mac }
  })
  return { ...addition, afterMac: head.mac, entries }
}
