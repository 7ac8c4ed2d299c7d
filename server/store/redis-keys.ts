/**
 * The names of all keys. What belongs to one run lies in one slot of a cluster, together with the wake index
 * and the tombstones of its shard, so that one script changes them in one step.
 */
import type { ClubId, RunId, TrackerId } from '../../shared/units.ts'

/** Never to be changed: it tells where each run lies. */
const SHARDS = 32
const SLOTS = 16_384

export const shards: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard)

const tagOf = (runId: RunId): string => `s${crc16(runId) % SHARDS}`

/** Before it all names of the run's keys begin; scripts add the rest. */
export const runKey = (runId: RunId): string => `serik:{${tagOf(runId)}}:${runId}:`
export const wakeKey = (shard: number): string => `serik:{s${shard}}:wake`
export const wakeKeyOf = (runId: RunId): string => `serik:{${tagOf(runId)}}:wake`
export const forgottenKeyOf = (runId: RunId): string => `serik:{${tagOf(runId)}}:forgotten`
/** Written to only so that what was written before it can be waited for. */
export const fenceKeyOf = (runId: RunId): string => `serik:{${tagOf(runId)}}:fence`
export const channelOf = (runId: RunId): string => `serik:{${tagOf(runId)}}:bus:${runId}`
/** Runs that a tracker may be attached to: more than it is, never fewer. */
export const trackerKey = (trackerId: TrackerId): string => `serik:{${trackerId}}:tracker`
/** A club's name and the runs under it. */
export const clubKey = (clubId: ClubId): string => `serik:{${clubId}}:club`
/** How often its secrets were renewed: for good, while the rest may be forgotten. */
export const clubSecretsKey = (clubId: ClubId): string => `serik:{${clubId}}:secrets`
export const settledKey = 'serik:{settled}'
export const settledFenceKey = 'serik:{settled}:fence'
export const countKey = (key: string): string => `serik:{count:${key}}`

/** Which of a cluster's 16,384 slots a key lies in: by the part in braces, as Redis does it. */
export function slotOf(key: string): number {
  return crc16(/\{([^}]+)\}/.exec(key)?.[1] ?? key) % SLOTS
}

/** CRC-16/XMODEM of the text in UTF-8 (Redis Cluster specification, appendix A). */
function crc16(text: string): number {
  let crc = 0
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
    crc &= 0xffff
  }
  return crc
}
