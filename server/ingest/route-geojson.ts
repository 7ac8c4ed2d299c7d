/** GeoJSON (RFC 7946): what a page draws, and what planners export. */
import { childrenOf, type Found, type FoundPlace, type FoundPoint, ownValue } from './found-places.ts'

type Shape = { readonly path: string; readonly geometry: unknown; readonly name: unknown }

/**
 * The line is every position of every `LineString` and `MultiLineString` in file order, bare or in features. A `Point` whose
 * feature has a `name` is a point. Other geometries are passed over.
 */
export function geojsonRoute(document: unknown): Found {
  const [first] = shapesOf(document)
  return {
    line: lines(document),
    points: points(document),
    name: ownValue(document, 'name') ?? (isLine(first) ? first?.name : undefined),
    latitudeAt: '[1]',
    longitudeAt: '[0]',
    whole: 'type',
    wants: 'LineString or MultiLineString',
  }
}

function* lines(document: unknown): Generator<FoundPlace> {
  for (const { path, geometry } of shapesOf(document)) {
    const coordinates = ownValue(geometry, 'coordinates')
    const type = ownValue(geometry, 'type')
    if (type === 'LineString') yield* positions(coordinates, `${path}coordinates`)
    if (type === 'MultiLineString')
      for (const [index, line] of listIn(coordinates).entries()) yield* positions(line, `${path}coordinates[${index}]`)
  }
}

function* positions(list: unknown, path: string): Generator<FoundPlace> {
  if (!Array.isArray(list)) yield placeOf(list, path)
  for (const [index, position] of listIn(list).entries()) yield placeOf(position, `${path}[${index}]`)
}

function* points(document: unknown): Generator<FoundPoint> {
  for (const { path, geometry, name } of shapesOf(document))
    if (ownValue(geometry, 'type') === 'Point' && name !== undefined)
      yield { ...placeOf(ownValue(geometry, 'coordinates'), `${path}coordinates`), name }
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const isLine = (shape: Shape | undefined): boolean => ownValue(shape?.geometry, 'type') !== 'Point'

function placeOf(position: unknown, path: string): FoundPlace {
  const [longitude, latitude] = listIn(position)
  return { path, latitude, longitude }
}

function* shapesOf(document: unknown): Generator<Shape> {
  const type = ownValue(document, 'type')
  if (type === 'FeatureCollection')
    for (const [index, feature] of childrenOf(document, 'features').entries())
      yield shapeOf(feature, `features[${index}].`)
  else if (type === 'Feature') yield shapeOf(document, '')
  else yield { path: '', geometry: document, name: undefined }
}

const shapeOf = (feature: unknown, path: string): Shape => ({
  path: `${path}geometry.`,
  geometry: ownValue(feature, 'geometry'),
  name: ownValue(ownValue(feature, 'properties'), 'name'),
})
