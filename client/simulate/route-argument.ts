import { readFile } from 'node:fs/promises'
import { z } from 'zod/mini'
import { latitudeDegSchema, longitudeDegSchema } from '../../shared/geo/fix.ts'
import { type RouteLine, routeLine } from '../../shared/geo/route.ts'
import { gpxLine } from './recorded-xml.ts'

/** An altitude may follow. */
const pointSchema = z.tuple([latitudeDegSchema, longitudeDegSchema], z.unknown())
const jsonSchema = z.object({ points: z.array(z.unknown()) })

/**
 * The line of a ROUTE argument: a GPX file, or JSON `{"points":[[lat,lon],...]}`, told apart by their first character. Taken
 * as it is: order kept, laps written out. Throws Error `ROUTE path: REASON`, which names the first bad point, counted from 1.
 */
export async function readRouteArgument(path: string): Promise<RouteLine> {
  try {
    const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').trim()
    const points = text.startsWith('{')
      ? jsonPoints(text)
      : gpxLine(text).map(({ latitude, longitude }) => [degrees(latitude), degrees(longitude)])
    const places = points.map((point, index) => {
      const read = pointSchema.safeParse(point)
      if (!read.success) throw new Error(`point ${index + 1} is no latitude and longitude: ${shown(point)}`)
      return { latitudeDeg: read.data[0], longitudeDeg: read.data[1] }
    })
    const line = routeLine(places)
    if (line.points.length < 2) throw new Error('needs two different points')
    return line
  } catch (cause) {
    throw new Error(`ROUTE ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

function jsonPoints(text: string): unknown[] {
  const read = jsonSchema.safeParse(JSON.parse(text))
  if (!read.success) throw new Error('as JSON it must be {"points":[[lat,lon],...]}')
  return read.data.points
}

const degrees = (text: unknown) => (typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN)
const shown = (point: unknown) => String(JSON.stringify(point)).slice(0, 60)
