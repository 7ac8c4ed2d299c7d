/** One person's recording, whatever file it came from. */
import type { Fix } from '../../shared/geo/fix.ts'
import { SECOND_MS } from '../../shared/units.ts'

export type RecordedTrack = {
  readonly person: string
  /** In file order: recordings do go back in time, and a replay should too. */
  readonly fixes: readonly Fix[]
  /** Points left out; nothing is guessed for them. `fixes.length + unusable` is every point of the file. */
  readonly unusable: number
  readonly unusableBecause: { readonly noPlace: number; readonly noTime: number }
  /** The file's name without its folder. */
  readonly source: string
}

/** What a format found for one point, not yet believed. Times as a Date, as text or as a number since 1970. */
export type RecordedPoint = {
  readonly latitude: unknown
  readonly longitude: unknown
  readonly time: unknown
  readonly altitude: unknown
}

/** Makes fixes of what a file holds. A point without a place or a time on this earth is counted, not kept. */
export function recordedTrack(person: string, source: string, points: Iterable<RecordedPoint>): RecordedTrack {
  const fixes: Fix[] = []
  let [noPlace, noTime] = [0, 0]
  for (const point of points) {
    const [latitudeDeg, longitudeDeg] = [numberFrom(point.latitude), numberFrom(point.longitude)]
    const [takenAtMs, altitudeM] = [timeMsFrom(point.time), numberFrom(point.altitude)]
    if (!(Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180)) noPlace++
    else if (!(takenAtMs >= 0)) noTime++
    else fixes.push({ latitudeDeg, longitudeDeg, takenAtMs, ...(Number.isFinite(altitudeM) && { altitudeM }) })
  }
  return { person, fixes, unusable: noPlace + noTime, unusableBecause: { noPlace, noTime }, source }
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(?:(Z)|(?:UTC)?([+-]\d{2}):?(\d{2})?)?$/i
/** As seconds the year 5138, as milliseconds 1973: no recording lies between. */
const SECONDS_BELOW = 100_000_000_000

/**
 * Milliseconds since 1970 of a Date, of ISO 8601 text (a blank for the T; without an offset UTC, so that every computer reads
 * it alike) or of a number of seconds or milliseconds. NaN for anything else.
 */
export function timeMsFrom(time: unknown): number {
  if (time instanceof Date) return Math.round(time.getTime())
  const count = numberFrom(time)
  if (Number.isFinite(count)) return Math.round(Math.abs(count) < SECONDS_BELOW ? count * SECOND_MS : count)
  const match = typeof time === 'string' ? DATE_TIME.exec(time.trim()) : null
  if (!match) return Number.NaN
  const [, date, clock, , offsetHours, offsetMinutes] = match
  const offset = offsetHours === undefined ? 'Z' : `${offsetHours}:${offsetMinutes ?? '00'}`
  return Math.round(Date.parse(`${date}T${clock?.replace(',', '.')}${offset}`))
}

function numberFrom(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : Number.NaN
}
