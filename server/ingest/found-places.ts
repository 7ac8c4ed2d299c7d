/** What the readers of route files share: what they find, when it is believed, and how a refusal names what is wrong. */
import type { Place } from '../../shared/geo/fix.ts'
import { NAMED_POINT_NAME_MAX, type NamedPoint } from '../../shared/geo/named-points.ts'

export const ROUTE_FILE_POINTS_MAX = 200_000
export const ROUTE_FILE_NAMED_POINTS_MAX = 1_000
const DETAIL_MAX = 160
/** Line breaks, half characters, and the marks that turn text round: a name is one honest line. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu
const DECIMAL = /^[+-]?(?:\d{1,20}(?:\.\d{0,40})?|\.\d{1,40})(?:e[+-]?\d{1,3})?$/i

/** A place as a file has it, not yet believed: its two numbers may be missing, text or nonsense. */
export type FoundPlace = {
  /** Where in the file. */
  readonly path: string
  readonly latitude: unknown
  readonly longitude: unknown
}
export type FoundPoint = FoundPlace & { readonly name: unknown }

/** What one format finds in a document. Read once, as far as it is needed. */
export type Found = {
  readonly line: Iterable<FoundPlace>
  readonly points: Iterable<FoundPoint>
  readonly name: unknown
  /** How the format writes the two numbers of a place below its path. */
  readonly latitudeAt: string
  readonly longitudeAt: string
  /** What the format calls the whole, and what is missing when there is no line. */
  readonly whole: string
  readonly wants: string
}

export type RouteFile =
  | { readonly ok: true; readonly points: Place[]; readonly namedPoints: NamedPoint[]; readonly name?: string }
  | { readonly ok: false; readonly field: string; readonly detail: string }

type Refused = Extract<RouteFile, { ok: false }>

export const refused = (field: string, detail: string): Refused => ({
  ok: false,
  field,
  detail: shownText(detail, DETAIL_MAX),
})

/** Believes what was found, or refuses it by the first place that is none on this earth. */
export function routeFileOf(found: Found): RouteFile {
  const points: Place[] = []
  for (const each of found.line) {
    if (points.length === ROUTE_FILE_POINTS_MAX) return refused(each.path, `more than ${ROUTE_FILE_POINTS_MAX} points`)
    const place = believed(each, found)
    if ('ok' in place) return place
    points.push(place)
  }
  if (points.length === 0) return refused(found.whole, `has no ${found.wants}`)
  const namedPoints: NamedPoint[] = []
  let count = 0
  for (const each of found.points) {
    if (count++ === ROUTE_FILE_NAMED_POINTS_MAX)
      return refused(each.path, `more than ${ROUTE_FILE_NAMED_POINTS_MAX} named points`)
    const place = believed(each, found)
    if ('ok' in place) return place
    const name = shownName(each.name)
    if (name !== undefined) namedPoints.push({ name, ...place })
  }
  const name = shownName(found.name)
  return { ok: true, points, namedPoints, ...(name !== undefined && { name }) }
}

function believed({ path, latitude, longitude }: FoundPlace, { latitudeAt, longitudeAt }: Found): Place | Refused {
  const [latitudeDeg, longitudeDeg] = [degreesFrom(latitude), degreesFrom(longitude)]
  if (!(Math.abs(latitudeDeg) <= 90)) return refused(path + latitudeAt, 'not a number from -90 to 90')
  if (!(Math.abs(longitudeDeg) <= 180)) return refused(path + longitudeAt, 'not a number from -180 to 180')
  return { latitudeDeg, longitudeDeg }
}

function degreesFrom(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : Number.NaN
}

const shownName = (name: unknown): string | undefined =>
  typeof name === 'string' ? shownText(name, NAMED_POINT_NAME_MAX) || undefined : undefined

function shownText(text: string, charactersMax: number): string {
  const clean = text
    .slice(0, charactersMax * 8)
    .replace(UNSHOWABLE, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  // By character, not by half of one; and counted as the schema counts, in UTF-16 units.
  let shown = ''
  for (const character of clean) {
    if (shown.length + character.length > charactersMax) break
    shown += character
  }
  return shown.trimEnd()
}

/** The elements of that name, or the members: none, one or many. */
export function childrenOf(node: unknown, key: string): unknown[] {
  const found = ownValue(node, key)
  return found === undefined ? [] : Array.isArray(found) ? found : [found]
}

/** Never a prototype's. */
export function ownValue(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined
}
