import type { TrackPoint } from '../store/store.ts'
import { decimalText, type ExportedTrack, type ExportFormat, type ExportOptions, isoTime, trackOf } from './export.ts'

type Column = (point: TrackPoint, track: ExportedTrack, options: ExportOptions) => string | number | undefined

const COLUMNS: Readonly<Record<string, Column>> = {
  person: (_point, track) => plainText(track.name),
  time: (point, _track, options) => isoTime(point, options),
  latitude: ({ fix }) => fix.latitudeDeg,
  longitude: ({ fix }) => fix.longitudeDeg,
  accuracyM: ({ fix }) => fix.accuracyM,
  altitudeM: ({ fix }) => fix.altitudeM,
  speedMps: ({ fix }) => fix.speedMps,
  headingDeg: ({ fix }) => fix.headingDeg,
  battery: ({ fix }) => fix.battery,
  flag: ({ flag }) => flag,
  source: ({ source }) => plainText(source),
}

/** RFC 4180, one row a point. */
export const csv: ExportFormat = {
  name: 'csv',
  contentType: 'text/csv; charset=utf-8',
  fileExtension: 'csv',
  begin: () => row(Object.keys(COLUMNS)),
  *person(track, options) {
    for (const point of trackOf(track)) yield row(Object.values(COLUMNS).map((column) => column(point, track, options)))
  },
  end: '',
}

const row = (values: readonly (string | number | undefined)[]) => `${values.map(cell).join(',')}\r\n`

function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  const text = typeof value === 'number' ? decimalText(value) : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet runs text that begins like a formula, and skips blanks to find out; an apostrophe stops it. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u

function plainText(text: string): string {
  return (FORMULA.test(text) ? `'${text}` : text).toWellFormed()
}
