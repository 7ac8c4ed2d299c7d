import { parse } from 'csv-parse/sync'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect } from 'vitest'
import { csv } from '../../server/export/csv.ts'
import type { ExportedTrack, ExportFormat } from '../../server/export/export.ts'
import { geojson } from '../../server/export/geojson.ts'
import { gpx } from '../../server/export/gpx.ts'
import type { TrackPoint } from '../../server/store/store.ts'
import type { Fix } from '../../shared/geo/fix.ts'

export const formats = [gpx, csv, geojson]
const firstMs = Date.UTC(2026, 4, 10, 2, 30, 0, 7)
export const firstIso = '2026-05-10T02:30:00.007Z'

export function point(key: number, fix: Partial<Fix> = {}, flag: TrackPoint['flag'] = 'believed'): TrackPoint {
  const takenAtMs = firstMs + key * 5_000
  const place = { latitudeDeg: 51.128 + key / 1e4, longitudeDeg: 71.4304 }
  return { source: 'p:s1', key, fix: { ...place, takenAtMs, ...fix }, receivedAtMs: takenAtMs, flag }
}
export const everything = { accuracyM: 4.9, altitudeM: -3.25, speedMps: 2.8, headingDeg: 180, battery: 0.85 }
export const ravi: ExportedTrack = {
  name: 'Ravi',
  points: [point(0, everything), point(1, {}, 'unbelieved'), point(2, {}, 'aside'), point(3)],
}
export const lena: ExportedTrack = { name: '17', points: [point(4, { longitudeDeg: -1e-7 })] }
export const guest: ExportedTrack = { name: 'Guest', points: [] }

/** What `fileOf` gives, at once. */
export function write(format: ExportFormat, tracks: readonly ExportedTrack[], { title = 'Sunday', shiftMs = 0 } = {}) {
  const options = { title, shiftMs }
  const people = tracks.flatMap((track, i) => [...format.person(track, options, i === 0)])
  return [format.begin(options), ...people, format.end].join('')
}

const xml = new XMLParser({
  attributeNamePrefix: '@',
  htmlEntities: true,
  ignoreAttributes: false,
  ignoreDeclaration: true,
  isArray: (tag) => ['trk', 'trkpt'].includes(tag),
  parseTagValue: false,
  trimValues: false,
})
type Trkpt = { '@lat': string; '@lon': string; time?: string; ele?: string; extensions?: Record<string, string> }
type Gpx = { '@version': string; metadata: { name: string }; trk?: { name: string; trkseg: { trkpt?: Trkpt[] } }[] }

export function readGpx(text: string): Gpx {
  expect(XMLValidator.validate(text)).toBe(true)
  return xml.parse(text).gpx
}
export const readCsv = (text: string): Record<string, string>[] =>
  parse(text, { columns: true, record_delimiter: '\r\n' })
export const readGeojson = (text: string) => JSON.parse(text)
