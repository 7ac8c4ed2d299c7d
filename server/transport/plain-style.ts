/**
 * A quiet map of the house's own tiles, in the layers of the Protomaps basemap (version 4): what helps to know where one is, and
 * nothing that competes with the people on it. No text, so that no fonts have to be served.
 */
const THEMES = {
  light: {
    background: '#eceee9',
    earth: '#f4f4ef',
    green: '#dcead3',
    built: '#e9e6df',
    water: '#a9cfe4',
    building: '#ddd8ce',
    minor: '#ffffff',
    major: '#fbe6b8',
    casing: '#cfcac0',
    path: '#a08d72',
    rail: '#a8a8a8',
  },
  dark: {
    background: '#12181a',
    earth: '#171d1c',
    green: '#1b2a20',
    built: '#1d2322',
    water: '#16323f',
    building: '#252c2b',
    minor: '#37403e',
    major: '#504a38',
    casing: '#0e1312',
    path: '#6f6450',
    rail: '#454c4b',
  },
} as const

const ATTRIBUTION =
  '<a href="https://protomaps.com" rel="noreferrer">Protomaps</a> © <a href="https://www.openstreetmap.org/copyright" rel="noreferrer">OpenStreetMap</a>'

/** Width in CSS pixels, twice as wide at each of these zooms. */
const width = (at12: number, at15: number, at18: number) => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  12,
  at12,
  15,
  at15,
  18,
  at18,
]
const isKind = (...kinds: readonly string[]) => ['in', ['get', 'kind'], ['literal', kinds]]
const ROUND = { 'line-cap': 'round', 'line-join': 'round' }

/** A MapLibre style; `tilesPath` is relative to the page's own server. */
export function plainStyle(tilesPath: string, isDark: boolean): object {
  const colour = THEMES[isDark ? 'dark' : 'light']
  const fill = (id: string, layer: string, fillColor: string, filter?: unknown) => ({
    id,
    type: 'fill',
    source: 'house',
    'source-layer': layer,
    filter: filter ? ['all', ['==', ['geometry-type'], 'Polygon'], filter] : ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': fillColor },
  })
  const line = (id: string, layer: string, filter: unknown, lineColor: string, lineWidth: unknown, more = {}) => ({
    id,
    type: 'line',
    source: 'house',
    'source-layer': layer,
    filter,
    layout: ROUND,
    paint: { 'line-color': lineColor, 'line-width': lineWidth, ...more },
  })
  const major = isKind('highway', 'major_road')
  const minor = isKind('minor_road', 'other')
  return {
    version: 8,
    sources: { house: { type: 'vector', url: `pmtiles://${tilesPath}`, attribution: ATTRIBUTION } },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': colour.background } },
      fill('earth', 'earth', colour.earth),
      fill(
        'green',
        'landuse',
        colour.green,
        isKind(
          'park',
          'forest',
          'wood',
          'grass',
          'grassland',
          'scrub',
          'nature_reserve',
          'golf_course',
          'garden',
          'pitch',
        ),
      ),
      fill('built', 'landuse', colour.built, isKind('residential', 'industrial', 'school', 'hospital', 'university')),
      fill('water', 'water', colour.water),
      line('waterway', 'water', ['==', ['geometry-type'], 'LineString'], colour.water, width(1, 3, 12)),
      fill('buildings', 'buildings', colour.building),
      line('path', 'roads', isKind('path'), colour.path, width(0.5, 1.5, 4), { 'line-dasharray': [2, 1.5] }),
      line('minor-casing', 'roads', minor, colour.casing, width(0.8, 5, 22)),
      line('major-casing', 'roads', major, colour.casing, width(3, 9, 32)),
      line('minor', 'roads', minor, colour.minor, width(0.5, 3.5, 19)),
      line('major', 'roads', major, colour.major, width(2, 7, 28)),
      line('rail', 'roads', isKind('rail'), colour.rail, width(0.5, 1.5, 3), { 'line-dasharray': [4, 2] }),
    ],
  }
}
