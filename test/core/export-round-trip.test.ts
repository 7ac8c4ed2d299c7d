import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csv } from '../../server/export/csv.ts'
import { decimalText } from '../../server/export/export.ts'
import { geojson } from '../../server/export/geojson.ts'
import { gpx } from '../../server/export/gpx.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { firstIso, guest, lena, point, ravi, readCsv, readGeojson, readGpx, write } from '../support/exports.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0) // no -0
const anyFix = fc.record(
  {
    latitudeDeg: number(-90, 90),
    longitudeDeg: number(-180, 179),
    takenAtMs: fc.integer({ min: 0, max: 2 ** 42 }),
    accuracyM: number(0, Number.MAX_VALUE),
    altitudeM: number(-Number.MAX_VALUE, Number.MAX_VALUE),
  },
  { requiredKeys: ['latitudeDeg', 'longitudeDeg', 'takenAtMs'] },
)

test('[EX9] every number reads back as the same double, in decimals without an exponent', () => {
  const numeric = (text: string | undefined) => (text ? Number(text) : undefined)
  const fixes = fc.array(anyFix as fc.Arbitrary<Fix>, { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(fixes, (list) => {
      const tracks = [{ name: 'x', points: list.map((fix, key) => point(key, fix)) }]
      const [track] = readGpx(write(gpx, tracks)).trk ?? []
      const wanted = list.map((fix) => [fix.longitudeDeg, fix.latitudeDeg, fix.altitudeM, fix.accuracyM])
      const fromGpx = track?.trkseg.trkpt?.map((read) =>
        [read['@lon'], read['@lat'], read.ele, read.extensions?.['serik:accuracyM']].map(numeric),
      )
      const fromCsv = readCsv(write(csv, tracks)).map((read) =>
        [read.longitude, read.latitude, read.altitudeM, read.accuracyM].map(numeric),
      )
      const [{ geometry }] = readGeojson(write(geojson, tracks)).features
      expect(fromGpx).toEqual(wanted)
      expect(fromCsv).toEqual(wanted)
      expect(geometry.coordinates).toEqual(wanted.map((row) => row.slice(0, 3).filter((value) => value !== undefined)))
    }),
  )
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(decimalText(value)).toMatch(/^-?\d+(\.\d+)?$/)
      expect(Number(decimalText(value)) === value).toBe(true)
    }),
  )
})

const awkward = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'<>&"\'=+-@,;\r\n\t\0\u0007]\ufffe\ud800\u2028é跑 '),
    fc.string({ maxLength: 1, unit: 'binary' }),
  ),
})

describe('names', () => {
  test('[EX10] whatever a name holds, the file is whole and the name reads back', () => {
    fc.assert(
      fc.property(awkward, awkward, (name, title) => {
        const tracks = [{ name, points: [point(0)] }, lena]
        const inXml = (text: string) =>
          text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
        const read = readGpx(write(gpx, tracks, { title }))
        expect([read.metadata.name, ...(read.trk ?? []).map((track) => track.name)]).toEqual([
          inXml(title),
          inXml(name),
          '17',
        ])
        const [row, last] = readCsv(write(csv, tracks, { title }))
        expect(row?.person?.replace(/^'/, '')).toBe(name.toWellFormed().replace(/^'/, ''))
        expect(last).toMatchObject({ person: '17', flag: 'believed' })
        const collection = readGeojson(write(geojson, tracks, { title }))
        expect([collection.name, collection.features[0].properties.person]).toEqual([
          title.toWellFormed(),
          name.toWellFormed(),
        ])
      }),
      { numRuns: 500 },
    )
  })

  test.each(['=1+1', '+7 701', '-Ivan', '@home', ' =1+1', '\t=1+1', '\r=1+1', '\u200b=1+1', '＝1+1'])(
    '[EX11] a spreadsheet does not take %j for a formula',
    (name) => {
      const [row] = readCsv(write(csv, [{ ...lena, name }]))
      expect(row?.person).toBe(`'${name}`)
    },
  )

  test.each(['Ravi', "'quoted", 'a=b', '17', 'Ольга, тренер', 'Ә. "Жел"'])('[EX11] %j stays as it is', (name) => {
    expect(readCsv(write(csv, [{ ...lena, name }]))[0]?.person).toBe(name)
  })
})

const hasGpsbabel = spawnSync('gpsbabel', ['-V']).status === 0
test('[EX12] another program reads the GPX', ({ skip }) => {
  skip(!hasGpsbabel, 'gpsbabel is not installed')
  const tracks = [{ ...ravi, name: 'Ravi <&> "Таң"\u0007' }, lena, guest]
  const run = spawnSync('gpsbabel', ['-t', '-i', 'gpx', '-f', '-', '-o', 'gpx', '-F', '-'], {
    input: write(gpx, tracks),
    encoding: 'utf8',
  })
  expect(run.stderr).toBe('')
  const read = readGpx(run.stdout).trk ?? []
  expect(read.map(({ name }) => name)).toEqual(['Ravi <&> "Таң"\ufffd', '17', 'Guest'])
  const points = read[0]?.trkseg.trkpt ?? []
  expect(points.map((found) => [Number(found['@lat']), Number(found['@lon']), found.time])).toEqual([
    [51.128, 71.4304, firstIso],
    [51.1281, 71.4304, '2026-05-10T02:30:05.007Z'],
    [51.1283, 71.4304, '2026-05-10T02:30:15.007Z'],
  ])
})
