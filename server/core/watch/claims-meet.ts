/** LE8: who was together with whom they bring something to, and has parted. */
import { hasLease, isMetAsked } from '../../../shared/run/claims.ts'
import { policyOf } from '../../../shared/run/requests.ts'
import { type RequestId, SECOND_MS } from '../../../shared/units.ts'
import type { Observation } from '../decision.ts'
import { apartOf, type Spot, spotOf } from './reach.ts'
import type { Scene, Seen } from './scene.ts'

const TOGETHER_M = 20
const TOGETHER_FOR_MS = 15 * SECOND_MS
const PARTED_M = 40
const FRESH_MS = 30 * SECOND_MS
/** A worse fix says nothing about 20 m. */
const ACCURATE_M = 30

type Meeting = {
  /** Each claim, and each time it was asked about, begins anew. */
  readonly of: string
  /** By the older of the two fixes; `null` while they are apart. */
  readonly togetherFromMs: number | null
  readonly wereTogether: boolean
}
export type MeetingsSeen = ReadonlyMap<RequestId, Meeting>

export function meetingsWatched(before: MeetingsSeen, scene: Scene): Seen<MeetingsSeen> {
  const memory = new Map<RequestId, Meeting>()
  const observations: Observation[] = []
  for (const request of scene.run.requests.values()) {
    const { requestId, runnerId, cyclistId, kind, metAtMs, isMetDenied } = request
    if (cyclistId === null || !hasLease(request) || !policyOf(kind).isItem || isMetAsked(request)) continue
    const of = `${cyclistId} ${metAtMs} ${isMetDenied}`
    const known = before.get(requestId)
    const meeting = known?.of === of ? known : { of, togetherFromMs: null, wereTogether: false }
    const [rider, runner] = [spotOf(scene, cyclistId, FRESH_MS), spotOf(scene, runnerId, FRESH_MS)]
    if (!rider || !runner || !isAccurate(rider) || !isAccurate(runner)) {
      memory.set(requestId, { ...meeting, togetherFromMs: null })
      continue
    }
    const { straightM } = apartOf(rider, runner)
    memory.set(requestId, meetingAfter(meeting, straightM, Math.min(rider.fix.takenAtMs, runner.fix.takenAtMs)))
    if (meeting.wereTogether && straightM > PARTED_M) observations.push({ is: 'met', requestId, cyclistId })
  }
  return { memory, observations }
}

/** Measured from fix to fix: one that is merely looked at again makes no time pass. */
function meetingAfter(meeting: Meeting, straightM: number, seenAtMs: number): Meeting {
  if (straightM > TOGETHER_M) return { ...meeting, togetherFromMs: null }
  const togetherFromMs = meeting.togetherFromMs ?? seenAtMs
  return {
    ...meeting,
    togetherFromMs,
    wereTogether: meeting.wereTogether || seenAtMs - togetherFromMs >= TOGETHER_FOR_MS,
  }
}

const isAccurate = ({ fix }: Spot): boolean => fix.accuracyM === undefined || fix.accuracyM <= ACCURATE_M
