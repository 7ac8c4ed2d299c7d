import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plannedLine } from '../../server/ingest/planned-line.ts'
import { readRouteFile } from '../../server/ingest/route-file.ts'
import { KEPT_LENGTH_SHARE, routeLine } from '../../shared/geo/route.ts'

const place = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg })
const position = (lat: number | string, lon: number | string) =>
  `<Position><LatitudeDegrees>${lat}</LatitudeDegrees><LongitudeDegrees>${lon}</LongitudeDegrees></Position>`
const trackpoint = (inside: string) => `<Trackpoint><Time>2026-05-01T03:00:00Z</Time>${inside}</Trackpoint>`
const track = (...positions: string[]) => `<Track>${positions.map(trackpoint).join('')}</Track>`
const tcx = (inside: string) =>
  `<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">${inside}</TrainingCenterDatabase>`
const courses = (...all: string[]) => tcx(`<Courses>${all.map((one) => `<Course>${one}</Course>`).join('')}</Courses>`)
const coursePoint = (name: string, type: string) =>
  `<CoursePoint>${name && `<Name>${name}</Name>`}<Time>2026-05-01T03:00:00Z</Time>${position(51.15, 71.42)}<PointType>${type}</PointType></CoursePoint>`

const lineString = (...coordinates: unknown[]) => ({ type: 'LineString', coordinates })
const feature = (geometry: unknown, name?: unknown) => ({
  type: 'Feature',
  properties: name ? { name } : null,
  geometry,
})
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features })

test('[RT1] what a route file is, its content says, whatever stands before it', () => {
  const line = [place(51.1, 71.4), place(51.2, 71.5)]
  const gpx = '<gpx><rte><rtept lat="51.1" lon="71.4"/><rtept lat="51.2" lon="71.5"/></rte></gpx>'
  const texts = [
    gpx,
    courses(track(position(51.1, 71.4), position(51.2, 71.5))),
    JSON.stringify(lineString([71.4, 51.1], [71.5, 51.2])),
  ]
  for (const text of texts)
    for (const before of ['', '\uFEFF', '\n\t '])
      expect(readRouteFile(before + text)).toEqual({ ok: true, points: line, namedPoints: [] })
})

test('[RT2] a TCX course gives every position of every track in file order, and leaves out points without one', () => {
  const lap = `<Lap><BeginPosition><LatitudeDegrees>1</LatitudeDegrees></BeginPosition></Lap>`
  const first = `<Name>Bank &amp; back</Name>${lap}${track(position(51.1, 71.4), '', position(' 51.2 ', 71.4))}${track(position(51.3, 71.4))}`
  expect(readRouteFile(courses(first, track(position(51.2, 71.4))))).toEqual({
    ok: true,
    name: 'Bank & back',
    points: [place(51.1, 71.4), place(51.2, 71.4), place(51.3, 71.4), place(51.2, 71.4)],
    namedPoints: [],
  })
})

test('[RT2] an activity is read, lap by lap, when there is no course', () => {
  const laps = `<Lap StartTime="x">${track(position(51.1, 71.4))}</Lap><Lap>${track(position(51.2, 71.4), position(51.1, 71.4))}</Lap>`
  const activity = `<Activities><Activity Sport="Running"><Id>1</Id>${laps}</Activity></Activities>`
  expect(readRouteFile(tcx(activity))).toMatchObject({
    points: [place(51.1, 71.4), place(51.2, 71.4), place(51.1, 71.4)],
  })
  const course = `<Courses><Course>${track(position(1, 2))}</Course></Courses>`
  expect(readRouteFile(tcx(activity + course))).toMatchObject({ points: [place(1, 2)] })
})

test('[RT2] course points become named points, but for the turns', () => {
  const points = [
    ['Old bridge', 'Generic'],
    ['', 'Water'],
    ['Left', 'Left'],
    ['Turn', 'Right'],
    ['Go', 'Straight'],
  ]
  const text = courses(track(position(1, 2)) + points.map(([name = '', type = '']) => coursePoint(name, type)).join(''))
  const read = readRouteFile(text)
  expect(read.ok && read.namedPoints).toEqual([
    { name: 'Old bridge', ...place(51.15, 71.42) },
    { name: 'Water', ...place(51.15, 71.42) },
  ])
})

test.each([
  ['a bare line', lineString([71.4, 51.1, 347], [71.4, 51.2])],
  ['lines of lines', { type: 'MultiLineString', coordinates: [[[71.4, 51.1]], [[71.4, 51.2]]] }],
  ['a feature', feature(lineString([71.4, 51.1], [71.4, 51.2]))],
  ['features', collection(feature(lineString([71.4, 51.1])), feature(null), feature(lineString([71.4, 51.2])))],
])('[RT3] GeoJSON gives every position of its lines in file order: %s', (_, document) => {
  expect(readRouteFile(JSON.stringify(document))).toEqual({
    ok: true,
    points: [place(51.1, 71.4), place(51.2, 71.4)],
    namedPoints: [],
  })
})

test('[RT3] GeoJSON points with a name become named points, and other shapes are passed over', () => {
  const point = { type: 'Point', coordinates: [71.42, 51.15] }
  const area = feature(
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    },
    'Park',
  )
  const document = collection(
    area,
    feature(point, 'Car park'),
    feature(point),
    feature(lineString([71.4, 51.1]), 'River'),
  )
  expect(readRouteFile(JSON.stringify(document))).toMatchObject({
    points: [place(51.1, 71.4)],
    namedPoints: [{ name: 'Car park', ...place(51.15, 71.42) }],
  })
})

test.each([
  [tcx(''), 'TrainingCenterDatabase'],
  [courses(track('')), 'TrainingCenterDatabase'],
  [
    courses(track(position(51, 71), position(51, 181))),
    'Courses[1]/Course[1]/Track[1]/Trackpoint[2]/Position[1]/LongitudeDegrees',
  ],
  [
    courses(track('<Position>51</Position>')),
    'Courses[1]/Course[1]/Track[1]/Trackpoint[1]/Position[1]/LatitudeDegrees',
  ],
  [JSON.stringify(collection()), 'type'],
  [JSON.stringify({ type: 'Topology' }), 'type'],
  [JSON.stringify({ type: 'Point', coordinates: [71, 51] }), 'type'],
  [JSON.stringify(lineString([71, 51], [71, 91])), 'coordinates[1][1]'],
  [JSON.stringify(lineString([71, 51], [181, 51])), 'coordinates[1][0]'],
  [JSON.stringify(lineString([71, 51], null)), 'coordinates[1][1]'],
  [JSON.stringify({ type: 'LineString', coordinates: { 0: [71, 51] } }), 'coordinates[1]'],
  [
    JSON.stringify(
      collection(
        feature(lineString([71, 51])),
        feature({ type: 'MultiLineString', coordinates: [[[71, 51]], [[71]]] }),
      ),
    ),
    'features[1].geometry.coordinates[1][0][1]',
  ],
  ['{"type":"LineString","coordinates":[[71,51],[71,5', 'file'],
])('[RF3] what cannot be a route is refused with the field: %.80s', (text, field) => {
  expect(readRouteFile(text)).toEqual({ ok: false, field, detail: expect.stringMatching(/^.{3,160}$/u) })
})

test('[RF4] no member of a GeoJSON document reaches a prototype', () => {
  const text = `{"__proto__":{"type":"LineString","coordinates":[[71,51]]},"type":"Feature","geometry":{"__proto__":{"type":"LineString"},"coordinates":[[71,51]]}}`
  expect(readRouteFile(text)).toMatchObject({ ok: false, field: 'type' })
  expect(({} as { coordinates?: unknown }).coordinates).toBeUndefined()
})

test('[RF5] no JSON makes the reader throw, and nesting without end is refused', () => {
  const words = fc.constantFrom(
    'type',
    'coordinates',
    'features',
    'geometry',
    'properties',
    'name',
    'LineString',
    'Point',
    'Feature',
    'FeatureCollection',
    'MultiLineString',
  )
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      words,
      fc.double(),
      fc.constant(null),
      fc.array(tie('json')),
      fc.dictionary(words, tie('json')),
    ),
  }))
  fc.assert(
    fc.property(json, (document) => {
      const read = readRouteFile(`{"type":"FeatureCollection","features":${JSON.stringify(document)}}`)
      return read.ok ? read.points.length > 0 : read.field !== '' && read.detail !== ''
    }),
    { seed: 20_261_103, numRuns: 500 },
  )
  const many = 200_000
  for (const text of [
    '{"type":'.repeat(many),
    `{"type":"LineString","coordinates":${'['.repeat(many)}${']'.repeat(many)}}`,
  ])
    expect(readRouteFile(text).ok).toBe(false)
})

const recordings = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
// Recordings of strangers are kept out of the repository.
const isHere = existsSync(recordings)
const skipped = isHere ? '' : ' (skipped: the recordings are not beside the repository)'
const RECORDED = [
  'track_200m_reps',
  'ultra_part1',
  'ultra_route',
  'bikeA_route',
  'bikeA_edge605',
  'bikeA_motog3',
  'group3_boat_alex',
]

test.skipIf(!isHere).each(RECORDED)(`[GE4] as a route, the real recording %s keeps its length${skipped}`, (name) => {
  const text = readFileSync(`${recordings}${name}.gpx`, 'utf8')
  const read = readRouteFile(text)
  const planned = plannedLine({ text, laps: null })
  if (!read.ok || !planned.ok) throw new Error('not read')
  const before = routeLine(read.points)
  expect(planned.route.lengthM / before.lengthM).toBeGreaterThanOrEqual(KEPT_LENGTH_SHARE)
  expect(planned.route.points.length).toBeLessThanOrEqual(5_000)
})
