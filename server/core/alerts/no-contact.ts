import { MINUTE_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { lasting } from './lasting.ts'
import { hasScreenOff, isHeldBack, silenceLimitMs, silentMs } from './silence.ts'

/** In frost most likely a dead phone; somebody should look all the same. */
export const noContactAfterMs = (heat: string): number => (heat === 'frost' ? 5 : 20) * MINUTE_MS

/** AT24: nothing heard of somebody, and their phone is not connected. Who is silent and overdue is not told twice. */
export const noContact = lasting({ rule: 'no-contact', raisedAfterMs: 0, overAfterMs: 0, leastCount: 1 }, (lookout) => {
  const { scene, watched } = lookout
  const { run, nowMs, isConnected } = scene
  const isHeld = isHeldBack(lookout)
  return watched.flatMap((one) => {
    const { memberId } = one.member
    const isOpen = openAlert(run, 'no-contact', memberId) !== undefined
    if (one.hasArrived || (isHeld && !isOpen)) return []
    const silent = silentMs(one, lookout)
    const holds =
      !one.isDark &&
      !hasScreenOff(one.member, isConnected) &&
      silent >= silenceLimitMs(one, lookout, noContactAfterMs(run.head.heat)) &&
      !openAlert(run, 'silent-overdue', memberId)
    return [{ memberId, holds, atMs: nowMs, sinceMs: one.heardAtMs, value: Math.floor(silent / MINUTE_MS) }]
  })
})
