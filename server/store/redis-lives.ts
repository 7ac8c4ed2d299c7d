/**
 * Whether Redis still has what this node was told is safe. Each run counts there the writes of each node; when
 * the count is lower than the one that was confirmed here, Redis came back older, and the run gets another life.
 */
import { randomBytes } from 'node:crypto'
import { HOUR_MS, MINUTE_MS, type RunId } from '../../shared/units.ts'
import type { RedisVoice } from './redis-ask.ts'
import { forgottenKeyOf, runKey } from './redis-keys.ts'
import { headScript, renewLifeScript } from './redis-scripts/run-scripts.ts'
import type { Head } from './store.ts'

/** Runs that nobody writes to are not remembered for ever. */
const REMEMBERED_MS = HOUR_MS

export const randomId = (): string => randomBytes(9).toString('base64url')

export type RedisLives = {
  readonly nodeId: string
  /** Told of each write that was confirmed, with the count that it left. */
  confirmed(runId: RunId, writes: number): void
  head(runId: RunId): Promise<Head>
}

export function redisLives(voice: RedisVoice): RedisLives {
  const nodeId = randomId()
  const remembered = new Map<RunId, { writes: number; usedAtMs: number }>()
  let sweptAtMs = performance.now()

  function sweep(): void {
    const nowMs = performance.now()
    if (nowMs - sweptAtMs < MINUTE_MS) return
    sweptAtMs = nowMs
    for (const [runId, { usedAtMs }] of remembered) if (nowMs - usedAtMs > REMEMBERED_MS) remembered.delete(runId)
  }

  /** Another node may have been faster. */
  const renew = (key: string, life: string) =>
    voice.write(key, [{ script: renewLifeScript, words: [key, life, randomId()] }])

  return {
    nodeId,

    confirmed(runId, writes) {
      sweep()
      const before = remembered.get(runId)?.writes ?? 0
      remembered.set(runId, { writes: Math.max(before, writes), usedAtMs: performance.now() })
    },

    async head(runId) {
      // Before it is asked: a write that is confirmed in the meantime is not missing from the answer.
      const confirmed = remembered.get(runId)?.writes ?? 0
      const key = runKey(runId)
      const asked = { script: headScript, words: [key, forgottenKeyOf(runId), nodeId, runId] }
      const [reply] = await voice.ask(key, [asked])
      const [version, last, life, writes, isForgotten] = reply as [number, string, string, string | number, number]
      const mac = last.slice(last.indexOf('\n', last.indexOf('\n') + 1) + 1)
      const head = { version, mac, life, isForgotten: isForgotten === 1 }
      if (Number(writes) >= confirmed) return head
      const renewed = life === '' ? [life] : await renew(key, life)
      remembered.set(runId, { writes: Number(writes), usedAtMs: performance.now() })
      return { ...head, life: String(renewed[0]) }
    },
  }
}
