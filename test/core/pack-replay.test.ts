import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { packLines } from '../../client/simulate/pack-lines.ts'
import { packMoments } from '../../client/simulate/pack-replay.ts'
import type { RecordedTrack } from '../../client/simulate/recorded-track.ts'
import { readRouteArgument } from '../../client/simulate/route-argument.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { routeMap } from '../../shared/geo/progress/route-map.ts'
import { placeAtM, routeLine } from '../../shared/geo/route.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { type Motion, steady } from '../support/on-route.ts'

const START_MS = Date.UTC(2026, 4, 3, 8)
const astana = { latitudeDeg: 51.13, longitudeDeg: 71.43 }
const line = routeLine([astana, movedPlace(astana, 4_000, 500), movedPlace(astana, 4_500, 3_000), astana])
const map = routeMap(line)

function trackOf(person: string, motion: Motion, fromS: number, untilS: number): RecordedTrack {
  const count = Math.floor((untilS - fromS) / 5) + 1
  const fixes = Array.from({ length: count }, (_, index) => {
    const s = fromS + 5 * index
    return { ...placeAtM(line, motion(s)), accuracyM: 4, takenAtMs: START_MS + s * SECOND_MS }
  })
  return { person, fixes, unusable: 0, unusableBecause: { noPlace: 0, noTime: 0 }, source: `${person}.gpx` }
}

test('[PK12] recorded people are one pack at each 30 s of recorded time, from their first fix to their last', () => {
  const tracks = [trackOf('Aida', steady(3), 7, 600), trackOf('Bek', steady(3, 40), 7, 300)]
  const moments = [...packMoments(map, tracks, 30 * SECOND_MS)]
  expect(moments.map(({ atMs }) => (atMs - START_MS) / SECOND_MS)).toEqual(
    Array.from({ length: 19 }, (_, index) => 30 * (index + 1)),
  )
  const at = (s: number) => moments.find(({ atMs }) => atMs === START_MS + s * SECOND_MS)
  expect(at(270)?.pack.order.map(({ member }) => member.memberId)).toEqual(['Aida', 'Bek'])
  expect(at(270)?.clusters).toEqual([['Aida'], ['Bek']])
  expect(Math.abs((at(270)?.pack.spread?.gapM ?? 0) - 120)).toBeLessThan(10)
  expect(Math.abs((at(270)?.pack.spread?.gapMs ?? 0) / SECOND_MS - 40)).toBeLessThan(4)
  expect(at(330)?.clusters).toEqual([['Aida']])
})

test('[PK12] days without a fix are passed over, and nothing is told before it could be known', () => {
  const days = [trackOf('Sat', steady(3), 0, 120), trackOf('Sun', steady(3, 86_400), 86_400, 86_520)]
  const moments = [...packMoments(map, days, 30 * SECOND_MS)]
  expect(moments.map(({ pack }) => pack.order[0]?.member.memberId)).toEqual([
    ...Array(5).fill('Sat'),
    ...Array(5).fill('Sun'),
  ])
  const cut = [trackOf('Sat', steady(3), 0, 60)]
  const linesOf = (tracks: RecordedTrack[]) => [...packMoments(map, tracks, 30 * SECOND_MS)].slice(0, 3).map(packLines)
  expect(linesOf(cut)).toEqual(linesOf(days))
  expect([...packMoments(map, [trackOf('Nobody', steady(3), 5, 0)], 30 * SECOND_MS)]).toEqual([])
})

test('[PK12] the lines say clusters, spread, order with gaps and pace, and who is in doubt or falls behind', () => {
  const tired: Motion = (s) => (s < 1_000 ? 3 * s : 3_000 + 2 * (s - 1_000))
  const whole = trackOf('Dana', steady(3, 30), 0, 1_400)
  const isHeard = ({ takenAtMs }: Fix) => takenAtMs < START_MS + 1_000_000 || takenAtMs > START_MS + 1_385_000
  const tracks = [
    trackOf('Aida', steady(3), 0, 1_400),
    trackOf('Bek', steady(3, 10), 0, 1_400),
    trackOf('Timur', tired, 0, 1_400),
    { ...whole, fixes: whole.fixes.filter(isHeard) },
  ]
  const moment = [...packMoments(map, tracks, 30 * SECOND_MS)].find(({ atMs }) => atMs === START_MS + 1_380 * SECOND_MS)
  const lines = moment ? packLines(moment) : []
  expect(lines[0]).toMatch(/^2026-05-03 08:23:00 {2}2 \+ 1, \d+ m \/ 2:\d\d apart, 1 in doubt$/)
  expect(lines[1]).toMatch(/^ {3}1 {2}Aida {3} +4\.1\d\d km +5:\d\d\/km$/)
  expect(lines[2]).toMatch(/^ {3}2 {2}Bek {4} +4\.1\d\d km +\+\d+ m +\+0:\d\d +5:\d\d\/km$/)
  expect(lines[3]).toMatch(/^ {3}3 {2}Timur {2} +3\.7\d\d km +\+\d+ m +\+1:\d\d +[78]:\d\d\/km$/)
  expect(lines[4]).toMatch(/^ {3}\? {2}Dana {3} +\d\.\d{3} km {2}silent for 6:\d\d$/)
  expect(lines[5]).toMatch(/^ {6}Timur falls behind: \d+ m \/ 1:\d\d behind the pack, \d:\d\d more than 5 min ago$/)
  expect(lines).toHaveLength(6)
})

async function fileWith(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'serik-route-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}
const gpx = (inside: string) => `<?xml version="1.0"?><gpx>${inside}</gpx>`

test.each([
  ['r.json', '{"points":[[51,71],[51.01,71],[51,71],[51.01,71]]}'],
  [
    'r.gpx',
    gpx(
      '<trk><trkseg><trkpt lat="51" lon="71"/><trkpt lat="51.01" lon="71"/></trkseg><trkseg><trkpt lat="51" lon="71"/><trkpt lat="51.01" lon="71"/></trkseg></trk>',
    ),
  ],
  [
    'r.gpx',
    gpx(
      '<rte><rtept lat="51" lon="71"/><rtept lat="51.01" lon="71"/><rtept lat="51" lon="71"/><rtept lat="51.01" lon="71"/></rte>',
    ),
  ],
])('[PK13] a route argument is taken as it is, every pass in order: %s', async (name, text) => {
  const route = await readRouteArgument(await fileWith(name, text))
  expect(route.points.map(({ latitudeDeg }) => latitudeDeg)).toEqual([51, 51.01, 51, 51.01])
})

test.each([
  ['{"points":[[51,71],[51,"71"]]}', 'point 2 is no latitude and longitude: [51,"71"]'],
  ['{"points":[[51,71],[91,71]]}', 'point 2 is no latitude and longitude: [91,71]'],
  ['{"points":[[51,71],[51,71]]}', 'needs two different points'],
  ['{"line":[]}', 'as JSON it must be {"points":[[lat,lon],...]}'],
  ['{"points":', /JSON/],
  ['hello', 'is not readable as XML'],
  [gpx(''), 'has neither track points nor route points'],
  [gpx('<trk><trkseg><trkpt lat="51" lon=""/></trkseg></trk>'), 'point 1 is no latitude and longitude: [51,null]'],
])('[PK13] a route argument that is none is refused with its path and the reason: %s', async (text, reason) => {
  const path = await fileWith('bad', text)
  await expect(readRouteArgument(path)).rejects.toThrow(`ROUTE ${path}: `)
  await expect(readRouteArgument(path)).rejects.toThrow(reason)
})
