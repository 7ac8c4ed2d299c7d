import { Worker } from 'node:worker_threads'
import { SECOND_MS } from '../../shared/units.ts'
import { type GivenRoute, plannedLine, type RouteRead } from './planned-line.ts'

const AT_ONCE_MAX = 2
const PATIENCE_MS = 20 * SECOND_MS
const HEAP_MB = 512

let running = 0

/** What `plannedLine` makes of a file, on a thread of its own. `busy` when too many are being read: ask again. */
export async function readRoute(given: GivenRoute): Promise<RouteRead | 'busy'> {
  if (running >= AT_ONCE_MAX) return 'busy'
  running++
  try {
    return await readOnThread(given)
  } finally {
    running--
  }
}

function readOnThread(given: GivenRoute): Promise<RouteRead> {
  // Run from its sources, for development and fast tests, Node cannot start a thread from TypeScript.
  if (import.meta.url.endsWith('.ts')) return Promise.resolve(plannedLine(given))
  const worker = new Worker(new URL('./route-worker.js', import.meta.url), {
    workerData: given,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  return new Promise((resolve) => {
    const tooMuch = () => {
      void worker.terminate()
      resolve({ ok: false, of: 'file', field: 'file', detail: 'it takes too long or too much memory to read' })
    }
    const timer = setTimeout(tooMuch, PATIENCE_MS)
    worker.once('message', (read: RouteRead) => resolve(read))
    worker.once('error', tooMuch)
    worker.once('exit', () => {
      clearTimeout(timer)
      tooMuch() // an answer that came before wins
    })
  })
}
