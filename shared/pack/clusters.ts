import { type MemberId, SECOND_MS } from '../units.ts'
import type { Gap, Placing } from './pack.ts'

/** People who run together, from front to back. */
export type Cluster = readonly MemberId[]

/** 30 s are 90 m at 3 m/s: out of earshot, and well beyond the error of two good fixes. */
const PARTED_MS = 30 * SECOND_MS
const PARTED_M = 60
const JOINED_MS = 20 * SECOND_MS
const JOINED_M = 40

/**
 * The clusters of an order from front to back ("6 + 11 + 3"), `before` being those of the last time. Neighbours who were together
 * part beyond both 30 s and 60 m; others join under 20 s or under 40 m: the hysteresis keeps noise from flickering.
 * Method: single linkage along the route, as the UCI's time groups (rule 1.2.107: a gap between neighbours, however long the chain);
 * its one second is for a photo finish, ours for people who can talk. Both units, since at a walk seconds part
 * people who are side by side, and at a sprint metres do.
 */
export function clustersOf(order: readonly Placing[], before: readonly Cluster[]): Cluster[] {
  const clusterOf = new Map(before.flatMap((cluster) => cluster.map((memberId) => [memberId, cluster])))
  const clusters: MemberId[][] = []
  let aheadId: MemberId | undefined
  for (const { member, toAhead } of order) {
    const last = clusters.at(-1)
    const was = clusterOf.get(member.memberId)
    const wereTogether = was !== undefined && aheadId !== undefined && was === clusterOf.get(aheadId)
    if (last && toAhead && areTogether(toAhead, wereTogether)) last.push(member.memberId)
    else clusters.push([member.memberId])
    aheadId = member.memberId
  }
  return clusters
}

function areTogether({ gapM, gapMs }: Gap, wereTogether: boolean): boolean {
  const [limitM, limitMs] = wereTogether ? [PARTED_M, PARTED_MS] : [JOINED_M, JOINED_MS]
  return gapM <= limitM || (gapMs !== null && gapMs <= limitMs)
}
