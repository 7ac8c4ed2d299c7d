import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { readRecordedFile } from '../../client/simulate/recorded-files.ts'
import { timeMsFrom } from '../../client/simulate/recorded-track.ts'
import { fixSchema } from '../../shared/geo/fix.ts'
import { fitBytes } from '../support/fit-bytes.ts'

const T0 = Date.UTC(2026, 4, 3, 1, 30)

async function aFile(name: string, content: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recorded-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

test('[RF6] GPX gives one person a file, every point in file order, and counts what has no place or time', async () => {
  const path = await aFile(
    'Aida.gpx',
    `<gpx><trk><trkseg>
      <trkpt lat="51.1" lon="71.4"><ele>347.5</ele><time>2026-05-03T01:30:05Z</time></trkpt>
      <trkpt lat="51.2" lon="71.4"><time>2026-05-03T06:30:00.250+05:00</time></trkpt>
      <trkpt lat="51.3" lon="71.4"><ele>1</ele></trkpt></trkseg></trk>
     <trk><trkseg><trkpt lat="" lon="71.4"><time>2026-05-03T01:30:00Z</time></trkpt></trkseg></trk></gpx>`,
  )
  expect(await readRecordedFile(path)).toEqual([
    {
      person: 'Aida',
      source: 'Aida.gpx',
      unusable: 2,
      unusableBecause: { noPlace: 1, noTime: 1 },
      fixes: [
        { latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs: T0 + 5_000, altitudeM: 347.5 },
        { latitudeDeg: 51.2, longitudeDeg: 71.4, takenAtMs: T0 + 250 },
      ],
    },
  ])
})

test('[RF6] TCX gives the track points of all laps', async () => {
  const point = (time: string, position: string) =>
    `<Trackpoint><Time>${time}</Time>${position}<AltitudeMeters>350</AltitudeMeters></Trackpoint>`
  const at = (lat: number) =>
    `<Position><LatitudeDegrees>${lat}</LatitudeDegrees><LongitudeDegrees>71.4</LongitudeDegrees></Position>`
  const lap = (...points: string[]) => `<Lap><Track>${points.join('')}</Track></Lap>`
  const path = await aFile(
    'watch.TCX',
    `<TrainingCenterDatabase><Activities><Activity Sport="Running">
      ${lap(point('2026-05-03T01:30:00Z', at(51.1)), point('2026-05-03T01:30:01Z', ''))}
      ${lap(point('2026-05-03T01:30:02Z', at(51.2)))}</Activity></Activities></TrainingCenterDatabase>`,
  )
  expect(await readRecordedFile(path)).toMatchObject([
    {
      person: 'watch',
      unusable: 1,
      fixes: [
        { latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs: T0, altitudeM: 350 },
        { latitudeDeg: 51.2, longitudeDeg: 71.4, takenAtMs: T0 + 2_000, altitudeM: 350 },
      ],
    },
  ])
})

test('[RF6] FIT gives its records in degrees, metres and milliseconds', async () => {
  const place = { latitudeDeg: 51.1283, longitudeDeg: -71.4305 }
  const records = [
    { place, takenAtMs: T0, altitudeM: 347.2 },
    { takenAtMs: T0 + 1_000 },
    { place, takenAtMs: T0 + 2_000 },
  ]
  const [track, ...others] = await readRecordedFile(await aFile('fenix.fit', fitBytes(records)))
  expect(others).toEqual([])
  expect(track).toMatchObject({ person: 'fenix', unusable: 1, unusableBecause: { noPlace: 1, noTime: 0 } })
  expect(track?.fixes.map(({ takenAtMs, altitudeM }) => ({ takenAtMs, altitudeM }))).toEqual([
    { takenAtMs: T0, altitudeM: expect.closeTo(347.2, 5) },
    { takenAtMs: T0 + 2_000, altitudeM: undefined },
  ])
  expect(track?.fixes[0]?.latitudeDeg).toBeCloseTo(place.latitudeDeg, 6)
  expect(track?.fixes[0]?.longitudeDeg).toBeCloseTo(place.longitudeDeg, 6)
})

test.each([
  ['lat,lon,timestamp,runner\n51.1,71.4,1777771800,Aida\n51.2,71.4,1777771801,Bek\n', {}],
  [
    '\uFEFFid;LATITUDE;lng;Time\r\nAida;51.1;71.4;2026-05-03 06:30:00+05:00\r\nBek;51.2;71.4;2026-05-03 01:30:01\r\n',
    {},
  ],
  ['Time\tPLACE_ID\tLatitude\tLongitude\n2026-05-03T01:30:00Z\tAida\t51.1\t71.4\n1777771801000\tBek\t51.2\t71.4\n', {}],
  ['person,who,lat,lon,time\nx,Aida,51.1,71.4,1777771800\nx,Bek,51.2,71.4,1777771801\n', { personColumn: 'WHO' }],
])('[RF7] CSV columns are found by name and split into people: %j', async (text, options) => {
  const tracks = await readRecordedFile(await aFile('table.csv', text), options)
  expect(tracks.map(({ person, fixes }) => ({ person, fixes }))).toEqual([
    { person: 'Aida', fixes: [{ latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs: T0 }] },
    { person: 'Bek', fixes: [{ latitudeDeg: 51.2, longitudeDeg: 71.4, takenAtMs: T0 + 1_000 }] },
  ])
})

test('[RF7] a CSV without a person column is one person, and an empty cell is no coordinate and no time', async () => {
  const text = 'lat,lon,time,alt\n51.1,71.4,1777771800,-3.5\n,71.4,1777771801,\n51.1,71.4,,\n51.1\n'
  expect(await readRecordedFile(await aFile('solo.csv', text))).toEqual([
    {
      person: 'solo',
      source: 'solo.csv',
      unusable: 3,
      unusableBecause: { noPlace: 2, noTime: 1 },
      fixes: [{ latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs: T0, altitudeM: -3.5 }],
    },
  ])
})

test.each([
  ['2021-06-12 08:34:00-04:00', Date.UTC(2021, 5, 12, 12, 34)],
  ['2021-06-12T08:34:00.5Z', Date.UTC(2021, 5, 12, 8, 34, 0, 500)],
  ['2021-06-12T08:34:00+0530', Date.UTC(2021, 5, 12, 3, 4)],
  ['2021-06-12 08:34', Date.UTC(2021, 5, 12, 8, 34)],
  ['1777771800.25', T0 + 250],
  ['12/06/2021 08:34', Number.NaN],
  ['2021-13-40T08:34:00Z', Number.NaN],
  ['', Number.NaN],
  [undefined, Number.NaN],
])('[RF7] the time %j is read alike on every computer', (text, atMs) => {
  expect(timeMsFrom(text)).toBe(atMs)
})

const damaged = fitBytes([{ takenAtMs: T0 }])
damaged[30] = 0xff ^ (damaged[30] as number)
test.each([
  ['a.gpx', '<gpx><trk>', 'is not readable as XML'],
  ['b.gpx', '<gpx/>', 'has no track points'],
  ['c.tcx', '<TrainingCenterDatabase/>', 'has no track points'],
  ['d.fit', 'FIT?', 'is not readable as FIT'],
  ['e.fit', damaged, 'CRC mismatch'],
  ['f.csv', 'when,where\n1,2\n', 'has no column for latitude, longitude, time (its columns: when, where)'],
  ['g.csv', '', 'has no column for latitude'],
  ['h.csv', 'lat,lon,time\n', 'has no rows'],
  ['i.csv', 'lat,lon,time\n"1,2\n', 'Quote'],
  ['j.kml', '<kml/>', 'is none of the formats read'],
])('[RF8] an unreadable file is an error with its name and the reason: %s', async (name, content, reason) => {
  const path = await aFile(name, content)
  await expect(readRecordedFile(path)).rejects.toThrow(new RegExp(`^${name}: .*${reason.replace(/[()?]/g, '\\$&')}`))
})

test('[RF8] a file that is not there, or a column that is not, is named', async () => {
  await expect(readRecordedFile('/nowhere/k.gpx')).rejects.toThrow(/^k.gpx: ENOENT/)
  const path = await aFile('l.csv', 'lat,lon,time\n1,2,3\n')
  await expect(readRecordedFile(path, { personColumn: 'who' })).rejects.toThrow('l.csv: has no column who')
})

const recordings = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
// Recordings of strangers are kept out of the repository.
const isHere = existsSync(recordings)
const onRealFiles = test.skipIf(!isHere)
const skipped = isHere ? '' : ' (skipped: the recordings are not beside the repository)'

onRealFiles.each([
  ['track_200m_reps', 691, 0],
  ['ultra_part1', 25_627, 0],
  ['ultra_route', 0, 4_309],
  ['bikeA_route', 0, 833],
  ['bikeA_edge605', 6_398, 0],
  ['bikeA_motog3', 2_363, 0],
  ['group3_boat_alex', 1_909, 0],
  ['group3_boat_richard', 1_567, 0],
  ['group3_boat_yury', 1_694, 0],
])(`[RF6] the real recording %s is read whole${skipped}`, async (person, fixes, unusable) => {
  const [track] = await readRecordedFile(`${recordings}${person}.gpx`)
  expect(track).toMatchObject({ person, unusable, unusableBecause: { noTime: unusable } })
  expect(track?.fixes).toHaveLength(fixes)
  expect(track?.fixes.every((fix) => fixSchema.safeParse(fix).success)).toBe(true)
})

onRealFiles(`[RF7] the real table of five people is read whole${skipped}`, async () => {
  const tracks = await readRecordedFile(`${recordings}group5_flock_ruck.csv`)
  expect(tracks.map(({ person, fixes, unusable }) => [person, fixes.length, unusable])).toEqual([
    ['MPA147', 10_560, 0],
    ['MPA161', 10_560, 0],
    ['MPA157', 10_560, 0],
    ['MPA167', 10_560, 0],
    ['MPA164', 10_183, 0],
  ])
  expect(tracks[0]?.fixes[0]).toEqual({
    latitudeDeg: 42.4978976,
    longitudeDeg: -71.68123843,
    altitudeM: 0,
    takenAtMs: Date.UTC(2021, 5, 12, 12, 34),
  })
})
