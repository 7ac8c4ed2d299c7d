/** Recordings as XML: GPX and TCX. Both hold one person a file. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { RecordedPoint } from './recorded-track.ts'

const parser = new XMLParser({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  jPath: false,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
})

/** Every `trkpt` of every `trk` and `trkseg`, in file order. Throws Error with the reason when the text is not GPX or has none. */
export function gpxPoints(text: string): RecordedPoint[] {
  const points = below([documentOf(text)], 'gpx', 'trk', 'trkseg', 'trkpt')
  if (points.length === 0) throw new Error('has no track points (gpx/trk/trkseg/trkpt)')
  return points.map((point) => ({
    latitude: fieldOf(point, '@lat'),
    longitude: fieldOf(point, '@lon'),
    time: fieldOf(point, 'time'),
    altitude: fieldOf(point, 'ele'),
  }))
}

/** The planned line of a GPX file: every `trkpt`, or without any every `rtept`, in file order. Throws Error with the reason. */
export function gpxLine(text: string): { latitude: unknown; longitude: unknown }[] {
  const gpx = below([documentOf(text)], 'gpx')
  const track = below(gpx, 'trk', 'trkseg', 'trkpt')
  const points = track.length > 0 ? track : below(gpx, 'rte', 'rtept')
  if (points.length === 0) throw new Error('has neither track points nor route points (trkpt, rtept)')
  return points.map((point) => ({ latitude: fieldOf(point, '@lat'), longitude: fieldOf(point, '@lon') }))
}

/** Every `Trackpoint` of every activity, lap and track, in file order. Throws Error with the reason when the text is not TCX or has none. */
export function tcxPoints(text: string): RecordedPoint[] {
  const activities = below([documentOf(text)], 'TrainingCenterDatabase', 'Activities', 'Activity')
  const points = below(activities, 'Lap', 'Track', 'Trackpoint')
  if (points.length === 0) throw new Error('has no track points (TrainingCenterDatabase/Activities/.../Trackpoint)')
  return points.map((point) => {
    const position = fieldOf(point, 'Position')
    return {
      latitude: fieldOf(position, 'LatitudeDegrees'),
      longitude: fieldOf(position, 'LongitudeDegrees'),
      time: fieldOf(point, 'Time'),
      altitude: fieldOf(point, 'AltitudeMeters'),
    }
  })
}

function documentOf(text: string): unknown {
  const xml = text.replace(/^\uFEFF/, '').trim()
  const validity = XMLValidator.validate(xml)
  if (validity !== true) throw new Error(`is not readable as XML, line ${validity.err.line}: ${validity.err.msg}`)
  return parser.parse(xml)
}

function below(nodes: readonly unknown[], ...tags: readonly string[]): unknown[] {
  return tags.reduce<readonly unknown[]>(
    (level, tag) => level.flatMap((node) => fieldOf(node, tag) ?? []),
    nodes,
  ) as unknown[]
}

function fieldOf(node: unknown, key: string): unknown {
  const isHolder = typeof node === 'object' && node !== null && Object.hasOwn(node, key)
  return isHolder ? (node as Record<string, unknown>)[key] : undefined
}
