import { expect, test } from 'vitest'
import { cornersOf, drawnM, extentOf, placeAt } from '../../client/state/replay-at.ts'
import { alongAtTimes, courseAtM, spreadOf } from '../../client/state/replay-course.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import { routeLine } from '../../shared/geo/route.ts'
import { replayLine, trackOfLine } from '../../shared/replay/replay-line.ts'

const HOME = { latitudeDeg: 51.1, longitudeDeg: 71.4 }
const north = (metres: number) => movedPlace(HOME, 0, metres)

type Told = { readonly isJoined: boolean; readonly at: readonly (readonly [seconds: number, metres: number])[] }
const trackOf = (...stretches: Told[]) =>
  trackOfLine(
    replayLine(
      1,
      stretches.map(({ isJoined, at }) => ({
        isJoined,
        moments: at.map(([seconds, metres]) => ({ ...north(metres), takenAtMs: seconds * 1_000 })),
      })),
      0,
    ),
  )
const northOf = (place: { latitudeDeg: number } | null) =>
  place && Math.round((place.latitudeDeg - HOME.latitudeDeg) * 111_257)

/** Runs for 100 s, is not heard for two minutes, runs on, shares no more for a while, and is back. */
const aidar = trackOf(
  {
    isJoined: false,
    at: [
      [0, 0],
      [100, 300],
    ],
  },
  {
    isJoined: true,
    at: [
      [220, 660],
      [300, 900],
    ],
  },
  {
    isJoined: false,
    at: [
      [600, 2_000],
      [700, 2_300],
    ],
  },
)

test('[AF10] between what was told somebody is known, in a gap guessed, and outside of it nowhere', () => {
  const at = (seconds: number) => {
    const place = placeAt(aidar, seconds * 10)
    return place && [northOf(place), place.is]
  }
  expect(at(-1)).toBeNull()
  expect(at(0)).toEqual([0, 'known'])
  expect(at(50)).toEqual([150, 'known'])
  expect(at(160)).toEqual([480, 'guessed'])
  expect(at(260)).toEqual([780, 'known'])
  expect(at(450)).toBeNull()
  expect(at(700)).toEqual([2_300, 'known'])
  expect(at(701)).toBeNull()
})

test('[AF10] [AF12] a replay lasts from the first to the last that is known or happened soon after, in whole seconds, and what is looked at holds all of it', () => {
  const tracks = [
    aidar,
    trackOf({
      isJoined: false,
      at: [
        [-50, 10],
        [20, 40],
      ],
    }),
  ]
  expect(extentOf(tracks, [])).toEqual({ fromTick: -500, toTick: 7_000 })
  expect(extentOf(tracks, [6_000, 7_900, 50_000])).toEqual({ fromTick: -500, toTick: 7_900 })
  expect(extentOf(tracks, [7_900.3])).toEqual({ fromTick: -500, toTick: 7_910 })
  expect(extentOf([], [10])).toBeNull()
  expect(cornersOf([aidar]).map(northOf)).toEqual([0, 2_300])
  expect(cornersOf([])).toEqual([])
  expect(drawnM(aidar)).toBeCloseTo(1_200, -1)
  expect(drawnM(aidar, 1_000)).toBeCloseTo(300, -1)
})

test('[AF10] on the way back a runner is on the way back: of two passes the one that fits how far they came', () => {
  const line = routeLine([north(0), north(3_000), north(0)])
  expect(courseAtM(line, north(1_000), 900)).toBeCloseTo(1_000, -1)
  expect(courseAtM(line, north(1_000), 4_900)).toBeCloseTo(5_000, -1)
  expect(courseAtM(line, movedPlace(north(1_000), 500, 0), 900)).toBeNull()
  const outAndBack = trackOf({
    isJoined: false,
    at: Array.from({ length: 101 }, (_, i) => [i * 20, i <= 50 ? i * 60 : 6_000 - i * 60] as const),
  })
  const along = alongAtTimes(outAndBack, line, 0, 2_000, 11)
  expect([...along].map((metres) => Math.round(metres / 100))).toEqual([0, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60])
})

test('[AF10] the pack is as long as from the first to the last of whom it is known', () => {
  const slow = trackOf({
    isJoined: false,
    at: [
      [0, 0],
      [100, 200],
    ],
  })
  const alongs = [aidar, slow].map((track) => alongAtTimes(track, null, 0, 500, 4))
  const spread = [...spreadOf(alongs)]
  expect(spread.slice(0, 3).map((metres) => Math.round(metres / 10) * 10)).toEqual([0, 50, 100])
  expect(spread[3]).toBeNaN()
})
