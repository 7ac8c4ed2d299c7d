import { Worker } from 'node:worker_threads'
import { SECOND_MS } from '../../shared/units.ts'
import { plannedLine, type RouteRead } from './planned-line.ts'

const AT_ONCE_MAX = 2
const PATIENCE_MS = 20 * SECOND_MS
const HEAP_MB = 512

let running = 0

/** The planned line of a GPX file, simplified without losing a turn-round. `busy` when too many are being read: ask again. */
export async function readRoute(text: string): Promise<RouteRead | 'busy'> {
  if (running >= AT_ONCE_MAX) return 'busy'
  running++
  try {
    return await readOnThread(text)
  } finally {
    running--
  }
}

function readOnThread(text: string): Promise<RouteRead> {
  // Run from its sources, for development and fast tests, Node cannot start a thread from TypeScript.
  if (import.meta.url.endsWith('.ts')) return Promise.resolve(plannedLine(text))
  const worker = new Worker(new URL('./route-worker.js', import.meta.url), {
    workerData: text,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  return new Promise((resolve) => {
    const tooMuch = () => {
      void worker.terminate()
      resolve({ ok: false, field: 'file', detail: 'it takes too long or too much memory to read' })
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
