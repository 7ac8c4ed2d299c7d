/**
 * Clubs lie in slots of their own, away from their runs: a run says under which clubs it is, so that it leaves none of them
 * behind, and a club's list may say too much, which is read past.
 */
import type { ClubId, InviteId, RunId } from '../../shared/units.ts'
import { byStart, neverRenewed } from './club-runs.ts'
import type { RedisVoice } from './redis-ask.ts'
import { clubKey, clubSecretsKey, forgottenKeyOf, runKey } from './redis-keys.ts'
import { renewClubScript, underClubScript } from './redis-scripts/run-scripts.ts'
import type { Club, ClubRun, Renewal, Store } from './store.ts'

const NAME = 'name'

export type RedisClubs = Pick<
  Store,
  'putClubRun' | 'dropClubRun' | 'putClubName' | 'keepClub' | 'forgetClubs' | 'renewClub' | 'club'
>

export function redisClubs(voice: RedisVoice): RedisClubs {
  async function dropClubRun(clubId: ClubId, runId: RunId): Promise<void> {
    await voice.write(clubKey(clubId), [['hdel', clubKey(clubId), runId]])
  }

  async function isThere(runId: RunId): Promise<'there' | 'lost' | 'forgotten'> {
    const key = runKey(runId)
    const [facts, isForgotten] = await voice.ask(key, [
      ['llen', `${key}journal`],
      ['sismember', forgottenKeyOf(runId), runId],
    ])
    return isForgotten === 1 ? 'forgotten' : Number(facts) > 0 ? 'there' : 'lost'
  }

  return {
    async putClubRun(clubId, { runId, inviteId, plannedStartMs }) {
      const key = runKey(runId)
      const words = [key, forgottenKeyOf(runId), runId, clubId]
      const [isTaken] = await voice.write(key, [{ script: underClubScript, words }])
      if (isTaken !== 1) return
      await voice.write(clubKey(clubId), [['hset', clubKey(clubId), runId, `${inviteId}\n${plannedStartMs}`]])
    },

    dropClubRun,

    async putClubName(clubId, name, keptUntilMs) {
      const key = clubKey(clubId)
      await voice.write(key, [
        ['hset', key, NAME, name],
        ['pexpireat', key, keptUntilMs],
      ])
    },

    async keepClub(clubId, keptUntilMs) {
      await voice.write(clubKey(clubId), [['pexpireat', clubKey(clubId), keptUntilMs]])
    },

    /** Redis does it by itself. Its clock is the wall's, which a server with a TIME_SCALE runs ahead of. */
    async forgetClubs() {},

    async renewClub(clubId, secret, { no, by }) {
      const key = clubSecretsKey(clubId)
      const [newest] = await voice.write(key, [{ script: renewClubScript, words: [key, secret, no, by] }])
      return renewalIn(String(newest))
    },

    async club(clubId) {
      const key = clubKey(clubId)
      const [all, endsAtMs, secrets] = await voice.ask(key, [
        ['hgetall', key],
        ['pexpiretime', key],
        ['hgetall', clubSecretsKey(clubId)],
      ])
      const { [NAME]: name = null, ...under } = all as Record<string, string>
      const known = Object.entries(secrets as Record<string, string>).map(([secret, text]) => [secret, renewalIn(text)])
      const renewed: Club['renewed'] = { ...neverRenewed, ...Object.fromEntries(known) }
      const runs = Object.entries(under).map(clubRunIn)
      const states = await Promise.all(runs.map(({ runId }) => isThere(runId)))
      // It was forgotten just as it was put: its id never comes back.
      for (const [i, { runId }] of runs.entries()) if (states[i] === 'forgotten') await dropClubRun(clubId, runId)
      const there = runs.filter((_, i) => states[i] === 'there').sort(byStart)
      return { name, keptUntilMs: name === null ? null : Number(endsAtMs), runs: there, renewed }
    },
  }
}

function clubRunIn([runId, text]: [string, string]): ClubRun {
  const [inviteId, plannedStartMs] = text.split('\n')
  return { runId: runId as RunId, inviteId: inviteId as InviteId, plannedStartMs: Number(plannedStartMs) }
}

function renewalIn(text: string): Renewal {
  const [no, by = ''] = text.split('\n')
  return { no: Number(no), by }
}
