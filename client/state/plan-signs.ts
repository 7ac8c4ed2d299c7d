/** What is drawn besides people: kilometres, start and end, places with a name, and where people are to meet. */
import { bearingDeg, distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { placeAtM, type RouteLine } from '../../shared/geo/route.ts'
import { hasLease } from '../../shared/run/claims.ts'
import { KM_M } from '../../shared/units.ts'
import type { Outlook } from './outlook.ts'
import { nameOf } from './people.ts'
import { openRegroups } from './regroup.ts'
import type { RunView } from './run-view.ts'

export type KmMark = {
  readonly km: number
  readonly place: Place
  /** Which way the route goes there: its number stands to the right of it, so that out and back do not hide each other. */
  readonly courseDeg: number
}

const STEPS_KM = [1, 2, 5, 10, 20, 50, 100]
const MARKS_APART_PX = 70
const COURSE_OVER_M = 15
/** Start and end so near to each other are one place, and the end needs no kilometre beside it. */
const SAME_PLACE_M = 60

/** Each kilometre, each fifth, each tenth: as many as can be read at this size. */
export function kmMarks(line: RouteLine, metresPerPx: number): KmMark[] {
  const stepKm = STEPS_KM.find((step) => (step * KM_M) / metresPerPx >= MARKS_APART_PX)
  if (stepKm === undefined) return []
  const marks: KmMark[] = []
  for (let km = stepKm; km * KM_M < line.lengthM - SAME_PLACE_M; km += stepKm) {
    const atM = km * KM_M
    const [before, after] = [placeAtM(line, atM - COURSE_OVER_M), placeAtM(line, atM + COURSE_OVER_M)]
    marks.push({ km, place: placeAtM(line, atM), courseDeg: bearingDeg(before, after) })
  }
  return marks
}

export type End = { readonly is: 'start' | 'end' | 'both'; readonly place: Place }

export function endsOf({ points }: RouteLine): End[] {
  const [start, end] = [points[0], points.at(-1)]
  if (!start || !end || points.length < 2) return []
  if (distanceM(start, end) < SAME_PLACE_M) return [{ is: 'both', place: start }]
  return [
    { is: 'start', place: start },
    { is: 'end', place: end },
  ]
}

export type MeetingSign =
  | { readonly is: 'meeting'; readonly key: string; readonly place: Place; readonly name: string }
  | { readonly is: 'regroup'; readonly key: string; readonly place: Place }

/** Where I meet those I have promised something to, the soonest first, where whoever brings me something meets me, and where all come together. */
export function meetingSigns(view: RunView, { meetings, comings }: Outlook): MeetingSign[] {
  const { run, myId } = view
  const mine = [...run.requests.values()].flatMap((request): (MeetingSign & { atMs: number })[] => {
    const { requestId, runnerId, cyclistId } = request
    if (!hasLease(request) || cyclistId === null || (cyclistId !== myId && runnerId !== myId)) return []
    const held = cyclistId === myId ? meetings.of.get(requestId) : comings.of.get(requestId)
    const name = nameOf(view, cyclistId === myId ? runnerId : cyclistId)
    const shown = held?.shown
    return shown ? [{ is: 'meeting', key: requestId, place: shown.place, name, atMs: shown.atMs }] : []
  })
  const regroups = openRegroups(view).map(
    ({ regroupId, place }): MeetingSign => ({ is: 'regroup', key: regroupId, place }),
  )
  return [...mine.sort((a, b) => a.atMs - b.atMs), ...regroups]
}
