import { vi } from 'vitest'

/** Longer than anything here takes beside whatever else the machine does, and shorter than a test. */
const PATIENCE_MS = 20_000

/** Looks again until it throws and rejects no more, and gives what it then was. */
export const until = <T>(check: () => T | Promise<T>, patienceMs = PATIENCE_MS): Promise<T> =>
  vi.waitFor(check, patienceMs)

/**
 * As a promise, and rejects when a timer of so long, set now, fires before: in a process that was stalled both are late, and what came
 * over a socket meanwhile is heard first.
 */
export async function inTime<T>(promise: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const over = () => reject(new Error(`not within ${withinMs} ms`))
    timer = setTimeout(() => setTimeout(() => setImmediate(over), 0), withinMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
