import type { TrackPoint } from '../store/store.ts'

export type ExportedTrack = {
  /** The member's name, or their number. Written by strangers: each format makes it harmless in its own way. */
  readonly name: string
  readonly points: readonly TrackPoint[]
}

export type ExportOptions = {
  readonly title: string
  /** Taken off each date: a recording that was shifted for replay gets its own dates back. */
  readonly shiftMs: number
}

/**
 * One file format for tracks. People and points stay in the order given, points put aside are left out, unbelieved ones
 * are marked, and every number reads back as the same double.
 */
export type ExportFormat = {
  readonly name: string
  readonly contentType: string
  readonly fileExtension: string
  /** What stands before the first person. */
  begin(options: ExportOptions): string
  /** All of one person, in pieces. */
  person(track: ExportedTrack, options: ExportOptions, isFirst: boolean): Iterable<string>
  readonly end: string
}

const CHUNK_CHARACTERS = 16_000

/** The file in chunks of some 16,000 characters; a person is asked for when those before are written, for a run's tracks are too much for memory. */
export async function* fileOf(
  format: ExportFormat,
  tracks: Iterable<ExportedTrack> | AsyncIterable<ExportedTrack>,
  options: ExportOptions,
): AsyncGenerator<string> {
  let chunk = format.begin(options)
  let isFirst = true
  for await (const track of tracks) {
    for (const piece of format.person(track, options, isFirst)) {
      chunk += piece
      if (chunk.length < CHUNK_CHARACTERS) continue
      yield chunk
      chunk = ''
    }
    isFirst = false
  }
  const last = chunk + format.end
  if (last !== '') yield last
}

/** Sources in the order they began, each whole and in its own order: a reload or a tracker app begins a new one. */
export function inTrackOrder(points: readonly TrackPoint[]): TrackPoint[] {
  const sources = new Map<string, TrackPoint[]>()
  for (const point of points) {
    const of = sources.get(point.source)
    if (of) of.push(point)
    else sources.set(point.source, [point])
  }
  const beganAtMs = (of: readonly TrackPoint[]) =>
    of.reduce((least, { fix }) => Math.min(least, fix.takenAtMs), Infinity)
  return [...sources.values()].sort((a, b) => beganAtMs(a) - beganAtMs(b)).flat()
}

export function* trackOf({ points }: ExportedTrack): Generator<TrackPoint> {
  for (const point of points) if (point.flag !== 'aside') yield point
}

/** When the point was taken, by its own date. `undefined` for a time no calendar of four-digit years has. */
export function isoTime({ fix }: TrackPoint, { shiftMs }: ExportOptions): string | undefined {
  const date = new Date(fix.takenAtMs - shiftMs)
  return date.getTime() >= Date.UTC(1000, 0) && date.getTime() < Date.UTC(10_000, 0) ? date.toISOString() : undefined
}

/** Without an exponent, which XML decimals and many spreadsheets do not know. */
export function decimalText(value: number): string {
  const text = String(value)
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? []
  if (exponent === undefined) return text
  const digits = whole + fraction
  const pointAt = whole.length + Number(exponent)
  return sign + (pointAt > 0 ? digits.padEnd(pointAt, '0') : `0.${'0'.repeat(-pointAt)}${digits}`)
}
