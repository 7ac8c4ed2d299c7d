import type { Fix } from '../../shared/geo/fix.ts'
import type { MemberId, RunId } from '../../shared/units.ts'
import type { RedisVoice } from './redis-ask.ts'
import { forgottenKeyOf, runKey } from './redis-keys.ts'
import type { RedisLives } from './redis-lives.ts'
import { eachWhereItIs } from './redis-parts.ts'
import { batchWords, progressIn, type StoredReply, storedIn, unpacked } from './redis-points.ts'
import { newestScript, putFixesScript, storedScript } from './redis-scripts/fix-scripts.ts'
import type { FixBatch, KeptProgress, Stored, TrackPoint } from './store.ts'
import { isPhoneStream, onlyHad } from './stored.ts'

/** Messages read at once, each with some fixes: Redis does nothing else while it gathers them. */
const PAGE = 1_000

/** Members' fixes in Redis. */
export function redisTracks(voice: RedisVoice, lives: RedisLives) {
  async function putOfRun(runId: RunId, batches: readonly FixBatch[]): Promise<(Stored | 'no-run')[]> {
    const key = runKey(runId)
    const words = [
      key,
      forgottenKeyOf(runId),
      lives.nodeId,
      lives.newLife(runId),
      runId,
      ...batches.flatMap(batchWords),
    ]
    const [reply] = await voice.write(key, [{ script: putFixesScript, words }])
    const [outcome, writes, answers, life] = reply as [string, number, (StoredReply | 'had')[], string]
    if (outcome === 'no-run') return batches.map(() => 'no-run')
    if (outcome === 'forgotten') return batches.map(onlyHad)
    lives.confirmed(runId, writes, life)
    return batches.map((batch, index) => {
      const answer = answers[index]
      return answer === undefined || answer === 'had' ? onlyHad(batch) : storedIn(answer)
    })
  }

  return {
    async put(batches: readonly FixBatch[]): Promise<readonly (Stored | 'no-run' | 'away')[]> {
      const places = new Map<RunId, number[]>()
      for (const [place, { runId }] of batches.entries()) {
        const ofRun = places.get(runId)
        if (ofRun) ofRun.push(place)
        else places.set(runId, [place])
      }
      const puts = [...places].map(([runId, ofRun]) =>
        putOfRun(
          runId,
          ofRun.map((place) => batches[place] as FixBatch),
        ),
      )
      const answers: (Stored | 'no-run' | 'away')[] = []
      for (const [index, ofIt] of (await eachWhereItIs(puts)).entries())
        for (const [at, place] of ([...places.values()][index] ?? []).entries())
          answers[place] = ofIt === 'away' ? 'away' : (ofIt[at] as Stored | 'no-run')
      return answers
    },

    async stored(runId: RunId, memberId: MemberId, source: string): Promise<Stored> {
      const key = runKey(runId)
      const [reply] = await voice.ask(key, [{ script: storedScript, words: [key, memberId, source] }])
      return storedIn(reply as StoredReply)
    },

    async read(runId: RunId, memberId: MemberId): Promise<readonly TrackPoint[]> {
      const key = runKey(runId)
      const [names] = await voice.ask(key, [['hkeys', `${key}ranges:${memberId}`]])
      const track: TrackPoint[] = []
      for (const source of (names as string[]).filter(isSource).sort()) {
        const points = await pointsOf(key, memberId, source)
        const byKey = points.sort((a, b) => a.key - b.key)
        track.push(...(isPhoneStream(source) ? byKey : byKey.sort((a, b) => a.fix.takenAtMs - b.fix.takenAtMs)))
      }
      return track
    },

    async newest(runId: RunId): Promise<ReadonlyMap<MemberId, Fix>> {
      const key = runKey(runId)
      const [reply] = await voice.ask(key, [{ script: newestScript, words: [key] }])
      const all = reply as string[]
      const newest = new Map<MemberId, Fix>()
      for (let at = 0; at < all.length; at += 2)
        for (const { fix } of unpacked(all[at + 1] as string)) newest.set(all[at] as MemberId, fix)
      return newest
    },

    async readProgress(runId: RunId, memberIds?: readonly MemberId[]): Promise<ReadonlyMap<MemberId, KeptProgress>> {
      const key = `${runKey(runId)}progress`
      if (memberIds?.length === 0) return new Map()
      const [reply] = await voice.ask(runKey(runId), [memberIds ? ['hmget', key, ...memberIds] : ['hgetall', key]])
      const texts = memberIds
        ? memberIds.map((memberId, at) => [memberId, (reply as (string | null)[])[at]] as const)
        : (Object.entries(reply as Record<MemberId, string>) as [MemberId, string][])
      return new Map(texts.flatMap(([memberId, text]) => (text == null ? [] : [[memberId, progressIn(text)]])))
    },
  }

  /** The list only grows, so that pages fit together. */
  async function pointsOf(key: string, memberId: MemberId, source: string): Promise<TrackPoint[]> {
    const points: TrackPoint[] = []
    for (let from = 0; ; from += PAGE) {
      const [page] = await voice.ask(key, [['lrange', `${key}points:${memberId}:${source}`, from, from + PAGE - 1]])
      for (const packed of page as string[]) for (const point of unpacked(packed)) points.push({ source, ...point })
      if ((page as string[]).length < PAGE) return points
    }
  }
}

/** Beside them lies what is of all sources. */
const isSource = (name: string): boolean => name.includes(':')
