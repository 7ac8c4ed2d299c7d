/**
 * Whether Redis still has what this node was told is safe. Each run counts there the writes of each node; when
 * the count is lower than the one that was confirmed here, Redis came back older, and the run gets another life.
 * Lives are numbered, so that of several nodes which find the same loss the first one says it for all, and a
 * copy that brings an older life back is told from that.
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
  /** For a run that has none: later than any this node knows of. */
  newLife(runId: RunId): string
  /** Told of each write that was confirmed, with the count and the life that it left. */
  confirmed(runId: RunId, writes: number, life: string): void
  head(runId: RunId): Promise<Head>
}

export function redisLives(voice: RedisVoice): RedisLives {
  const nodeId = randomId()
  const remembered = new Map<RunId, { writes: number; life: string; usedAtMs: number }>()
  let sweptAtMs = performance.now()

  function sweep(): void {
    const nowMs = performance.now()
    if (nowMs - sweptAtMs < MINUTE_MS) return
    sweptAtMs = nowMs
    for (const [runId, { usedAtMs }] of remembered) if (nowMs - usedAtMs > REMEMBERED_MS) remembered.delete(runId)
  }

  const lifeAfter = (life: string): string => `${numberOf(life) + 1}.${randomId()}`

  /** Another node may have been faster. */
  const renew = (key: string, life: string, next: string) =>
    voice.write(key, [{ script: renewLifeScript, words: [key, life, next] }])

  function remember(runId: RunId, writes: number, life: string): void {
    remembered.set(runId, { writes, life, usedAtMs: performance.now() })
  }

  return {
    nodeId,
    newLife: (runId) => lifeAfter(remembered.get(runId)?.life ?? ''),

    confirmed(runId, writes, life) {
      sweep()
      const before = remembered.get(runId)
      const isLater = numberOf(life) >= numberOf(before?.life ?? '')
      remember(runId, Math.max(before?.writes ?? 0, writes), isLater || !before ? life : before.life)
    },

    async head(runId) {
      // Before it is asked: a write that is confirmed in the meantime is not missing from the answer.
      const known = remembered.get(runId)
      const key = runKey(runId)
      const asked = { script: headScript, words: [key, forgottenKeyOf(runId), nodeId, runId] }
      const [reply] = await voice.ask(key, [asked])
      const [version, last, life, writes, isForgotten] = reply as [number, string, string, string | number, number]
      const mac = last.slice(last.indexOf('\n', last.indexOf('\n') + 1) + 1)
      const head = { version, mac, life, isForgotten: isForgotten === 1 }
      if (known === undefined || Number(writes) >= known.writes) return head
      const isSaid = life === '' || numberOf(life) > numberOf(known.life)
      const latest = numberOf(life) > numberOf(known.life) ? life : known.life
      const now = isSaid ? life : String((await renew(key, life, lifeAfter(latest)))[0])
      remember(runId, Number(writes), now || known.life)
      return { ...head, life: now }
    },
  }
}

const numberOf = (life: string): number => Number.parseInt(life, 10) || 0
