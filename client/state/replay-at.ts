/** Where everybody was at a moment of a replay, and how sure that is. */
import { rulerAt } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { PackedStretch, ReplayTrack } from '../../shared/replay/replay-line.ts'
import { GRID_PER_DEG, TICK_MS } from '../../shared/replay/thinned.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'

export type ReplayPlace = Place & {
  /** `guessed`: not heard just then; somewhere on the straight way between two places, as far as anybody can say. */
  readonly is: 'known' | 'guessed'
}

/** `null`: nothing is known of them then. `tick`: tenths of a second since the replay's `fromMs`. */
export function placeAt({ stretches }: ReplayTrack, tick: number): ReplayPlace | null {
  let before: PackedStretch | undefined
  for (const stretch of stretches) {
    const { ticks } = stretch
    const [first, last] = [ticks[0] ?? 0, ticks.at(-1) ?? 0]
    if (tick < first)
      return before && stretch.isJoined ? between(before, before.ticks.length - 1, stretch, 0, tick, 'guessed') : null
    if (tick <= last) {
      const index = indexAt(ticks, tick)
      return between(stretch, index, stretch, Math.min(index + 1, ticks.length - 1), tick, 'known')
    }
    before = stretch
  }
  return null
}

/** The last moment at or before a tick. */
function indexAt(ticks: Int32Array, tick: number): number {
  let [low, high] = [0, ticks.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((ticks[middle] ?? 0) <= tick) low = middle
    else high = middle - 1
  }
  return low
}

function between(
  a: PackedStretch,
  from: number,
  b: PackedStretch,
  to: number,
  tick: number,
  is: ReplayPlace['is'],
): ReplayPlace {
  const [fromTick, toTick] = [a.ticks[from] ?? 0, b.ticks[to] ?? 0]
  const share = toTick > fromTick ? (tick - fromTick) / (toTick - fromTick) : 0
  const mix = (x = 0, y = 0) => (x + (y - x) * share) / GRID_PER_DEG
  return { latitudeDeg: mix(a.north[from], b.north[to]), longitudeDeg: mix(a.east[from], b.east[to]), is }
}

export type Extent = { readonly fromTick: number; readonly toTick: number }

const SECOND_TICKS = SECOND_MS / TICK_MS
/** What happens later is no part of what is shown. */
const AFTER_LAST_TICKS = (10 * MINUTE_MS) / TICK_MS

/**
 * From the first to the last that is known of anybody; `null` when nothing is. Whoever calls from a dead zone may do so after their last
 * place: `momentTicks`, in order.
 */
export function extentOf(tracks: readonly ReplayTrack[], momentTicks: readonly number[]): Extent | null {
  let [fromTick, toTick] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { stretches } of tracks) {
    fromTick = Math.min(fromTick, stretches[0]?.ticks[0] ?? fromTick)
    toTick = Math.max(toTick, stretches.at(-1)?.ticks.at(-1) ?? toTick)
  }
  const last = momentTicks.findLast((tick) => tick <= toTick + AFTER_LAST_TICKS) ?? toTick
  if (!(toTick > fromTick)) return null
  // A slider goes by whole seconds from the first, and reaches only what is one.
  const seconds = Math.ceil((Math.max(toTick, last) - fromTick) / SECOND_TICKS)
  return { fromTick, toTick: fromTick + seconds * SECOND_TICKS }
}

/** The corners of all that is known, to look at it whole. */
export function cornersOf(tracks: readonly ReplayTrack[]): Place[] {
  let [south, north, west, east] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { stretches } of tracks)
    for (const stretch of stretches)
      for (let index = 0; index < stretch.ticks.length; index++) {
        const [n, e] = [stretch.north[index] ?? 0, stretch.east[index] ?? 0]
        if (n < south) south = n
        if (n > north) north = n
        if (e < west) west = e
        if (e > east) east = e
      }
  if (north < south) return []
  return [
    { latitudeDeg: south / GRID_PER_DEG, longitudeDeg: west / GRID_PER_DEG },
    { latitudeDeg: north / GRID_PER_DEG, longitudeDeg: east / GRID_PER_DEG },
  ]
}

/** Metres of a track as it is drawn, gaps straight; a per cent or two less than was run, as bends are cut. */
export function drawnM(track: ReplayTrack, untilTick = Number.POSITIVE_INFINITY): number {
  const metres = metresOf(track)
  for (let no = track.stretches.length - 1; no >= 0; no--) {
    const ticks = track.stretches[no]?.ticks
    if (ticks?.length && (ticks[0] ?? 0) <= untilTick) return metres[no]?.[indexAt(ticks, untilTick)] ?? 0
  }
  return 0
}

/** A track is long, and its metres are asked for at each move of a slider. */
const measured = new WeakMap<ReplayTrack, readonly Float32Array[]>()

/** From the track's beginning to each moment of each stretch. */
function metresOf(track: ReplayTrack): readonly Float32Array[] {
  const known = measured.get(track)
  if (known) return known
  let metres = 0
  let last: readonly [north: number, east: number] | undefined
  const all = track.stretches.map(({ isJoined, north, east }) => {
    if (!isJoined) last = undefined
    const { kx, ky } = rulerAt((north[0] ?? 0) / GRID_PER_DEG)
    return Float32Array.from(north, (northNow, index) => {
      const here = [northNow, east[index] ?? 0] as const
      if (last) metres += Math.hypot((here[0] - last[0]) * ky, (here[1] - last[1]) * kx) / GRID_PER_DEG
      last = here
      return metres
    })
  })
  measured.set(track, all)
  return all
}

export const tickOf = (atMs: number, fromMs: number): number => (atMs - fromMs) / TICK_MS
export const msOf = (tick: number, fromMs: number): number => fromMs + tick * TICK_MS
