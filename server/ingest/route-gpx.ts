/** GPX 1.0 and 1.1. */
import { childrenOf, type Found, type FoundPlace, type FoundPoint, ownValue } from './found-places.ts'
import { below, textOf } from './route-xml.ts'

/**
 * The line is every `trkpt` of every `trk` and `trkseg` in file order; if there is none, every `rtept` of every `rte` (a file with
 * both tells the same way twice). Every `wpt` is a point.
 */
export function gpxRoute(gpx: unknown): Found {
  const named = [childrenOf(gpx, 'metadata')[0], gpx, childrenOf(gpx, 'trk')[0], childrenOf(gpx, 'rte')[0]]
  return {
    line: trackOrRoute(gpx),
    points: waypoints(gpx),
    name: named.map((node) => textOf(node, 'name')).find((text) => text !== undefined),
    latitudeAt: '/@lat',
    longitudeAt: '/@lon',
    whole: 'gpx',
    wants: 'track points (trkpt) and no route points (rtept)',
  }
}

function* trackOrRoute(gpx: unknown): Generator<FoundPlace> {
  let hasTrack = false
  for (const each of below(gpx, '', 'trk', 'trkseg', 'trkpt')) {
    hasTrack = true
    yield placeOf(each)
  }
  if (!hasTrack) for (const each of below(gpx, '', 'rte', 'rtept')) yield placeOf(each)
}

function* waypoints(gpx: unknown): Generator<FoundPoint> {
  for (const each of below(gpx, '', 'wpt')) yield { ...placeOf(each), name: textOf(each.node, 'name') }
}

const placeOf = ({ path, node }: { path: string; node: unknown }): FoundPlace => ({
  path,
  latitude: ownValue(node, '@lat'),
  longitude: ownValue(node, '@lon'),
})
