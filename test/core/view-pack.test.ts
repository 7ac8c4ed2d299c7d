import { expect, test } from 'vitest'
import { outlookAfter } from '../../client/state/outlook.ts'
import { nextBy, packView } from '../../client/state/pack-view.ts'
import { noTrails, trailsAfter } from '../../client/state/trails.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Motion, steady } from '../support/on-route.ts'
import { aidar, dana, ended, joined, lena, madina, person, route, sets, stopped, underWay } from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'
import { eastWays, LENGTH_M, nowAt, routeSet, seenAt, watched } from '../support/watched.ts'

const zhanna = person('zhanna')
const onRoute: readonly RunEvent[] = [
  ...underWay,
  routeSet,
  sets(lena),
  sets(dana),
  joined(zhanna, 'runner', 7),
  sets(zhanna),
]
const view = viewOf(onRoute)
const together: ReadonlyMap<MemberId, Motion> = new Map([
  [aidar, steady(3)],
  [lena, steady(3, 5)],
  [madina, steady(3, 60)],
  [zhanna, steady(3, 130)],
  [dana, steady(5)],
])
const idsOf = ({ order }: { order: readonly { readonly member: { readonly memberId: MemberId } }[] }) =>
  order.map(({ member }) => member.memberId)

test('[VW31] the pack is the runners and leaders who are out, in clusters from front to back', () => {
  const { pack } = watched(view, together, 600).outlook
  expect(pack && idsOf(pack)).toEqual([aidar, lena, madina, zhanna])
  expect(pack?.clusters).toEqual([[aidar, lena], [madina], [zhanna]])
  expect(pack?.spread).toEqual({ gapM: 390, gapMs: 130_000, isByPace: false })
  expect(pack?.uncounted).toEqual([])
})

test('[VW31] whoever has stopped is not in it, and there is none without a route or once the run is over', () => {
  const { pack } = watched(viewOf([...onRoute, stopped(madina)]), together, 600).outlook
  expect(pack && idsOf(pack)).toEqual([aidar, lena, zhanna])
  expect(watched(viewOf(underWay), together, 60).outlook.pack).toBeNull()
  expect(watched(viewOf([...onRoute, ended]), together, 60).outlook.pack).toBeNull()
})

test('[VW32] a gap in time is by where this phone saw the one in front pass, and by pace until it has', () => {
  const slower: Motion = (s) => (s < 400 ? 3 * s : 1_200 + 1.5 * (s - 400))
  const motions = new Map([
    [aidar, slower],
    [madina, steady(3, 60)],
  ])
  const gapsOf = (fromS: number) => watched(view, motions, 400, fromS).outlook.pack?.order[1]?.toAhead
  expect(gapsOf(0)).toEqual({ gapM: 180, gapMs: 60_000, isByPace: false })
  expect(gapsOf(390)).toEqual({ gapM: 180, gapMs: 60_000, isByPace: true })
})

test('[VW33] who is not counted is named with the reason, and off the route for themself and leaders alone', () => {
  const places = new Map([
    [lena, seenAt(1_000, nowAt(600), { isOffRoute: true })],
    [aidar, seenAt(2_000, nowAt(470))],
    [madina, seenAt(2_000, nowAt(600), { confidence: 0.4 })],
    [zhanna, { ...seenAt(0, nowAt(600)), progress: null }],
  ])
  const more = [...onRoute, joined(person('ivan'), 'runner', 8), sets(person('ivan'))]
  const uncountedBy = (by: MemberId) =>
    new Map(
      packView({ ...viewOf(more, { by }), places }, noTrails, null, nowAt(600))?.uncounted.map(
        ({ memberId, because, ageMs }) => [memberId, [because, ageMs]] as const,
      ),
    )
  expect(uncountedBy(lena)).toEqual(
    new Map([
      [lena, ['off-route', 0]],
      [aidar, ['silent', 130_000]],
      [madina, ['unsure', 0]],
      [zhanna, ['not-on-route', 0]],
      [person('ivan'), ['silent', null]],
    ]),
  )
  expect(uncountedBy(aidar).get(lena)).toEqual(['unsure', 0])
})

test('[VW33] whoever has come to the end does not stretch the pack', () => {
  const { pack } = watched(
    view,
    new Map([
      [aidar, (s) => Math.min(LENGTH_M - 10, 12 * s)],
      [madina, steady(3)],
    ]),
    600,
  ).outlook
  expect(pack && idsOf(pack)).toEqual([madina])
  expect(pack?.uncounted.find(({ memberId }) => memberId === aidar)?.because).toBe('arrived')
})

test('[VW34] who falls behind is named, and what was said last is held while it wavers', () => {
  const tired: Motion = (s) => (s < 300 ? 3 * s : 900 + 2.2 * (s - 300))
  const motions = new Map([
    [aidar, steady(3)],
    [lena, steady(3, 5)],
    [madina, steady(3, 10)],
    [zhanna, tired],
  ])
  expect(watched(view, motions, 500).outlook.pack?.stragglers).toEqual([])
  expect(watched(view, motions, 700).outlook.pack?.stragglers.map(({ memberId }) => memberId)).toEqual([zhanna])

  const apart = (gapS: number, outlook = watched(view, new Map([[aidar, steady(3)]]), 0).outlook) =>
    outlookAfter(
      outlook,
      {
        ...view,
        places: new Map([
          [aidar, seenAt(3_000, nowAt(1_000))],
          [madina, seenAt(3_000 - 3 * gapS, nowAt(1_000))],
        ]),
      },
      eastWays,
      nowAt(1_000),
    )
  expect(apart(25).pack?.clusters).toEqual([[aidar], [madina]])
  expect(apart(25, apart(15)).pack?.clusters).toEqual([[aidar, madina]])
})

test('[VW35] what was seen of somebody ends with their place, and of passings with the route', () => {
  const { outlook, view: now } = watched(view, together, 600)
  const { trails } = outlook
  expect([...trails.of.keys()]).toEqual([aidar, lena, madina, zhanna])
  expect(trailsAfter(trails, now)).toBe(trails)
  const without = new Map([...now.places].filter(([memberId]) => memberId !== madina))
  expect([...trailsAfter(trails, { ...now, places: without }).of.keys()]).toEqual([aidar, lena, zhanna])

  const replaced = viewOf([...onRoute, { ...routeSet, routeId: route(2) } as RunEvent])
  const after = trailsAfter(trails, { ...replaced, places: now.places })
  expect(after.of.get(aidar)?.passages.atM).toEqual([])
  expect(after.of.get(aidar)?.free).toBe(trails.of.get(aidar)?.free)
})

test('[VW35] at most 500 people are followed', () => {
  const crowd = Array.from({ length: 510 }, (_, index) => person(`n${index}x`))
  const view = viewOf([
    ...underWay,
    routeSet,
    ...crowd.flatMap((id, index) => [joined(id, 'runner', 10 + index), sets(id)]),
  ])
  const places = new Map(crowd.map((id, index) => [id, seenAt(index, nowAt(0))] as const))
  expect(trailsAfter(noTrails, { ...view, places }).of.size).toBe(500)
})

test('[VW41] who comes by a named point next is told with a time and its range, the soonest first', () => {
  const { pack, nowMs } = { ...watched(view, together, 600).outlook, nowMs: nowAt(600) }
  const coming = pack ? nextBy(pack, [1_750, 4_250]) : []
  expect(coming.map(({ memberId, passM }) => [memberId, passM])).toEqual([
    [madina, 1_750],
    [zhanna, 1_750],
    [aidar, 4_250],
    [lena, 4_250],
  ])
  expect(coming[0]?.eta.atMs).toBeCloseTo(nowMs + ((1_750 - 1_620) / 3) * 1_000, -1)
  expect(coming[2]?.eta.latestMs).toBeGreaterThan(coming[2]?.eta.atMs ?? 0)
})
