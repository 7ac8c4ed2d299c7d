/** Recorded people and the routes they are looked for on: planned ones, the way of somebody else, a running track laid under them. */
import { readRecordedFile } from '../../../client/simulate/recorded-files.ts'
import { readRouteArgument } from '../../../client/simulate/route-argument.ts'
import { distanceM, movedPlace } from '../../../shared/geo/distance.ts'
import type { Fix, Place } from '../../../shared/geo/fix.ts'
import { nearestOnLine, partOfLine, type RouteLine, routeLine, simplifyLine } from '../../../shared/geo/route.ts'

export type RecordedCase = { readonly name: string; readonly line: RouteLine; readonly fixes: readonly Fix[] }

const MEAN_OVER_MS = 3_000
const POINT_EVERY_M = 10
/** Who is no farther from where they were by then is not going. */
const GOING_OVER_MS = 30_000
const GOING_M = 25

/** All cases of the recordings; `pathOf` says where a file lies. */
export async function recordedCases(pathOf: (name: string) => string): Promise<RecordedCase[]> {
  const tracksOf = async (name: string) => {
    const tracks = await readRecordedFile(pathOf(name))
    return tracks.map(({ person, fixes }) => ({ person, fixes: inOrder(fixes) }))
  }
  const fixesOf = async (name: string) => (await tracksOf(name))[0]?.fixes ?? []
  const onRoute = async (route: string, recording: string): Promise<RecordedCase> => ({
    name: recording,
    line: await readRouteArgument(pathOf(route)),
    fixes: await fixesOf(recording),
  })
  const onTrack = await fixesOf('track_200m_reps.gpx')
  const [first, ...others] = await tracksOf('group5_flock_ruck.csv')
  const boats = await Promise.all(['alex', 'richard', 'yury'].map((who) => fixesOf(`group3_boat_${who}.gpx`)))
  return [
    await onRoute('ultra_route.gpx', 'ultra_part1.gpx'),
    await onRoute('bikeA_route.gpx', 'bikeA_edge605.gpx'),
    await onRoute('bikeA_route.gpx', 'bikeA_motog3.gpx'),
    { name: 'track on itself', line: wayOf(onTrack), fixes: onTrack },
    { name: 'track on an oval', line: ovalUnder(onTrack, 10), fixes: onTrack },
    ...others.map(({ person, fixes }) => ({
      name: `flock ${person} on ${first?.person}`,
      line: wayOf(first?.fixes ?? []),
      fixes,
    })),
    ...boats.slice(1).map((fixes, index) => ({ name: `boat ${index + 2} on 1`, line: wayOf(boats[0] ?? []), fixes })),
    ...boats.map((fixes, index) => ({ name: `boat ${index + 1} on itself`, line: wayOf(fixes), fixes })),
  ]
}

const inOrder = (fixes: readonly Fix[]): Fix[] => fixes.toSorted((a, b) => a.takenAtMs - b.takenAtMs)

/** A recording as a route: running means of the time spent going, since a stand of an hour has a kilometre of curls. */
function wayOf(fixes: readonly Fix[]): RouteLine {
  const points: Place[] = []
  for (const { takenAtMs } of fixes) {
    const about = within(fixes, takenAtMs, GOING_OVER_MS)
    const isGoing = distanceM(about[0] as Fix, about.at(-1) as Fix) >= GOING_M
    const mean = meanOf(within(fixes, takenAtMs, MEAN_OVER_MS))
    if (points.length === 0 || (isGoing && distanceM(points.at(-1) as Place, mean) >= POINT_EVERY_M)) points.push(mean)
  }
  return routeLine(simplifyLine(points, 3))
}

/** The fixes at most so long before or after a moment. */
function within(fixes: readonly Fix[], atMs: number, reachMs: number): Fix[] {
  let [low, high] = [0, fixes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((fixes[middle] as Fix).takenAtMs < atMs - reachMs) low = middle + 1
    else high = middle
  }
  const until = fixes.findIndex(({ takenAtMs }, index) => index >= low && takenAtMs > atMs + reachMs)
  return fixes.slice(low, until < 0 ? fixes.length : until)
}

function meanOf(places: readonly Place[]): Place {
  const mean = (of: (place: Place) => number) => places.reduce((sum, place) => sum + of(place), 0) / places.length
  return { latitudeDeg: mean((place) => place.latitudeDeg), longitudeDeg: mean((place) => place.longitudeDeg) }
}

/** So many laps of a 400 m track, laid where the fixes are nearest to it, begun at the first and run the way they run. */
function ovalUnder(fixes: readonly Fix[], laps: number): RouteLine {
  const some = fixes.filter((_, index) => index % 7 === 0)
  let best = { centre: meanOf(some), turnRad: 0, missM: Number.POSITIVE_INFINITY }
  for (const [reachM, turns, reachRad] of [
    [30, 12, Math.PI / 2],
    [8, 6, 0.15],
    [2, 6, 0.03],
  ] as const) {
    const about = best
    for (let east = -reachM; east <= reachM; east += reachM / 3)
      for (let north = -reachM; north <= reachM; north += reachM / 3)
        for (let turn = -turns; turn <= turns; turn++) {
          const centre = movedPlace(about.centre, east, north)
          const turnRad = about.turnRad + (turn / turns) * reachRad
          const lap = routeLine(ovalAt(centre, turnRad))
          const missM =
            some.reduce((sum, fix) => sum + Math.min(20, nearestOnLine(lap, fix).distanceM), 0) / some.length
          if (missM < best.missM) best = { centre, turnRad, missM }
        }
  }
  const forward = routeLine(ovalAt(best.centre, best.turnRad))
  const lap = runsAlong(forward, fixes) ? forward : routeLine(forward.points.toReversed())
  const { atM } = nearestOnLine(lap, fixes[0] as Fix)
  const round = [...partOfLine(lap, atM, lap.lengthM), ...partOfLine(lap, 0, atM).slice(1)]
  return routeLine([...round, ...Array.from({ length: laps - 1 }, () => round.slice(1)).flat()])
}

/** Two straights of 84.39 m, two bends of 36.8 m, about a centre. */
function ovalAt(centre: Place, turnRad: number): Place[] {
  const [cos, sin] = [Math.cos(turnRad), Math.sin(turnRad)]
  const bend = (centreM: number, fromRad: number) =>
    Array.from({ length: 13 }, (_, step) => {
      const angle = fromRad + (Math.PI * step) / 12
      const [alongM, acrossM] = [centreM + 36.8 * Math.cos(angle), 36.8 * Math.sin(angle)]
      return movedPlace(centre, alongM * cos - acrossM * sin, alongM * sin + acrossM * cos)
    })
  const lap = [...bend(42.2, -Math.PI / 2), ...bend(-42.2, Math.PI / 2)]
  return [...lap, lap[0] as Place]
}

function runsAlong(lap: RouteLine, fixes: readonly Fix[]): boolean {
  const forwards = fixes.slice(1).filter((fix, index) => {
    const onM = nearestOnLine(lap, fix).atM - nearestOnLine(lap, fixes[index] as Fix).atM
    return onM > 0 && onM < lap.lengthM / 2
  })
  return forwards.length > fixes.length / 2
}
