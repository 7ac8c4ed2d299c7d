import type { TrackPoint } from '../store/store.ts'
import { type ExportedTrack, type ExportFormat, type ExportOptions, isoTime, trackOf } from './export.ts'

type Value = (point: TrackPoint, options: ExportOptions) => unknown

/** One list each, as long as the line; `times` is the name other readers know. */
const LISTS: Readonly<Record<string, Value>> = {
  times: isoTime,
  accuracyM: ({ fix }) => fix.accuracyM,
  speedMps: ({ fix }) => fix.speedMps,
  headingDeg: ({ fix }) => fix.headingDeg,
  battery: ({ fix }) => fix.battery,
  flag: ({ flag }) => flag,
  source: ({ source }) => source.toWellFormed(),
}

/**
 * GeoJSON (RFC 7946), one feature a person: a line, for a single point a point, for none no geometry.
 * What belongs to the points stands in `coordinateProperties`, `null` where it is unknown.
 */
export const geojson: ExportFormat = {
  name: 'geojson',
  contentType: 'application/geo+json',
  fileExtension: 'geojson',
  begin: ({ title }) => `{"type":"FeatureCollection","name":${json(title.toWellFormed())},"features":[`,
  *person(track, options, isFirst) {
    if (!isFirst) yield ','
    yield* feature(track, options)
  },
  end: ']}\n',
}

function* feature(track: ExportedTrack, options: ExportOptions): Generator<string> {
  yield `\n{"type":"Feature","properties":{"person":${json(track.name.toWellFormed())},"coordinateProperties":{`
  for (const [index, [name, value]] of Object.entries(LISTS).entries()) {
    yield `${index > 0 ? ',' : ''}${json(name)}:[`
    yield* list(track, (point) => value(point, options))
    yield ']'
  }
  yield '}},"geometry":'
  yield* geometry(track)
  yield '}'
}

function* geometry(track: ExportedTrack): Generator<string> {
  const points = trackOf(track)
  const [first, second] = [points.next().value, points.next().value]
  if (!first) return yield 'null'
  if (!second) return yield `{"type":"Point","coordinates":${json(coordinates(first))}}`
  yield '{"type":"LineString","coordinates":['
  yield* list(track, coordinates)
  yield ']}'
}

function* list(track: ExportedTrack, value: (point: TrackPoint) => unknown): Generator<string> {
  let comma = ''
  for (const point of trackOf(track)) {
    yield comma + json(value(point))
    comma = ','
  }
}

function coordinates({ fix }: TrackPoint): number[] {
  const place = [fix.longitudeDeg, fix.latitudeDeg]
  return fix.altitudeM === undefined ? place : [...place, fix.altitudeM]
}

const json = (value: unknown) => JSON.stringify(value ?? null)
