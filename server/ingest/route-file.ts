/**
 * GPX as people upload it: the line of a run and its named points.
 *
 * The text comes from strangers, so nothing in it is believed: its size is counted before it is parsed, entities are
 * never expanded, tags may be nested 50 deep, and whatever the parser throws becomes a refusal.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Place } from '../../shared/geo/fix.ts'
import { NAMED_POINT_NAME_MAX, type NamedPoint } from '../../shared/geo/named-points.ts'

export const ROUTE_FILE_BYTES_MAX = 20_000_000
export const ROUTE_FILE_POINTS_MAX = 200_000
export const ROUTE_FILE_NAMED_POINTS_MAX = 1_000
const DETAIL_MAX = 160
const TAG_DEPTH_MAX = 50
/** Line breaks, half characters, and the marks that turn text round: a name is one honest line. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu
const DECIMAL = /^[+-]?(?:\d{1,20}(?:\.\d{0,40})?|\.\d{1,40})(?:e[+-]?\d{1,3})?$/i
const STANDARD_ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const

export type RouteFile =
  | { readonly ok: true; readonly points: Place[]; readonly namedPoints: NamedPoint[]; readonly name?: string }
  | { readonly ok: false; readonly field: string; readonly detail: string }

type Refused = Extract<RouteFile, { ok: false }>
const refused = (field: string, detail: string): Refused => ({
  ok: false,
  field,
  detail: shownText(detail, DETAIL_MAX),
})

const parser = new XMLParser({
  attributeNamePrefix: '@',
  ignoreAttributes: (name) => name !== 'lat' && name !== 'lon',
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  maxNestedTags: TAG_DEPTH_MAX,
  parseAttributeValue: false,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
})

/**
 * Reads GPX 1.0 or 1.1. The line is every `trkpt` of every `trk` and `trkseg` in file order; if there is none, every
 * `rtept` of every `rte` (a file with both tells the same way twice). `wpt`s with a name become named points, names cut
 * to 60 characters. Never throws. A refusal names the element at fault as a path, counted from 1, or `file` or `gpx`.
 * Synchronous: some 0.2 s a MB, up to 10 s for a file at the size limit made to be slow, so run large ones in a worker.
 */
export function readRouteFile(text: string): RouteFile {
  try {
    if (text.length > ROUTE_FILE_BYTES_MAX || Buffer.byteLength(text) > ROUTE_FILE_BYTES_MAX)
      return refused('file', `larger than ${ROUTE_FILE_BYTES_MAX / 1_000_000} MB`)
    const xml = text.replace(/^\uFEFF/, '').trim()
    if (xml === '') return refused('file', 'empty')
    const validity = XMLValidator.validate(xml)
    if (validity !== true) return refused('file', `not readable as XML, line ${validity.err.line}: ${validity.err.msg}`)
    return fromDocument(parser.parse(xml))
  } catch (fault) {
    // A parser that throws says the text is bad; what it throws is its own affair.
    return refused('file', `not readable as XML: ${fault instanceof Error ? fault.message : 'unknown fault'}`)
  }
}

function fromDocument(document: unknown): RouteFile {
  const roots = childrenOf(document, 'gpx')
  if (roots.length !== 1) return refused('gpx', 'the file is not GPX: it needs one <gpx> element')
  const gpx = roots[0]
  const points: Place[] = []
  const fault = collectTracks(gpx, points) ?? (points.length === 0 ? collectRoutes(gpx, points) : undefined)
  if (fault) return fault
  if (points.length === 0) return refused('gpx', 'has neither track points (trkpt) nor route points (rtept)')
  const namedPoints = readNamedPoints(gpx)
  if (!Array.isArray(namedPoints)) return namedPoints
  const name = [childrenOf(gpx, 'metadata')[0], gpx, childrenOf(gpx, 'trk')[0], childrenOf(gpx, 'rte')[0]]
    .map((holder) => nameOf(holder))
    .find((found) => found !== undefined)
  return { ok: true, points, namedPoints, ...(name !== undefined && { name }) }
}

function collectTracks(gpx: unknown, points: Place[]): Refused | undefined {
  for (const [track, trk] of childrenOf(gpx, 'trk').entries())
    for (const [segment, trkseg] of childrenOf(trk, 'trkseg').entries()) {
      const fault = collectPoints(trkseg, 'trkpt', `trk[${track + 1}]/trkseg[${segment + 1}]`, points)
      if (fault) return fault
    }
  return undefined
}

function collectRoutes(gpx: unknown, points: Place[]): Refused | undefined {
  for (const [index, rte] of childrenOf(gpx, 'rte').entries()) {
    const fault = collectPoints(rte, 'rtept', `rte[${index + 1}]`, points)
    if (fault) return fault
  }
  return undefined
}

function collectPoints(holder: unknown, tag: string, path: string, points: Place[]): Refused | undefined {
  for (const [index, node] of childrenOf(holder, tag).entries()) {
    if (points.length === ROUTE_FILE_POINTS_MAX) return refused(tag, `more than ${ROUTE_FILE_POINTS_MAX} points`)
    const place = readPlace(node, `${path}/${tag}[${index + 1}]`)
    if ('ok' in place) return place
    points.push(place)
  }
  return undefined
}

function readNamedPoints(gpx: unknown): NamedPoint[] | Refused {
  const nodes = childrenOf(gpx, 'wpt')
  if (nodes.length > ROUTE_FILE_NAMED_POINTS_MAX)
    return refused('wpt', `more than ${ROUTE_FILE_NAMED_POINTS_MAX} named points`)
  const namedPoints: NamedPoint[] = []
  for (const [index, node] of nodes.entries()) {
    const place = readPlace(node, `wpt[${index + 1}]`)
    if ('ok' in place) return place
    const name = nameOf(node)
    if (name !== undefined) namedPoints.push({ name, ...place })
  }
  return namedPoints
}

function readPlace(node: unknown, path: string): Place | Refused {
  const [latitudeDeg, longitudeDeg] = [degreesOf(node, '@lat'), degreesOf(node, '@lon')]
  if (!(Math.abs(latitudeDeg) <= 90)) return refused(`${path}/@lat`, 'not a number from -90 to 90')
  if (!(Math.abs(longitudeDeg) <= 180)) return refused(`${path}/@lon`, 'not a number from -180 to 180')
  return { latitudeDeg, longitudeDeg }
}

function degreesOf(node: unknown, attribute: string): number {
  const text = ownValue(node, attribute)
  return typeof text === 'string' && DECIMAL.test(text) ? Number(text) : Number.NaN
}

function nameOf(node: unknown): string | undefined {
  const found = childrenOf(node, 'name')[0]
  const text = typeof found === 'string' ? found : ownValue(found, '#text')
  if (typeof text !== 'string') return undefined
  return shownText(withStandardEntities(text), NAMED_POINT_NAME_MAX) || undefined
}

/** Only XML's own five and character numbers: a document's own entities stay as they are written. */
function withStandardEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, word) => {
    if (word) return STANDARD_ENTITIES[word as keyof typeof STANDARD_ENTITIES] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : whole
  })
}

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

function childrenOf(node: unknown, tag: string): unknown[] {
  const found = ownValue(node, tag)
  return found === undefined ? [] : Array.isArray(found) ? found : [found]
}

function ownValue(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined
}
