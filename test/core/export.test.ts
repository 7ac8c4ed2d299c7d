import { describe, expect, test } from 'vitest'
import { csv } from '../../server/export/csv.ts'
import { fileOf } from '../../server/export/export.ts'
import { geojson } from '../../server/export/geojson.ts'
import { GPX_NAMESPACE, gpx } from '../../server/export/gpx.ts'
import { DAY_MS } from '../../shared/units.ts'
import {
  everything,
  firstIso,
  formats,
  guest,
  lena,
  point,
  ravi,
  readCsv,
  readGeojson,
  readGpx,
  write,
} from '../support/exports.ts'

test('[EX1] GPX has one track a person and one segment a track, with what is known of each point', () => {
  const read = readGpx(write(gpx, [ravi, lena, guest], { title: 'Sunday & friends' }))
  expect(read).toMatchObject({
    '@version': '1.1',
    '@xmlns': 'http://www.topografix.com/GPX/1/1',
    '@xmlns:serik': GPX_NAMESPACE,
    metadata: { name: 'Sunday & friends' },
  })
  expect(read.trk?.map(({ name }) => name)).toEqual(['Ravi', '17', 'Guest'])
  expect(read.trk?.map(({ trkseg }) => trkseg.trkpt?.length ?? 0)).toEqual([3, 1, 0])
  expect(read.trk?.[0]?.trkseg.trkpt?.[0]).toEqual({
    '@lat': '51.128',
    '@lon': '71.4304',
    ele: '-3.25',
    time: firstIso,
    extensions: {
      'serik:accuracyM': '4.9',
      'serik:speedMps': '2.8',
      'serik:headingDeg': '180',
      'serik:battery': '0.85',
    },
  })
  expect(read.trk?.[1]?.trkseg.trkpt).toEqual([
    { '@lat': '51.1284', '@lon': '-0.0000001', time: '2026-05-10T02:30:20.007Z' },
  ])
})

test('[EX1] GPX ends short of 180 degrees east, so the line itself is written as west', () => {
  const [track] = readGpx(write(gpx, [{ name: 'Fiji', points: [point(0, { longitudeDeg: 180 })] }])).trk ?? []
  expect(track?.trkseg.trkpt?.[0]?.['@lon']).toBe('-180')
})

test('[EX2] CSV has a row a point, and an empty cell for what is unknown', () => {
  const text = write(csv, [ravi, lena, guest])
  expect(text.split('\r\n').slice(0, 3)).toEqual([
    'person,time,latitude,longitude,accuracyM,altitudeM,speedMps,headingDeg,battery,flag,source',
    `Ravi,${firstIso},51.128,71.4304,4.9,-3.25,2.8,180,0.85,believed,p:s1`,
    'Ravi,2026-05-10T02:30:05.007Z,51.1281,71.4304,,,,,,unbelieved,p:s1',
  ])
  expect(readCsv(text).map(({ person }) => person)).toEqual(['Ravi', 'Ravi', 'Ravi', '17'])
})

test('[EX3] GeoJSON has one feature a person: a line, a point or no geometry', () => {
  const whole = readGeojson(write(geojson, [ravi, lena, guest]))
  expect(whole).toMatchObject({ type: 'FeatureCollection', name: 'Sunday' })
  expect(whole.features.map(({ geometry }: { geometry: unknown }) => geometry)).toEqual([
    {
      type: 'LineString',
      coordinates: [
        [71.4304, 51.128, -3.25],
        [71.4304, 51.1281],
        [71.4304, 51.1283],
      ],
    },
    { type: 'Point', coordinates: [-1e-7, 51.1284] },
    null,
  ])
  expect(whole.features[0].properties).toEqual({
    person: 'Ravi',
    coordinateProperties: {
      times: [firstIso, '2026-05-10T02:30:05.007Z', '2026-05-10T02:30:15.007Z'],
      accuracyM: [4.9, null, null],
      speedMps: [2.8, null, null],
      headingDeg: [180, null, null],
      battery: [0.85, null, null],
      flag: ['believed', 'unbelieved', 'believed'],
      source: ['p:s1', 'p:s1', 'p:s1'],
    },
  })
})

describe.each(formats)('$name', (format) => {
  test('[EX4] a point put aside is left out, and an unbelieved one is marked', () => {
    const text = write(format, [ravi])
    expect(text).toContain('51.1281')
    expect(text).not.toContain('51.1282')
    expect(text.split('unbelieved')).toHaveLength(2)
  })

  test('[EX5] a shifted recording gets its own dates back', () => {
    const text = write(format, [ravi], { shiftMs: 40 * DAY_MS })
    expect(text).toContain('2026-03-31T02:30:00.007Z')
    expect(text).not.toContain('2026-05-10')
  })

  test('[EX5] a time that no calendar has costs the time, not the file', () => {
    const far = { name: 'Far', points: [point(0, { takenAtMs: Number.MAX_SAFE_INTEGER }), point(1)] }
    expect(write(format, [far])).toContain('2026-05-10T02:30:05.007Z')
    const year10000 = { name: 'Far', points: [point(0, { takenAtMs: Date.UTC(10_000, 0) })] }
    expect(write(format, [year10000])).not.toContain('10000-01-01')
  })

  test('[EX6] people and points stay in the order given, with one name twice', () => {
    const back = { name: 'Ravi', points: [point(9), point(8)] }
    const text = write(format, [lena, back, ravi])
    const at = ['51.1284', '51.1289', '51.1288', '51.128'].map((latitude) => text.lastIndexOf(latitude))
    expect(at).toEqual(at.toSorted((a, b) => a - b))
  })

  test('[EX7] the file comes in bounded chunks, as it is asked for', async () => {
    let taken = 0
    const points = new Proxy(
      Array.from({ length: 4_000 }, (_, key) => point(key, everything)),
      {
        get(target, key, self) {
          if (typeof key === 'string' && /^\d+$/.test(key)) taken += 1
          return Reflect.get(target, key, self)
        },
      },
    )
    let people = 0
    function* tracks() {
      for (; people < 3; people++) yield { name: 'Long', points }
    }
    const options = { title: 'Sunday', shiftMs: 0 }
    const chunks = fileOf(format, tracks(), options)
    const first = await chunks.next()
    expect(first.value?.length).toBeGreaterThan(10_000)
    expect(taken).toBeLessThan(2_000)
    expect(people).toBe(0)
    let text = first.value as string
    for await (const chunk of chunks) {
      expect(chunk.length).toBeLessThan(20_000)
      text += chunk
    }
    const track = { name: 'Long', points }
    expect(text === write(format, [track, track, track])).toBe(true)
  })

  test('[EX8] a run without people is a whole file', () => {
    const text = write(format, [])
    if (format === gpx) expect(readGpx(text).trk).toBeUndefined()
    if (format === csv) expect(readCsv(text)).toEqual([])
    if (format === geojson) expect(readGeojson(text).features).toEqual([])
  })
})
