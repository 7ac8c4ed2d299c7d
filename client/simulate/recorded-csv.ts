import { parse } from 'csv-parse/sync'
import type { RecordedPoint } from './recorded-track.ts'

const COLUMNS = {
  latitude: ['latitude', 'lat', 'latitudedeg', 'y'],
  longitude: ['longitude', 'lon', 'lng', 'long', 'longitudedeg', 'x'],
  time: ['time', 'timestamp', 'datetime', 'date_time', 'utc', 'takenatms'],
  altitude: ['elevation', 'altitude', 'ele', 'alt', 'altitudem'],
} as const
const PERSON_COLUMNS = ['person', 'name', 'id', 'runner', 'athlete', 'device']
const DELIMITERS = [',', ';', '\t'] as const

/**
 * The rows of a table with a header, by person in order of appearance; a table or a row without a person is `undefined`.
 * Columns are found by usual names, in any case. The person is in `personColumn`, else in the first of person, name, id, runner,
 * athlete, device that exists, else in a column ending in `_id`. Delimiter comma, semicolon or tab. Throws Error with
 * the reason.
 */
export function csvPoints(text: string, personColumn?: string): Map<string | undefined, RecordedPoint[]> {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  const delimiter = DELIMITERS.toSorted((a, b) => header.split(b).length - header.split(a).length)[0] as string
  const [titles = [], ...rows]: string[][] = parse(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  })
  const columnOf = (names: readonly string[]) => {
    const found = names.map((name) => titles.findIndex((title) => title.toLowerCase() === name))
    return found.find((column) => column >= 0) ?? -1
  }
  const [latitude, longitude, time] = [columnOf(COLUMNS.latitude), columnOf(COLUMNS.longitude), columnOf(COLUMNS.time)]
  const altitude = columnOf(COLUMNS.altitude)
  const missing = Object.entries({ latitude, longitude, time }).filter(([, column]) => column < 0)
  if (missing.length > 0)
    throw new Error(`has no column for ${missing.map(([name]) => name).join(', ')} (its columns: ${titles.join(', ')})`)
  const person = personColumn === undefined ? guessedPersonColumn() : columnOf([personColumn.toLowerCase()])
  if (personColumn !== undefined && person < 0)
    throw new Error(`has no column ${personColumn} (its columns: ${titles.join(', ')})`)

  const pointsBy = new Map<string | undefined, RecordedPoint[]>()
  for (const row of rows) {
    const who = row[person] || undefined
    const points = pointsBy.get(who) ?? []
    pointsBy.set(who, points)
    points.push({ latitude: row[latitude], longitude: row[longitude], time: row[time], altitude: row[altitude] })
  }
  if (pointsBy.size === 0) throw new Error('has no rows')
  return pointsBy

  function guessedPersonColumn(): number {
    const usual = columnOf(PERSON_COLUMNS)
    return usual >= 0 ? usual : titles.findIndex((title) => title.toLowerCase().endsWith('_id'))
  }
}
