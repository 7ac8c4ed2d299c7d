import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'

/** How much has been asked for under a key, by all nodes together where they share a store. */
export interface SharedCounts {
  /**
   * Takes one of `points` that there are in each `perSeconds`. Answers with 0, or in how many milliseconds
   * to come back. Never rejects and never waits long: where nobody can be asked, this node counts for itself.
   */
  consume(key: string, points: number, perSeconds: number): Promise<number>
}

/** The least wait that is told: less is not worth coming back for. */
export const WAIT_MIN_MS = 100

/** Counts of this process alone. */
export function memorySharedCounts(): SharedCounts {
  const limiters = new Map<string, RateLimiterMemory>()
  return {
    async consume(key, points, perSeconds) {
      const rate = `${points}/${perSeconds}`
      const limiter = limiters.get(rate) ?? new RateLimiterMemory({ points, duration: perSeconds })
      limiters.set(rate, limiter)
      try {
        await limiter.consume(key)
        return 0
      } catch (over) {
        return Math.max(WAIT_MIN_MS, (over as RateLimiterRes).msBeforeNext)
      }
    },
  }
}
