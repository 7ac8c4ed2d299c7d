import type { RequestId } from '../../../shared/units.ts'
import { wayTo } from '../../state/place-age.ts'
import type { Run } from '../run/running.ts'
import { inText, isAtHand, kmText, t, wayText } from '../texts.ts'

/** "Ride on to km 18.2, about 6 min (5–8)": what this cyclist does to meet whoever asked; `null` where nothing is told. */
export function meetingText({ view, nowMs, outlook }: Run, requestId: RequestId): string | null {
  const shown = outlook.value.meetings.of.get(requestId)?.shown
  if (!shown) return null
  const { kind, atM, place, namedPoint, viaNamedPoint } = shown
  const time = inText(shown, nowMs)
  if (kind === 'wait') return namedPoint ? t.meeting.waitAt(namedPoint, time) : t.meeting.waitHere(time)
  if (atM === null) {
    const here = view.myId && view.places.get(view.myId)
    if (!here) return null
    const there = wayTo(here, place)
    if (isAtHand(there)) return t.meeting.waitHere(time)
    const way = wayText(there)
    return kind === 'turn-round' ? t.meeting.turnBackBy(way, time) : t.meeting.ride(way, time)
  }
  const where = namedPoint ?? t.along.km(kmText(atM))
  if (kind === 'ride-on') return t.meeting.rideOn(where, time)
  if (kind === 'turn-round') return t.meeting.turnBack(where, time)
  return viaNamedPoint ? t.meeting.cross(viaNamedPoint, where, time) : t.meeting.goRound(where, time)
}
