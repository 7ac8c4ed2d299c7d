import { beforeAll, describe, expect, test } from 'vitest'
import { lifeText } from '../../client/screens/runner/life-text.ts'
import { speak } from '../../client/screens/texts.ts'
import { claimQuestions } from '../../client/state/claim-questions.ts'
import { isSomebodyComing } from '../../client/state/coming-to.ts'
import { comingsAfter, noComings } from '../../client/state/comings.ts'
import { requestLife } from '../../client/state/request-life.ts'
import type { SeenPlace } from '../../client/state/run-view.ts'
import { noTrails } from '../../client/state/trails.ts'
import type { Meeting } from '../../shared/geo/meeting/meeting.ts'
import type { Command } from '../../shared/run/commands.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { at, event, type Past } from '../support/given-run.ts'
import { steady } from '../support/on-route.ts'
import * as p from '../support/people.ts'
import {
  aidar,
  claimed,
  dana,
  lena,
  madina,
  raised,
  request,
  START_MS,
  sets,
  timur,
  underWay,
} from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'
import { eastWays, nowAt, routeSet, seenAt, spotAtM, watched } from '../support/watched.ts'

const requestId = request(1)
const NOW_MS = START_MS + 4 * MINUTE_MS
const asked: readonly Past[] = [...underWay, raised(1, aidar)]
const claimedByDana: readonly Past[] = [...underWay, sets(dana), raised(1, aidar), claimed(1, dana)]
const doubted = event({ type: 'request-doubted', requestId, reason: 'silent' })
const met = event({ type: 'request-met', requestId })
const assumed = event({ type: 'request-assumed', requestId })
const delivered = p.delivered(1, dana)

type Places = readonly (readonly [MemberId, SeenPlace])[]
beforeAll(() => speak('en'))

const lifeOf = (history: readonly Past[], places: Places = [], meeting?: Meeting) => {
  const view = viewOf(history, { by: aidar, places })
  return requestLife(view, view.run.requests.get(requestId) ?? expect.fail(), NOW_MS, meeting)
}
const saidOf = (...told: Parameters<typeof lifeOf>) => lifeText(lifeOf(...told), NOW_MS)
/** 1,000 m north of Aidar, more or less. */
const apart = (ofMs = NOW_MS): Places => [
  [aidar, placed(0, 0, ofMs)],
  [dana, placed(0.009, 0, ofMs)],
]
const atTheBridge: Meeting = {
  kind: 'ride-on',
  place: placed(0.004, 0),
  atM: 18_240,
  atMs: NOW_MS + 3.6 * MINUTE_MS,
  earliestMs: NOW_MS + 2 * MINUTE_MS,
  latestMs: NOW_MS + 5 * MINUTE_MS,
  rideM: 1_000,
  waitS: 0,
  namedPoint: 'the bridge',
  viaNamedPoint: null,
}

describe('while nobody has it', () => {
  test('[LE12] somebody is looked for', () => {
    expect(lifeOf(asked)).toEqual({ is: 'looking', sinceMs: START_MS, isEscalated: false })
    expect(saidOf(asked)).toBe('Asked 4 min ago. Still looking for someone.')
    expect(saidOf([...asked, event({ type: 'request-escalated', requestId })])).toContain('your leader has been told')
  })

  test('[LE12] it is said when no cyclist could bring it', () => {
    const alone = [...asked, p.stopped(dana), p.stopped(timur)]
    expect(lifeOf(alone)).toEqual({ is: 'nobody', sinceMs: START_MS, isLeaderTold: true, isNearTold: false })
    expect(saidOf(alone)).toBe('No cyclist can bring it at the moment. Your leader sees it.')
    const withNear = [...underWay, p.stopped(dana), p.stopped(timur), raised(1, aidar, { toldIds: [madina] })]
    expect(saidOf(withNear)).toContain('Whoever is near you has been told.')
    const twoOnly = [
      p.planned,
      p.joined(aidar, 'leader', 1),
      p.joined(madina, 'runner', 2),
      p.started,
      raised(1, aidar),
    ]
    expect(lifeOf(twoOnly)).toMatchObject({ is: 'nobody', isLeaderTold: false })
  })

  test('[LE12] of two it is the leader beside who brings it', () => {
    const [here, there] = [p.joined(aidar, 'runner', 2), p.joined(lena, 'leader', 1)]
    const forTwo = [p.planned, there, here, p.started, sets(aidar), sets(lena), raised(1, aidar)]
    expect(saidOf(forTwo)).toBe('Your leader sees it.')
  })
})

describe('while somebody comes', () => {
  test('[LE12] it is said who, in about how many minutes, and where, if their phone knows where they meet', () => {
    expect(lifeOf(claimedByDana, apart(), atTheBridge)).toMatchObject({
      is: 'coming',
      name: 'Dana',
      etaMs: 3.6 * MINUTE_MS,
      atM: 18_240,
      placeName: 'the bridge',
      advice: 'go-on',
    })
    expect(saidOf(claimedByDana, apart(), atTheBridge)).toBe(
      'Dana is coming, about 4 min, at the bridge. Go on as you are.',
    )
    expect(saidOf(claimedByDana, apart(), { ...atTheBridge, namedPoint: null })).toContain('about 4 min, at km 18.2.')
    expect(saidOf(claimedByDana, apart(), { ...atTheBridge, atMs: NOW_MS + 20 * SECOND_MS })).toContain('any moment')
  })

  test('[LE12] who stands, or is met where they are, may wait', () => {
    const here = { ...atTheBridge, place: placed(0.0004, 0) }
    expect(saidOf(claimedByDana, apart(), here)).toContain('Wait where you are.')
  })

  test('[LE12] without a meeting it goes by the distance, and nothing is reckoned from an old place', () => {
    // 1,000 m with a detour of 1.3 at 5 m/s.
    expect(saidOf(claimedByDana, apart())).toBe('Dana is coming, about 4 min, 1.0 km away.')
    const old = apart(NOW_MS - 3 * MINUTE_MS)
    expect(lifeOf(claimedByDana, old)).toMatchObject({ etaMs: null, distanceM: null, heardAgoMs: 3 * MINUTE_MS })
    expect(saidOf(claimedByDana, old)).toBe('Dana is coming. Not heard for 3 min.')
    expect(saidOf(claimedByDana)).toBe('Dana is coming.')
  })

  test('[LE12] who is beside the runner is not said to come', () => {
    const beside: Places = [
      [aidar, placed(0, 0, NOW_MS)],
      [dana, placed(0.0001, 0, NOW_MS)],
    ]
    expect(saidOf(claimedByDana, beside, atTheBridge)).toBe('Dana is with you.')
  })

  test('[LE12] it is said that they are asked, that the two have met, and what was made of that', () => {
    expect(saidOf([...claimedByDana, doubted])).toBe('Dana has it. Asked whether they still come.')
    expect(saidOf([...claimedByDana, met])).toBe('You and Dana have met.')
    expect(lifeOf([...claimedByDana, met, assumed])).toMatchObject({ is: 'assumed', name: 'Dana', canUndo: true })
    for (const more of [raised(2, aidar), p.stopped(aidar), p.ended])
      expect(lifeOf([...claimedByDana, met, assumed, more])).toMatchObject({ is: 'assumed', canUndo: false })
  })
})

test('[LE12] what has ended says how', () => {
  expect(lifeOf([...claimedByDana, delivered])).toEqual({ is: 'delivered', name: 'Dana', atMs: START_MS })
  const cancelled = event({ type: 'request-cancelled', requestId, reason: 'run-ended' })
  expect(lifeOf([...claimedByDana, cancelled])).toEqual({ is: 'cancelled', isCutOff: true })
  expect(lifeOf([...underWay, raised(1, aidar, { kind: 'slow-down' })])).toEqual({ is: 'told' })
})

describe('the runner’s phone', () => {
  const history = [...underWay, routeSet, sets(dana), raised(1, aidar), claimed(1, dana)] as const
  /** Aidar runs towards Dana, who stands at km 3, where the bridge is. */
  const towards = new Map([
    [aidar, steady(3)],
    [dana, () => 3_000],
  ])
  const comingTo = (by: MemberId, past: readonly Past[] = history) =>
    watched(viewOf(past, { by }), towards, 600).outlook.comings.of.get(requestId)?.shown

  test('[LE13] reckons where and when whoever brings it meets me', () => {
    const shown = comingTo(aidar) ?? expect.fail()
    expect(shown.atM).toBeGreaterThan(2_000)
    expect(shown.atM).toBeLessThan(2_600)
    expect(shown.atMs).toBeGreaterThan(nowAt(600 + 100))
    expect(shown.atMs).toBeLessThan(nowAt(600 + 220))
    expect(comingTo(madina)).toBeUndefined()
    expect(isSomebodyComing(viewOf(history, { by: aidar }))).toBe(true)
    expect(isSomebodyComing(viewOf(history, { by: madina }))).toBe(false)
  })

  test('[LE13] knows that a table stays where it stands', () => {
    const table = p.helps(dana, 'available', 'table')
    const shown = comingTo(aidar, [...history, table]) ?? expect.fail()
    expect(shown.atM).toBeCloseTo(3_000, -2)
    expect(shown.namedPoint).toBe('Bridge')
  })

  test('[LE13] says nothing of it from a place older than two minutes, be it theirs or mine', () => {
    const told = (theirsMs: number, mineMs: number) => {
      const nowMs = nowAt(600)
      const places = [
        [dana, seenAt(3_000, nowMs - theirsMs)],
        [aidar, seenAt(1_800, nowMs - mineMs)],
      ] as const
      return comingsAfter(noComings, viewOf(history, { by: aidar, places }), noTrails, eastWays, nowMs).of.size
    }
    expect([told(2 * MINUTE_MS, 2 * MINUTE_MS), told(2 * MINUTE_MS + 1, 0), told(0, 2 * MINUTE_MS + 1)]).toEqual([
      1, 0, 0,
    ])
  })

  test('[LE13] goes by course and speed without a route', () => {
    const shown = comingTo(aidar, [...underWay, sets(dana), raised(1, aidar), claimed(1, dana)]) ?? expect.fail()
    expect(shown.atM).toBeNull()
    expect(shown.place.longitudeDeg).toBeGreaterThan(spotAtM(1_800).longitudeDeg)
  })

  test('[LE13] makes it anew each 5 s, and at once for another claim', () => {
    const view = viewOf(history, {
      by: aidar,
      places: [
        [dana, seenAt(3_000, nowAt(0))],
        [aidar, seenAt(0, nowAt(0))],
      ],
    })
    const first = comingsAfter(noComings, view, noTrails, eastWays, nowAt(0))
    const soon = comingsAfter(first, view, noTrails, eastWays, nowAt(4))
    expect(soon.of).toBe(first.of)
    expect(comingsAfter(soon, view, noTrails, eastWays, nowAt(5)).madeAtMs).toBe(nowAt(5))
    const over = viewOf([...history, claimed(1, timur)], { by: aidar })
    expect(comingsAfter(soon, over, noTrails, eastWays, nowAt(4)).of.size).toBe(0)
  })
})

describe('questions about a claim', () => {
  const asks = (history: readonly Past[], by: MemberId, waiting: readonly Command[] = []) =>
    claimQuestions(viewOf(history, { by, waiting }), NOW_MS).map(({ is }) => is)
  const offered = at(NOW_MS, event({ type: 'request-offered', requestId, toId: timur, gainMs: 5 * MINUTE_MS }))

  test('[LE14] go to whom they concern', () => {
    const byEach = (history: readonly Past[]) => [aidar, dana, timur, lena].map((id) => asks(history, id).join())
    expect(byEach(claimedByDana)).toEqual(['', '', '', ''])
    expect(byEach([...claimedByDana, doubted])).toEqual(['', 'still-coming', '', ''])
    expect(byEach([...claimedByDana, offered])).toEqual(['', '', 'offer', ''])
    expect(byEach([...claimedByDana, met])).toEqual(['met', 'met', '', ''])
    expect(byEach([...claimedByDana, met, at(NOW_MS, assumed)])).toEqual(['', 'assumed', '', ''])
  })

  test('[RQ19] those near somebody for whom no cyclist is there are told, until it is claimed', () => {
    const told = [...underWay, raised(1, aidar, { toldIds: [madina] })]
    expect([asks(told, madina), asks(told, timur), asks([...told, claimed(1, lena)], madina)]).toEqual([
      ['near-wish'],
      [],
      [],
    ])
  })

  test('[LE14] end with the answer, also while it is on its way', () => {
    const keep: Command = { type: 'keep-claim', requestId }
    expect(asks([...claimedByDana, doubted], dana, [keep])).toEqual([])
    expect(asks([...claimedByDana, doubted, event({ type: 'request-kept', requestId })], dana)).toEqual([])
    expect(asks([...claimedByDana, met, event({ type: 'request-denied', requestId })], dana)).toEqual([])
    expect(asks([...claimedByDana, met, at(NOW_MS - 5 * MINUTE_MS, assumed)], dana)).toEqual([])
  })

  test('[LE14] an offer says how much sooner than whom', () => {
    const [offer] = claimQuestions(viewOf([...claimedByDana, offered], { by: timur }), NOW_MS)
    expect(offer).toMatchObject({ is: 'offer', runner: 'Aidar', holder: 'Dana', gainMs: 5 * MINUTE_MS })
  })
})
