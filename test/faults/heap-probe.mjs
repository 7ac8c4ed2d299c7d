/** Loaded before a node under test (`node --expose-gc --import`): on SIGUSR2 it collects and writes the heap left, in bytes, to fd 3. */
import { writeSync } from 'node:fs'

const REPORT_FD = 3

process.on('SIGUSR2', () => {
  globalThis.gc()
  try {
    writeSync(REPORT_FD, `${process.memoryUsage().heapUsed}\n`)
  } catch {
    // Nobody listens any more.
  }
})
