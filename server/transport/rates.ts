/**
 * How much one seat or one address may ask. Generous to people, tight for floods. Each node counts by itself;
 * what a thumb or a stranger asks for is counted over all nodes too.
 */
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { House } from '../usecase/house.ts'

export type Rate = { readonly points: number; readonly perSeconds: number }

export const rates = {
  /** A thumb, or an outbox after a dead zone. */
  command: { points: 120, perSeconds: 10 },
  /** Messages, of up to 500 fixes each. */
  fixes: { points: 200, perSeconds: 10 },
  stored: { points: 100, perSeconds: 10 },
  'catch-up': { points: 300, perSeconds: 10 },
  /** A page each. */
  journal: { points: 300, perSeconds: 10 },
  /** A part each: a long journal, now and then. */
  offer: { points: 1_000, perSeconds: 60 },
  'key-frame': { points: 20, perSeconds: 10 },
  look: { points: 50, perSeconds: 10 },
} as const satisfies Record<string, Rate>

export const httpRates = {
  /** A start with thousands behind one carrier's address; a guesser of 144-bit secrets gets nowhere anyway. */
  join: { points: 3_000, perSeconds: 60 },
  plan: { points: 60, perSeconds: 60 },
  read: { points: 1_200, perSeconds: 60 },
  tracker: { points: 1_200, perSeconds: 60 },
  /** One address: a button held down, or a watch that asks again and again who comes. */
  ask: { points: 60, perSeconds: 60 },
  /** A club at one breakfast table opens it within the same minute. */
  replay: { points: 200, perSeconds: 60 },
  push: { points: 600, perSeconds: 60 },
  demo: { points: 6, perSeconds: 60 },
} as const satisfies Record<string, Rate>

/** Answers with 0, or in how many milliseconds to come back. */
export type Limiter = (who: string) => Promise<number>

/** Counts on this node. */
export function limiterOf({ points, perSeconds }: Rate): Limiter {
  const limiter = new RateLimiterMemory({ points, duration: perSeconds })
  return async (who) => {
    try {
      await limiter.consume(who)
      return 0
    } catch (over) {
      return Math.max(100, (over as RateLimiterRes).msBeforeNext ?? 1_000)
    }
  }
}

/** Counts on this node first, so that a flood costs the others nothing, then over all nodes. */
export function sharedLimiterOf({ sharedCounts }: House, name: string, rate: Rate): Limiter {
  const here = limiterOf(rate)
  return async (who) => {
    const waitMs = await here(who)
    return waitMs > 0 ? waitMs : sharedCounts.consume(`${name}/${who}`, rate.points, rate.perSeconds)
  }
}
