import { describe, expect, test } from 'vitest'
import { packApart } from '../../client/state/pack-apart.ts'
import { type PackStrip, packStrip } from '../../client/state/pack-strip.ts'
import { packView } from '../../client/state/pack-view.ts'
import { kmMarks, routeSigns } from '../../client/state/route-signs.ts'
import type { SeenPlace } from '../../client/state/run-view.ts'
import {
  blobsOf,
  density,
  doubtMarks,
  helperMarks,
  outside,
  packWindow,
  peopleOf,
} from '../../client/state/strip-sheet.ts'
import { noTrails } from '../../client/state/trails.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { MemberId } from '../../shared/units.ts'
import type { Past } from '../support/given-run.ts'
import {
  aidar,
  claimed,
  dana,
  ended,
  guests,
  helps,
  joined,
  lena,
  madina,
  mum,
  person,
  raised,
  sets,
  stopped,
  timur,
  underWay,
} from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'
import { LENGTH_M, nowAt, routeSet, seenAt, spotAtM } from '../support/watched.ts'

const NOW_MS = nowAt(600)
const runner = (no: number) => person(`n${no}x`)
const out = (count: number): RunEvent[] =>
  Array.from({ length: count }, (_, no) => [joined(runner(no), 'runner', 20 + no), sets(runner(no))]).flat()
const onRoute: readonly RunEvent[] = [...underWay, routeSet, sets(lena), sets(dana)]

function stripOf(history: readonly Past[], places: readonly (readonly [MemberId, SeenPlace])[], by = lena) {
  const view = viewOf(history, { by, places })
  return { view, strip: packStrip(view, packView(view, noTrails, null, NOW_MS), NOW_MS) as PackStrip }
}
const fresh = (atM: number, said = {}) => seenAt(atM, NOW_MS, said)
const countOn = ({ groups, doubts, helpers, asides }: PackStrip) =>
  groups.reduce((sum, { people }) => sum + people.length, 0) +
  doubts.length +
  helpers.length +
  asides.reduce((sum, { count }) => sum + count, 0)

describe('the pack on one line', () => {
  test('[PK14] everybody who takes part and each guest is in one place of it, or counted beside it by the reason', () => {
    const history: Past[] = [
      ...onRoute,
      ...out(8),
      sets(timur),
      stopped(runner(5)),
      joined(person('late'), 'runner', 60),
      { type: 'guests-counted', guestsId: guests(1), count: 12, startNumber: null },
      { type: 'guests-accounted', guestsId: guests(1), count: 5 },
    ]
    const { view, strip } = stripOf(history, [
      [lena, fresh(1_000)],
      [aidar, fresh(1_010)],
      [madina, fresh(2_000, { confidence: 0.3, rival: { atM: 4_000, share: 0.3 } })],
      [runner(0), seenAt(900, NOW_MS - 200_000)],
      [runner(1), fresh(1_500, { isOffRoute: true })],
      [runner(2), fresh(LENGTH_M - 5)],
      [runner(3), { ...fresh(0), progress: null }],
      [dana, fresh(1_200)],
      [timur, fresh(1_300, { isOffRoute: true })],
    ])
    expect(strip.groups.map(({ people }) => people.map(({ memberId }) => memberId))).toEqual([[aidar, lena]])
    expect(strip.doubts.map(({ memberId, because }) => [memberId, because])).toEqual([
      [madina, 'unsure'],
      [runner(0), 'silent'],
      [runner(1), 'off-route'],
    ])
    expect(strip.helpers.map(({ memberId }) => memberId)).toEqual([dana])
    expect(strip.asides).toEqual([
      { is: 'not-on-route', count: 1, memberIds: [runner(3)] },
      { is: 'unheard', count: 3, memberIds: [runner(4), runner(6), runner(7)] },
      { is: 'arrived', count: 1, memberIds: [runner(2)] },
      { is: 'in', count: 1, memberIds: [runner(5)] },
      { is: 'waiting', count: 1, memberIds: [person('late')] },
      { is: 'helper-elsewhere', count: 1, memberIds: [timur] },
      { is: 'guests-out', count: 7, memberIds: [] },
      { is: 'guests-in', count: 5, memberIds: [] },
    ])
    const takers = [...view.run.members.values()].filter(({ role }) => takesPart(role)).length
    expect(countOn(strip)).toBe(takers + 12)
  })

  test('[PK14] there is none without a route, and none once the run is over', () => {
    expect(stripOf(underWay, [[aidar, placed(0, 0)]]).strip).toBeNull()
    expect(stripOf([...onRoute, ended], [[aidar, fresh(100)]]).strip).toBeNull()
  })

  test('[PK15] a group tells the gap to the one in front, who waits, and whose place is a minute old', () => {
    const { strip } = stripOf(
      [...onRoute, ...out(1), raised(1, madina), raised(2, lena), claimed(2, dana)],
      [
        [lena, fresh(2_000)],
        [aidar, fresh(1_400)],
        [madina, fresh(1_390)],
        [runner(0), seenAt(1_100, NOW_MS - 90_000)],
      ],
    )
    expect(strip.groups.map(({ toAhead }) => toAhead?.gapM ?? null)).toEqual([null, 600])
    const marks = strip.groups.flatMap(({ people }) => people)
    expect(marks.map(({ memberId, isStale, waits }) => [memberId, isStale, waits])).toEqual([
      [lena, false, 'claimed'],
      [aidar, false, null],
      [madina, false, 'open'],
      [runner(0), true, null],
    ])
  })

  test('[PK15] of a place in doubt both places are told, of somebody unheard where they were last', () => {
    const { strip } = stripOf(onRoute, [
      [madina, fresh(2_000, { confidence: 0.3, rival: { atM: 4_000, share: 0.3 } })],
      [aidar, seenAt(900, NOW_MS - 200_000)],
    ])
    expect(strip.doubts).toEqual([
      { memberId: aidar, because: 'silent', atM: 900, orAtM: null, aroundM: 10, ageMs: 200_000 },
      { memberId: madina, because: 'unsure', atM: 2_000, orAtM: 4_000, aroundM: 10, ageMs: 0 },
    ])
  })

  test('[PK15] a helper who has not set out, or is held up, is not lost', () => {
    const { strip } = stripOf([...onRoute, helps(dana, 'puncture')], [[dana, fresh(1_200)]])
    expect(strip.helpers).toEqual([{ memberId: dana, atM: 1_200, isStale: false }])
    expect(strip.asides).toContainEqual({ is: 'waiting', count: 1, memberIds: [timur] })
  })
})

describe('the strip on a sheet', () => {
  const spread = stripOf(
    [...onRoute, ...out(6)],
    [
      [runner(0), fresh(3_000)],
      [runner(1), fresh(2_990)],
      [runner(2), fresh(2_700)],
      [runner(3), fresh(2_695)],
      [runner(4), fresh(2_300)],
      [dana, fresh(5_500)],
      [madina, fresh(5_000, { confidence: 0.3 })],
    ],
  ).strip
  const sheetOf = (fromM: number, toM: number, widthPx = 360) => ({ fromM, toM, widthPx, marginPx: 20 })

  test('[PK16] the pack fills it, in steps; a pack as long as the route shows the whole of it', () => {
    const window = packWindow(spread)
    expect(window).toEqual({ fromM: 2_200, toM: 3_200 })
    const on = stripOf(
      [...onRoute, ...out(6)],
      [
        [runner(0), fresh(3_010)],
        [runner(4), fresh(2_310)],
      ],
    ).strip
    expect(packWindow(on)).toEqual(window)
    const long = stripOf(onRoute, [
      [aidar, fresh(5_500)],
      [madina, fresh(500)],
    ]).strip
    expect(packWindow(long)).toEqual({ fromM: 0, toM: LENGTH_M })
    expect(packWindow(stripOf(onRoute, []).strip)).toEqual({ fromM: 0, toM: LENGTH_M })
  })

  test('[PK16] groups that would hide each other are one mark with all of them, and stand apart where there is room', () => {
    const near = blobsOf(spread, sheetOf(2_200, 3_200))
    expect(near.map((blob) => blob.groups.map(({ people }) => people.length))).toEqual([[2], [2], [1]])
    const far = blobsOf(spread, sheetOf(0, LENGTH_M, 640))
    expect(far.map((blob) => blob.groups.map(({ people }) => people.length))).toEqual([[2, 2], [1]])
    expect(far.flatMap(peopleOf)).toHaveLength(5)
  })

  test('[PK16] whoever is on the route and outside of it is counted at its ends', () => {
    expect(outside(spread, { fromM: 2_600, toM: 3_200 })).toEqual({ behind: 1, ahead: 2 })
    const whole = sheetOf(0, LENGTH_M)
    expect(outside(spread, whole)).toEqual({ behind: 0, ahead: 0 })
    expect([doubtMarks(spread, whole).length, helperMarks(spread, whole).length]).toEqual([1, 1])
    expect([doubtMarks(spread, sheetOf(0, 4_000)).length, helperMarks(spread, sheetOf(0, 4_000)).length]).toEqual([
      0, 0,
    ])
  })

  test('[PK16] of thousands a few marks are drawn, and nobody is missing from them', () => {
    const COUNT = 1_200
    const places = Array.from({ length: COUNT }, (_, no) => [runner(no), fresh(500 + no * 4)] as const)
    const { strip } = stripOf([...onRoute, ...out(COUNT)], places)
    const sheet = sheetOf(0, LENGTH_M)
    const blobs = blobsOf(strip, sheet)
    expect(blobs.length).toBeLessThan(360 / 28)
    expect(blobs.flatMap(peopleOf)).toHaveLength(COUNT)
    const bars = density(strip, sheet)
    expect(bars.length).toBeLessThanOrEqual(360 / 6)
    expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(COUNT)
  })
})

describe('what stands along the line', () => {
  const square = { latitudeDeg: spotAtM(3_000).latitudeDeg, longitudeDeg: spotAtM(3_000).longitudeDeg }
  const signsOf = (points: ReturnType<typeof spotAtM>[], laps?: { count: number; lengthM: number }) =>
    routeSigns({
      points,
      namedPoints: [
        { name: 'Bridge', ...square, atM: [3_000, 5_000] },
        { name: 'Lake', ...spotAtM(0, 900) },
      ],
      lengthM: 8_000,
      ...(laps && { laps }),
    })

  test('[PK17] a turn-round is one, drawn sharp or wide, and a corner is none', () => {
    const sharp = signsOf([spotAtM(0), spotAtM(4_000), spotAtM(0)])
    expect(sharp.turnsM.map((atM) => Math.round(atM / 10) * 10)).toEqual([4_000])
    const wide = signsOf([spotAtM(0), spotAtM(4_000), spotAtM(4_004, 4), spotAtM(4_000, 8), spotAtM(0, 8)])
    expect(wide.turnsM).toHaveLength(1)
    expect(signsOf([spotAtM(0), spotAtM(1_000), spotAtM(1_000, 1_000)]).turnsM).toEqual([])
  })

  test('[PK17] a named point stands at each of its passes, a lap where it begins, and kilometres as far apart as they can be read', () => {
    const signs = signsOf([spotAtM(0), spotAtM(4_000), spotAtM(0)], { count: 4, lengthM: 2_000 })
    expect(signs.named).toEqual([
      { name: 'Bridge', atM: 3_000 },
      { name: 'Bridge', atM: 5_000 },
    ])
    expect(signs.lapsM).toEqual([0, 2_000, 4_000, 6_000])
    expect(kmMarks(2_200, 3_200, 3, 60)).toEqual([2_200, 2_400, 2_600, 2_800, 3_000, 3_200])
    expect(kmMarks(0, 42_195, 130, 60)).toEqual([0, 10_000, 20_000, 30_000, 40_000])
  })
})

test('[PK18] without a route it is told how far everybody is from the reader, else from a leader, as the crow flies', () => {
  const here = spotAtM(0)
  const place = (eastM: number, takenAtMs = NOW_MS): SeenPlace => ({
    ...placed(0, 0, takenAtMs),
    ...movedPlace(here, eastM, 0),
  })
  const history = [...underWay, sets(lena), ...out(2)]
  const places = [
    [lena, place(0)],
    [aidar, place(900)],
    [madina, place(300)],
    [runner(0), place(50, NOW_MS - 130_000)],
  ] as const
  const apart = (by: MemberId) => packApart(viewOf(history, { by, places }), NOW_MS)
  const { fromId, rows } = apart(aidar)
  expect(fromId).toBe(aidar)
  expect(rows.map(({ memberId, awayM, ageMs }) => [memberId, awayM && Math.round(awayM), ageMs])).toEqual([
    [madina, 600, 0],
    [lena, 900, 0],
    [runner(0), null, 130_000],
    [runner(1), null, null],
  ])
  expect(apart(mum).fromId).toBe(lena)
  expect(packApart(viewOf(history), NOW_MS).fromId).toBeNull()
})
