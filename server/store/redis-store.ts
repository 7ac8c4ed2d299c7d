/** Runs in a Redis or a cluster of them, shared by any number of nodes. */

import { type ClubId, DAY_MS, type MemberId, type RunId, SECOND_MS, type TrackerId } from '../../shared/units.ts'
import { forgottenRun, mustFollow } from './addition.ts'
import { redisVoice } from './redis-ask.ts'
import { redisClubs } from './redis-clubs.ts'
import { appendWords, dueIn, entryIn, wordIn } from './redis-entries.ts'
import {
  clubKey,
  fenceKeyOf,
  forgottenKeyOf,
  runKey,
  settledFenceKey,
  settledKey,
  shards,
  slotOf,
  trackerKey,
  wakeKey,
  wakeKeyOf,
} from './redis-keys.ts'
import { redisLives } from './redis-lives.ts'
import type { RedisNodes } from './redis-nodes.ts'
import { eachWhereItIs } from './redis-parts.ts'
import { appendScript, forgetScript, putRouteScript, settleScript, setWakeScript } from './redis-scripts/run-scripts.ts'
import { redisTracks } from './redis-tracks.ts'
import type { Store } from './store.ts'

/** How long a route waits for its run to be planned. */
const UNBORN_S = DAY_MS / SECOND_MS

/** @param replicas how many have to have a write, besides the primary, before it counts. */
export function redisStore(nodes: RedisNodes, replicas: number): Store {
  const voice = redisVoice(nodes)
  const lives = redisLives(voice)
  const tracks = redisTracks(voice, lives)

  /** Written with all that belongs to it in one step, so that what comes behind it covers what was before. */
  const fence = (runId: RunId) => voice.write(fenceKeyOf(runId), [['incr', fenceKeyOf(runId)]])

  return {
    async append(runId, expectedVersion, addition) {
      mustFollow(expectedVersion, addition.entries)
      // Before the attachment itself: an index that says too much is read past, one that says too little loses.
      const indexed = addition.attach.map(({ trackerId }) =>
        voice.write(trackerKey(trackerId), [['sadd', trackerKey(trackerId), runId]]),
      )
      await Promise.all(indexed)
      const key = runKey(runId)
      const words = [key, forgottenKeyOf(runId), wakeKeyOf(runId), lives.nodeId, lives.newLife(runId)]
      const [reply] = await voice.write(key, [
        { script: appendScript, words: [...words, ...appendWords(runId, expectedVersion, addition)] },
      ])
      const [outcome, writes, life] = reply as ['appended' | 'conflict' | 'forgotten', number, string]
      if (outcome === 'forgotten') throw forgottenRun(runId)
      if (outcome === 'appended') lives.confirmed(runId, writes, life)
      return outcome
    },

    async heads(runIds) {
      const heads = await eachWhereItIs(runIds.map(lives.head))
      return heads.map((head) => (head === 'away' ? undefined : head))
    },

    async confirm(runId) {
      if (replicas > 0) await fence(runId)
      else if (nodes.isClosed()) throw new Error('the store is closed')
    },

    silentMs(runId) {
      if (runId !== undefined) return nodes.linkOf(slotOf(runKey(runId)))?.silentMs() ?? Number.POSITIVE_INFINITY
      return Math.min(...nodes.links().map((link) => link.silentMs()))
    },

    async read(runId, afterVersion, limit) {
      const key = runKey(runId)
      const [texts] = await voice.ask(key, [['lrange', `${key}journal`, afterVersion, afterVersion + limit - 1]])
      return (texts as string[]).map(entryIn)
    },

    async firstVersions(runId, commandIds) {
      if (commandIds.length === 0) return new Map()
      const key = runKey(runId)
      const [versions] = await voice.ask(key, [['hmget', `${key}commands`, ...commandIds]])
      const found = commandIds.flatMap((commandId, index) => {
        const version = (versions as (string | null)[])[index]
        return version == null ? [] : [[commandId, Number(version)] as const]
      })
      if (found.length > 0) await this.confirm(runId)
      return new Map(found)
    },

    async readWords(runId) {
      const key = runKey(runId)
      const [all] = await voice.ask(key, [['hgetall', `${key}words`]])
      return Object.entries(all as Record<string, string>).map(wordIn)
    },

    async putRoute(runId, routeId, json) {
      const key = runKey(runId)
      const words = [key, forgottenKeyOf(runId), runId, routeId, json, UNBORN_S]
      const [outcome] = await voice.write(key, [{ script: putRouteScript, words }])
      if (outcome === 'forgotten') throw forgottenRun(runId)
    },

    async readRoute(runId, routeId) {
      const key = runKey(runId)
      const [json] = await voice.ask(key, [['hget', `${key}routes`, routeId]])
      return json === null ? undefined : String(json)
    },

    async dueRuns(nowMs, limit) {
      const asked = shards.map(async (shard) => {
        const key = wakeKey(shard)
        const [due] = await voice.ask(key, [['zrangebyscore', key, '-inf', nowMs, 'withscores', 'limit', 0, limit]])
        return dueIn(due as string[])
      })
      const answers = await Promise.allSettled(asked)
      const due = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
      const fault = answers.find((answer) => answer.status === 'rejected')
      // The runs of a master that is down must not keep those of the others asleep.
      if (fault && answers.every(({ status }) => status === 'rejected')) throw fault.reason
      return due
        .sort((a, b) => a.wakeAtMs - b.wakeAtMs)
        .slice(0, limit)
        .map(({ runId }) => runId)
    },

    async setWake(runId, version, wakeAtMs) {
      const key = runKey(runId)
      const words = [key, wakeKeyOf(runId), runId, version, wakeAtMs ?? '']
      await voice.write(key, [{ script: setWakeScript, words }])
    },

    putFixes: tracks.put,
    stored: tracks.stored,
    readTrack: tracks.read,
    newestFixes: tracks.newest,
    readProgress: tracks.readProgress,

    async trackerSeats(trackerId) {
      const [runIds] = await voice.ask(trackerKey(trackerId), [['smembers', trackerKey(trackerId)]])
      const seats = (runIds as RunId[]).map(async (runId) => {
        const key = runKey(runId)
        const [members, isForgotten] = await voice.ask(key, [
          ['hget', `${key}attached`, trackerId],
          ['sismember', forgottenKeyOf(runId), runId],
        ])
        // Its id never comes back, so nobody can be attaching the tracker to it now.
        if (isForgotten === 1) await voice.ask(trackerKey(trackerId), [['srem', trackerKey(trackerId), runId]])
        const memberIds = String(members ?? '').split('\n') as MemberId[]
        return memberIds.filter((memberId) => memberId !== '').map((memberId) => ({ runId, memberId }))
      })
      return (await Promise.all(seats)).flat()
    },

    async forgetRun(runId) {
      const key = runKey(runId)
      const words = [key, forgottenKeyOf(runId), wakeKeyOf(runId), runId]
      const [left] = await voice.write(key, [{ script: forgetScript, words }])
      const [trackerIds, clubIds] = left as [TrackerId[], ClubId[]]
      const named = [
        ...trackerIds.map((trackerId) => ['srem', trackerKey(trackerId), runId] as const),
        ...clubIds.map((clubId) => ['hdel', clubKey(clubId), runId] as const),
      ]
      for (const call of named)
        await voice.ask(call[1], [call]).catch(() => {
          // Left to whoever next asks for the tracker or the club: the run itself is gone.
        })
    },

    ...redisClubs(voice),

    async settle(name, value) {
      const words = [settledKey, settledFenceKey, name, value]
      const [first] = await voice.write(settledKey, [{ script: settleScript, words }])
      return String(first)
    },

    async close() {
      nodes.close()
    },
  }
}
