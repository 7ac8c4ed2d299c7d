/** Whether anybody leads who can be reached. */
import type { Member } from '../../../shared/run/state.ts'
import { type MemberId, MINUTE_MS } from '../../../shared/units.ts'
import { leadersOfMost, nextLeaderOf } from './next-leader.ts'
import type { Scene, Watcher } from './scene.ts'

/** LS1: a page that goes dark is not connected either, so nobody loses sight of the run for a short silence. */
const GONE_AFTER_MS = 10 * MINUTE_MS
const HEARD_WITHIN_MS = MINUTE_MS

/** When a leader could last be reached, as far as this node knows; `null` before its first look. */
type Memory = { readonly lastReachedMs: number | null }

export const leadersWatch: Watcher<Memory> = {
  nothing: { lastReachedMs: null },
  look({ lastReachedMs }, scene) {
    const { run, nowMs } = scene
    const leaders = leadersOfMost(run)
    const reachedMs = Math.max(lastReachedMs ?? nowMs, ...leaders.map((leader) => lastReached(scene, leader)))
    const memory = { lastReachedMs: reachedMs }
    if (nowMs - reachedMs <= GONE_AFTER_MS) return { memory, observations: [] }
    const isReached = (memberId: MemberId) => nowMs - lastReached(scene, { memberId }) <= HEARD_WITHIN_MS
    const [gone] = leaders
    const next = nextLeaderOf(run, isReached)
    // LS1: where nobody can be reached, that is the network.
    if (!gone || !next) return { memory, observations: [] }
    const leaderIds = leaders.map(({ memberId }) => memberId)
    return {
      memory,
      observations: [{ is: 'leaders-gone', insteadOfId: gone.memberId, toId: next.memberId, leaderIds }],
    }
  },
}

function lastReached({ nowMs, fixOf, isConnected }: Scene, { memberId }: Pick<Member, 'memberId'>): number {
  if (isConnected(memberId)) return nowMs
  return fixOf(memberId)?.takenAtMs ?? Number.NEGATIVE_INFINITY
}
