/** How the heaps of nodes grow: one series a life of a node, each value after a collection. */
import type { NodeProcess } from './node-process.ts'
import type { Trouble } from './trouble.ts'

const SAMPLE_EVERY_MS = 30_000
const FIRST_AT_MS = 2 * 60_000
const OLD_AT_MS = 10 * 60_000
const GROWTH_MAX_BYTES = 50 * 2 ** 20

type Sample = { readonly ageMs: number; readonly heapBytes: number }
type Life = { readonly node: number; readonly samples: Sample[] }

export type HeapWatch = {
  /** One line a life that was old enough, or the longest there was. */
  lines(): string[]
  troubles(): Trouble[]
  /** Looks a last time. */
  stop(): Promise<void>
}

export function watchHeaps(nodes: readonly NodeProcess[]): HeapWatch {
  const lives = new Map<string, Life>()

  async function sample(node: NodeProcess): Promise<void> {
    const startedAtMs = node.startedAtMs()
    const heapBytes = await node.heapBytes()
    if (heapBytes === undefined || node.startedAtMs() !== startedAtMs) return
    const key = `${node.no}/${startedAtMs}`
    const life = lives.get(key) ?? { node: node.no, samples: [] }
    lives.set(key, life)
    life.samples.push({ ageMs: performance.now() - startedAtMs, heapBytes })
  }
  const sampleAll = () => Promise.all(nodes.map(sample))
  const timer = setInterval(() => void sampleAll(), SAMPLE_EVERY_MS)

  const grown = () =>
    [...lives.values()].flatMap(({ node, samples }) => {
      const first = samples.find(({ ageMs }) => ageMs >= FIRST_AT_MS)
      const last = samples.at(-1)
      return first && last
        ? [{ node, ageMs: last.ageMs, first, last, grownBytes: last.heapBytes - first.heapBytes }]
        : []
    })

  return {
    lines: () =>
      grown().map(
        ({ node, ageMs, first, last }) =>
          `node ${node}, ${(ageMs / 60_000).toFixed(1)} min old: ${mb(first.heapBytes)} at minute ${(first.ageMs / 60_000).toFixed(1)}, ${mb(last.heapBytes)} at the end`,
      ),
    troubles: () =>
      grown()
        .filter(({ ageMs, grownBytes }) => ageMs >= OLD_AT_MS && grownBytes > GROWTH_MAX_BYTES)
        .map(({ node, grownBytes }) => ({
          promise: 'nodes',
          about: `node ${node}`,
          what: `its heap has grown by ${mb(grownBytes)}`,
        })),
    async stop() {
      clearInterval(timer)
      await sampleAll()
    },
  }
}

const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`
