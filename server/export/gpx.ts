import type { TrackPoint } from '../store/store.ts'
import { decimalText, type ExportFormat, type ExportOptions, isoTime, trackOf } from './export.ts'

/** A name for our extension elements; there is nothing to fetch under it. */
export const GPX_NAMESPACE = 'urn:serik:gpx:1'

/** GPX 1.1, one `trk` a person. What GPX has no element for stands in each point's `extensions`. */
export const gpx: ExportFormat = {
  name: 'gpx',
  contentType: 'application/gpx+xml',
  fileExtension: 'gpx',
  begin: ({ title }) =>
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Serik"' +
    ` xmlns="http://www.topografix.com/GPX/1/1" xmlns:serik="${GPX_NAMESPACE}">\n` +
    `<metadata>${element('name', xmlText(title))}</metadata>\n`,
  *person(track, options) {
    yield `<trk>${element('name', xmlText(track.name))}<trkseg>\n`
    for (const point of trackOf(track)) yield trackPoint(point, options)
    yield '</trkseg></trk>\n'
  },
  end: '</gpx>\n',
}

function trackPoint(point: TrackPoint, options: ExportOptions): string {
  const { fix } = point
  const extensions =
    known('serik:accuracyM', fix.accuracyM) +
    known('serik:speedMps', fix.speedMps) +
    known('serik:headingDeg', fix.headingDeg) +
    known('serik:battery', fix.battery) +
    (point.flag === 'unbelieved' ? '<serik:unbelieved/>' : '')
  // GPX ends short of 180, which is the same meridian.
  const longitudeDeg = fix.longitudeDeg === 180 ? -180 : fix.longitudeDeg
  const time = isoTime(point, options)
  return (
    `<trkpt lat="${decimalText(fix.latitudeDeg)}" lon="${decimalText(longitudeDeg)}">` +
    known('ele', fix.altitudeM) +
    (time === undefined ? '' : element('time', time)) +
    (extensions === '' ? '' : element('extensions', extensions)) +
    '</trkpt>\n'
  )
}

const element = (tag: string, inside: string) => `<${tag}>${inside}</${tag}>`

const known = (tag: string, value: number | undefined) => (value === undefined ? '' : element(tag, decimalText(value)))

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot hold, not even escaped
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A reader makes a bare one a line feed.
  '\r': '&#13;',
}

/** What XML cannot hold becomes U+FFFD. */
function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"'\r]/g, (character) => ESCAPES[character] ?? character)
}
