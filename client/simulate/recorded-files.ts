/** Real recordings (GPX, TCX, FIT, CSV) as people to replay. */
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { csvPoints } from './recorded-csv.ts'
import { fitPoints } from './recorded-fit.ts'
import { type RecordedPoint, type RecordedTrack, recordedTrack } from './recorded-track.ts'
import { gpxPoints, tcxPoints } from './recorded-xml.ts'

export type RecordedFileOptions = {
  /** The CSV column that tells people apart. Absent: found by its name. */
  readonly personColumn?: string
}

type PointsBy = ReadonlyMap<string | undefined, readonly RecordedPoint[]>
const oneOf = (points: readonly RecordedPoint[]): PointsBy => new Map([[undefined, points]])

const formats: Record<string, (bytes: Buffer, options: RecordedFileOptions) => PointsBy | Promise<PointsBy>> = {
  '.gpx': (bytes) => oneOf(gpxPoints(bytes.toString('utf8'))),
  '.tcx': (bytes) => oneOf(tcxPoints(bytes.toString('utf8'))),
  '.fit': async (bytes) => oneOf(await fitPoints(bytes)),
  '.csv': (bytes, { personColumn }) => csvPoints(bytes.toString('utf8'), personColumn),
}

/**
 * Reads a recording by its name's ending: .gpx, .tcx, .fit (one person a file, called after it) or .csv (a person a value of one
 * column). Every point is a fix or counted as unusable; a planned route without times gives one track without fixes.
 * Throws Error `FILE: REASON`, with the first fault as its cause.
 */
export async function readRecordedFile(path: string, options: RecordedFileOptions = {}): Promise<RecordedTrack[]> {
  const source = basename(path)
  const ending = extname(source)
  try {
    const format = formats[ending.toLowerCase()]
    if (!format) throw new Error(`is none of the formats read (${Object.keys(formats).join(', ')})`)
    const pointsBy = await format(await readFile(path), options)
    return [...pointsBy].map(([person, points]) => recordedTrack(person ?? basename(source, ending), source, points))
  } catch (cause) {
    throw new Error(`${source}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
