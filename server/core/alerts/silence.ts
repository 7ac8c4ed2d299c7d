/** How long somebody has been silent, and from when on that is too long. */
import type { MemberId } from '../../../shared/units.ts'
import { newestAlert, openAlert } from './episodes.ts'
import type { Lookout, Watched } from './lookout.ts'
import { outageOf } from './network.ts'

const PAUSED_FACTOR = 3
const CONNECTED_FACTOR = 2

/** AT17: since then, or since this node could have heard them, or the network was back. */
export function silentMs(sinceMs: number, { hearsSinceMs, scene: { run, nowMs } }: Lookout): number {
  const network = newestAlert(run, 'network', null)
  const backAtMs = network?.status === 'cleared' ? network.statusAtMs : 0
  return nowMs - Math.max(sinceMs, hearsSinceMs, backAtMs)
}

/**
 * AT15: longer for who pauses, and for whose phone is connected although it sends no place: its screen is off. A tracker app is never
 * connected, so that a phone beside it says nothing.
 */
export function silenceLimitMs({ member }: Watched, { scene }: Lookout, afterMs: number): number {
  const isConnected = hasScreenOff(member, scene.isConnected)
  return afterMs * Math.max(member.status === 'paused' ? PAUSED_FACTOR : 1, isConnected ? CONNECTED_FACTOR : 1)
}

export const hasScreenOff = (
  { memberId, trackerIds }: Watched['member'],
  isConnected: (memberId: MemberId) => boolean,
): boolean => trackerIds.length === 0 && isConnected(memberId)

/** AT17: nobody is called silent while the network is. */
export const isHeldBack = (lookout: Lookout): boolean =>
  outageOf(lookout) !== null || openAlert(lookout.scene.run, 'network', null) !== undefined
