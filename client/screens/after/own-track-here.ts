import { useEffect, useState } from 'preact/hooks'
import { type OwnTrack, ownTrack } from '../../../shared/geo/track/own-track.ts'
import { browserPhoneStorage } from '../../net/browser-storage.ts'
import { bothTogether, keptFixes, storedTrack } from '../../net/own-fixes.ts'
import { useRun } from '../run/running.ts'

export type OwnTrackHere =
  | { readonly is: 'reading' | 'none' }
  | { readonly is: 'here'; readonly track: OwnTrack; readonly isOnlyKept: boolean }

/** My own track as it is when the screen opens, and again when the network comes back or the run has ended. */
export function useOwnTrack(): OwnTrackHere {
  const { view, kept } = useRun()
  const [here, setHere] = useState<OwnTrackHere>({ is: 'reading' })
  const { myId, link } = view
  const { phase, recordedShiftMs } = view.run.head
  useEffect(() => {
    if (!myId) return
    let isLeft = false
    const read = async () => {
      const fromPhone = await keptFixes(browserPhoneStorage(kept.seat))
      const stored = link === 'offline' ? null : await storedTrack(location.origin, kept.seat, myId, recordedShiftMs)
      const track = ownTrack(bothTogether(stored, fromPhone))
      if (!isLeft) setHere(track ? { is: 'here', track, isOnlyKept: stored === null } : { is: 'none' })
    }
    void read()
    return () => {
      isLeft = true
    }
  }, [myId, kept.seat, link, phase, recordedShiftMs])
  return here
}
