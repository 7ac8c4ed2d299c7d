/**
 * Route files as people upload them: the line of a run and its named points.
 *
 * The text comes from strangers, so nothing in it is believed: its size is counted before it is parsed, and whatever a
 * parser throws becomes a refusal. What it is, its content says, never its name.
 */
import { childrenOf, type RouteFile, refused, routeFileOf } from './found-places.ts'
import { geojsonRoute } from './route-geojson.ts'
import { gpxRoute } from './route-gpx.ts'
import { tcxRoute } from './route-tcx.ts'
import { parsedXml } from './route-xml.ts'

export const ROUTE_FILE_BYTES_MAX = 20_000_000

/**
 * Reads GPX, TCX or GeoJSON. Names are cut to 60 characters. Never throws. A refusal names the element at fault as a path,
 * or `file`, or what the format calls the whole. Synchronous: some 0.2 s a MB, up to 10 s for a file at the size limit made to
 * be slow, so run large ones in a worker.
 */
export function readRouteFile(text: string): RouteFile {
  try {
    if (text.length > ROUTE_FILE_BYTES_MAX || Buffer.byteLength(text) > ROUTE_FILE_BYTES_MAX)
      return refused('file', `larger than ${ROUTE_FILE_BYTES_MAX / 1_000_000} MB`)
    const content = text.replace(/^\uFEFF/, '').trim()
    if (content === '') return refused('file', 'empty')
    if (content.startsWith('<')) return readXml(content)
    if (content.startsWith('{')) return routeFileOf(geojsonRoute(JSON.parse(content)))
    return refused('file', UNKNOWN)
  } catch (fault) {
    // A parser that throws says the text is bad; what it throws is its own affair.
    return refused('file', `not readable: ${fault instanceof Error ? fault.message : 'unknown fault'}`)
  }
}

const UNKNOWN = 'neither GPX, TCX nor GeoJSON'

function readXml(xml: string): RouteFile {
  const parsed = parsedXml(xml)
  if ('fault' in parsed) return refused('file', `not readable as XML, ${parsed.fault}`)
  const [gpx, ...more] = childrenOf(parsed.document, 'gpx')
  if (gpx !== undefined && more.length === 0) return routeFileOf(gpxRoute(gpx))
  const [tcx] = childrenOf(parsed.document, 'TrainingCenterDatabase')
  return tcx === undefined ? refused('file', UNKNOWN) : routeFileOf(tcxRoute(tcx))
}
