import { MINUTE_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { lasting, type Verdict } from './lasting.ts'
import { hasScreenOff, isHeldBack, silenceLimitMs, silentMs } from './silence.ts'

/** In frost most likely a dead phone; somebody should look all the same. */
export const noContactAfterMs = (heat: string): number => (heat === 'frost' ? 5 : 20) * MINUTE_MS

/**
 * AT24: nothing heard of somebody's phone, and it is not connected. Being seen does not end it: it is about the phone. Who is silent and overdue
 * is not told twice.
 */
export const noContact = lasting({ rule: 'no-contact', raisedAfterMs: 0, overAfterMs: 0, leastCount: 1 }, (lookout) => {
  const { scene, watched } = lookout
  const { run, nowMs, isConnected } = scene
  const isHeld = isHeldBack(lookout)
  const limitMs = noContactAfterMs(run.head.heat)
  const verdicts: Verdict[] = []
  for (const one of watched) {
    const { memberId } = one.member
    const isOpen = openAlert(run, 'no-contact', memberId) !== undefined
    if (isHeld && !isOpen) continue
    const sinceMs = one.fix.takenAtMs
    // AT5: whatever this node could hear, it ends when they are heard.
    const silent = isOpen ? nowMs - sinceMs : silentMs(sinceMs, lookout)
    const holds =
      silent >= limitMs &&
      silent >= silenceLimitMs(one, lookout, limitMs) &&
      !one.isDark &&
      !one.hasArrived &&
      !hasScreenOff(one.member, isConnected) &&
      !openAlert(run, 'silent-overdue', memberId)
    if (holds || isOpen) verdicts.push({ memberId, holds, atMs: nowMs, sinceMs, value: Math.floor(silent / MINUTE_MS) })
  }
  return verdicts
})
