import { expect, test } from 'vitest'
import { type HeldMeeting, held, meetingsAfter, noMeetings } from '../../client/state/meetings.ts'
import { noTrails } from '../../client/state/trails.ts'
import type { Meeting } from '../../shared/geo/meeting/meeting.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { steady } from '../support/on-route.ts'
import { aidar, claimed, dana, lena, madina, raised, request, sets, timur, underWay } from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'
import { eastWays, nowAt, routeSet, seenAt, spotAtM, watched } from '../support/watched.ts'

const asked: readonly RunEvent[] = [...underWay, routeSet, sets(dana), raised(1, aidar)]
/** Aidar runs towards Dana, who stands at km 3. */
const towards = new Map([
  [aidar, steady(3)],
  [madina, steady(2.5)],
  [dana, () => 3_000],
])
const meetingsOf = (history: readonly RunEvent[], by: MemberId = dana) =>
  watched(viewOf(history, { by }), towards, 600).outlook.meetings.of

test('[VW39] a cyclist is told where and when they meet whoever asked, along the route', () => {
  const { shown } = meetingsOf(asked).get(request(1)) ?? expect.fail()
  // 1,200 m apart, closing at 3 m/s and what a cyclist is thought to ride.
  expect(shown.kind).toBe('ride-on')
  expect(shown.atM).toBeGreaterThan(2_000)
  expect(shown.atM).toBeLessThan(2_600)
  expect(shown.atMs).toBeGreaterThan(nowAt(600 + 100))
  expect(shown.atMs).toBeLessThan(nowAt(600 + 220))
  expect(shown.earliestMs).toBeLessThan(shown.latestMs)
})

test('[VW39] it is told of what nobody has and of what is mine, to cyclists alone, and not of calls for help', () => {
  const idsFor = (history: readonly RunEvent[], by: MemberId = dana) => [...meetingsOf(history, by).keys()]
  const both = [...asked, raised(2, madina)]
  expect(idsFor(both).sort()).toEqual([request(1), request(2)])
  expect(idsFor([...both, claimed(1, timur), claimed(2, dana)])).toEqual([request(2)])
  expect(idsFor(both, lena)).toEqual([])
  expect(idsFor([...asked, raised(2, madina, { kind: 'help' }), raised(3, madina, { kind: 'slow-down' })])).toEqual([
    request(1),
  ])
})

test('[VW39] those that are mine are one pass: who comes second is met after the first', () => {
  const apart = new Map([...towards, [madina, () => 5_000] as const])
  const tellsMadina = (...more: RunEvent[]) => {
    const history = [...asked, claimed(1, dana), raised(2, madina), ...more]
    return watched(viewOf(history, { by: dana }), apart, 600).outlook.meetings.of.get(request(2))?.shown.atMs ?? 0
  }
  expect(tellsMadina(claimed(2, dana))).toBeGreaterThan(tellsMadina() + MINUTE_MS)
})

test('[VW39] nothing is made of a place older than two minutes, be it theirs or mine', () => {
  const told = (theirsMs: number, mineMs: number) => {
    const nowMs = nowAt(600)
    const places = new Map([
      [aidar, seenAt(1_800, nowMs - theirsMs)],
      [dana, seenAt(3_000, nowMs - mineMs)],
    ])
    const view = { ...viewOf(asked, { by: dana }), places }
    return [...meetingsAfter(noMeetings, view, noTrails, eastWays, nowMs).of.keys()]
  }
  expect(told(2 * MINUTE_MS, 2 * MINUTE_MS)).toEqual([request(1)])
  expect(told(2 * MINUTE_MS + 1, 0)).toEqual([])
  expect(told(0, 2 * MINUTE_MS + 1)).toEqual([])
})

test('[VW39] without a route, or beside it, a meeting goes by course and speed', () => {
  const noRoute = [...underWay, sets(dana), raised(1, aidar)]
  const { shown } = meetingsOf(noRoute).get(request(1)) ?? expect.fail()
  expect(shown.atM).toBeNull()
  expect(shown.kind).toBe('ride-on')
  expect(shown.place.longitudeDeg).toBeGreaterThan(spotAtM(1_800).longitudeDeg)
  expect(shown.place.longitudeDeg).toBeLessThan(spotAtM(3_000).longitudeDeg)
})

test('[VW39] who runs away is not promised for so late that no course holds', () => {
  const away = new Map([
    [aidar, (s: number) => 3_500 + 3 * s],
    [dana, () => 0],
  ])
  const { meetings } = watched(viewOf([...underWay, sets(dana), raised(1, aidar)], { by: dana }), away, 600).outlook
  expect(meetings.of.size).toBe(0)
})

test('[VW40] meetings are made anew at most each 5 s, but at once for another request, claim or route', () => {
  const view = (history: readonly RunEvent[], atM: number) => ({
    ...viewOf(history, { by: dana }),
    places: new Map([
      [aidar, seenAt(atM, nowAt(600))],
      [dana, seenAt(3_000, nowAt(600))],
    ]),
  })
  const first = meetingsAfter(noMeetings, view(asked, 1_800), noTrails, eastWays, nowAt(600))
  const again = (history: readonly RunEvent[], atM: number, s: number, ways: typeof eastWays | null = eastWays) =>
    meetingsAfter(first, view(history, atM), noTrails, ways, nowAt(s)).of
  expect(again(asked, 0, 604)).toBe(first.of)
  expect(again(asked, 0, 605)).not.toEqual(first.of)
  expect(again([...asked, raised(2, madina)], 1_800, 601)).not.toBe(first.of)
  expect(again([...asked, claimed(1, timur)], 1_800, 601).size).toBe(0)
  expect(again(asked, 1_800, 601, null)).not.toBe(first.of)
})

const meeting = (more: Partial<Meeting> = {}, eastM = 2_000): Meeting => ({
  kind: 'ride-on',
  place: spotAtM(eastM),
  atM: eastM,
  atMs: nowAt(300),
  earliestMs: nowAt(280),
  latestMs: nowAt(320),
  rideM: 900,
  waitS: 0,
  namedPoint: null,
  viaNamedPoint: null,
  ...more,
})
const told: HeldMeeting = { shown: meeting(), otherKind: null }

test.each([
  ['less than 30 s and less than 100 m', meeting({ atMs: nowAt(329) }, 2_099), true],
  ['30 s', meeting({ atMs: nowAt(330) }), false],
  ['30 s sooner', meeting({ atMs: nowAt(270) }), false],
  ['100 m', meeting({}, 2_101), false],
])('[VW40] told words stay as long as the new meeting is near: %s', (_what, fresh, stays) => {
  expect(held(told, fresh)).toEqual(stays ? told : { shown: fresh, otherKind: null })
  expect(held(undefined, fresh)).toEqual({ shown: fresh, otherKind: null })
})

test('[VW40] what to do there changes when two in a row say so', () => {
  const waiting = meeting({ kind: 'wait' })
  const once = held(told, waiting)
  expect(once).toEqual({ shown: told.shown, otherKind: 'wait' })
  expect(held(once, waiting)).toEqual({ shown: waiting, otherKind: null })
  expect(held(once, meeting())).toEqual(told)
  expect(held(once, meeting({ kind: 'turn-round' })).shown).toBe(told.shown)
})
