import { describe, expect, test } from 'vitest'
import { texts } from '../../client/screens/english/texts.ts'
import { patterns, toneOf, tones } from '../../client/screens/run/tones.ts'
import { type Cue, type CueState, cuesAfter, noCues } from '../../client/state/cues.ts'
import type { RunView, SeenPlace } from '../../client/state/run-view.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { at, type Past } from '../support/given-run.ts'
import {
  aidar,
  alert,
  claimed,
  dana,
  delivered,
  joined,
  lena,
  madina,
  mum,
  person,
  planned,
  raised,
  regroup,
  request,
  route,
  START_MS,
  sets,
  started,
  timur,
  underWay,
} from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'

const NOW_MS = START_MS + 30 * MINUTE_MS
const ago = (seconds: number, event: RunEvent): Past => at(NOW_MS - seconds * SECOND_MS, event)

/** As a voice says it. */
const spoken = (cue: Cue): string => (texts.cues[cue.kind] as (params: Cue['params']) => string)(cue.params)

/** Looks one after the other, each with what was known then and how many seconds after the first it was. */
function heard(...looks: readonly (readonly [afterS: number, view: RunView])[]): string[][] {
  let state: CueState = noCues
  return looks.map(([afterS, view]) => {
    const look = cuesAfter(state, view, NOW_MS + afterS * SECOND_MS)
    state = look.state
    return look.cues.map(spoken)
  })
}

/** Aidar runs north; somebody is so many metres north of him. */
const north = (metres: number) => metres / 111_200
const atPlace = (metres: number, more: Partial<SeenPlace> = {}): SeenPlace => ({
  ...placed(north(metres), 0, NOW_MS),
  ...more,
})
const running = atPlace(0, { headingDeg: 0 })

const waiting = [...underWay, ago(40, raised(1, aidar))]
const taken = [...waiting, ago(5, claimed(1, dana))]

describe('what a runner hears', () => {
  test('[CE1] each thing is said once, however often is looked', () => {
    const view = viewOf(taken, { by: aidar })
    expect(heard([0, view], [1, view], [20, view])).toEqual([['Dana takes it.'], [], []])
  })

  test('[CE1] whoever says that they still come is not announced again, nor that they are near', () => {
    const places = [[aidar, running] as const, [dana, atPlace(-290)] as const]
    const doubted = ago(2, { type: 'request-doubted', requestId: request(1), reason: 'silent' })
    const kept: Past = at(NOW_MS + 20 * SECOND_MS, { type: 'request-kept', requestId: request(1) })
    const before = viewOf(taken, { by: aidar, places })
    const after = viewOf([...taken, doubted, kept], { by: aidar, places })
    expect(heard([0, before], [10, before], [30, after], [40, after])).toEqual([
      ['Dana takes it.'],
      ['Dana 290 m behind you.'],
      [],
      [],
    ])
    const timurs = (...more: Past[]) => viewOf([...waiting, ...more], { by: timur })
    const claim = at(NOW_MS + 5 * SECOND_MS, claimed(1, dana))
    const [, away, again] = heard([0, timurs()], [15, timurs(claim)], [40, timurs(claim, doubted, kept)])
    expect([away?.length, again]).toEqual([1, []])
  })

  test('[CE1] what happened more than a minute ago is not called out any more', () => {
    const view = viewOf([...underWay, ago(300, raised(1, aidar)), ago(61, claimed(1, dana))], { by: aidar })
    expect(heard([0, view])).toEqual([[]])
  })

  test('[CE2] one cue in ten seconds at most, and what is true no more by then is never said', () => {
    const places = [[aidar, running] as const]
    const near = (metres: number) => viewOf(taken, { by: aidar, places: [...places, [dana, atPlace(-metres)]] })
    expect(heard([0, near(290)], [5, near(290)], [9.9, near(150)], [10, near(90)])).toEqual([
      ['Dana takes it.'],
      [],
      [],
      ['Dana 90 m behind you.'],
    ])
  })

  test('[CE12] what was handed over is told once, and not when it was only assumed', () => {
    const over = (more: object) => ago(2, delivered(1, dana, more))
    const given = viewOf([...taken, over({})], { by: aidar })
    expect(heard([0, given], [20, given])).toEqual([['Handed over by Dana.'], []])
    const assumed = [...taken, ago(2, { type: 'request-assumed', requestId: request(1) } as const)]
    expect(heard([0, viewOf(assumed, { by: aidar })])).toEqual([[]])
  })

  test('[CE12] that nobody can bring it is told once, when it is sure', () => {
    const alone = [planned, joined(lena, 'leader', 1), joined(aidar, 'runner', 2), started, sets(aidar)]
    const view = viewOf([...alone, ago(1, raised(1, aidar))], { by: aidar })
    expect(heard([0, view], [5, view], [20, view])).toEqual([[], ['No cyclist is there to bring it.'], []])
    expect(heard([0, viewOf([...alone, ago(10, raised(1, aidar, { kind: 'slow-down' }))], { by: aidar })])).toEqual([
      [],
    ])
    const forTwo = viewOf([...alone, sets(lena), ago(10, raised(1, aidar))], { by: aidar })
    expect(heard([0, forTwo])).toEqual([[]]) // the leader beside me brings it
  })

  test('[CE12] that nobody could come for a quarter of an hour is told once', () => {
    const late = ago(3, { type: 'request-escalated', requestId: request(1) })
    const view = viewOf([...underWay, ago(903, raised(1, aidar)), late], { by: aidar })
    expect(heard([0, view], [20, view])).toEqual([['Still looking for someone.'], []])
  })

  test('[CE13] patterns are told apart, and every cue has one', () => {
    const played = tones.map((tone) => JSON.stringify(patterns[tone].notes))
    expect(new Set(played).size).toBe(tones.length)
    const kinds = Object.keys(texts.cues) as Cue['kind'][]
    expect(new Set(kinds.map((kind) => toneOf({ kind })))).toEqual(new Set(tones))
    for (const { notes } of Object.values(patterns))
      expect(Math.max(...notes.map(([, fromS, lengthS]) => fromS + lengthS))).toBeLessThanOrEqual(1.1)
  })

  test('[CE3] who comes is told at 300 m, at 100 m and when they are there', () => {
    const walk = [800, 301, 296, 200, 104, 98, 250, 60, 15, 90].map((metres, i) => {
      const now = { headingDeg: 0, takenAtMs: NOW_MS + i * 20 * SECOND_MS }
      return [
        i * 20,
        viewOf(taken, {
          by: aidar,
          places: [
            [aidar, atPlace(0, now)],
            [dana, atPlace(-metres, now)],
          ],
        }),
      ] as const
    })
    expect(heard(...walk)).toEqual([
      ['Dana takes it.'],
      [],
      ['Dana 300 m behind you.'],
      [],
      [],
      ['Dana 100 m behind you.'],
      [],
      [],
      ['Dana is here.'],
      [],
    ])
  })

  test('[CE3] who has come near is not told of again on leaving', () => {
    const view = (metres: number) =>
      viewOf(taken, {
        by: aidar,
        places: [
          [aidar, running],
          [dana, atPlace(-metres)],
        ],
      })
    expect(heard([0, view(90)], [10, view(90)], [20, view(200)])).toEqual([
      ['Dana takes it.'],
      ['Dana 90 m behind you.'],
      [],
    ])
    expect(heard([0, view(10)], [10, view(10)], [20, view(90)])).toEqual([['Dana takes it.'], ['Dana is here.'], []])
  })

  test('[CE3] nothing is reckoned from an old place', () => {
    const old = { takenAtMs: NOW_MS - 3 * MINUTE_MS }
    const view = viewOf(taken, {
      by: aidar,
      places: [
        [aidar, running],
        [dana, atPlace(-200, old)],
      ],
    })
    expect(heard([0, view], [20, view])).toEqual([['Dana takes it.'], []])
  })

  test('[CE3] that it is looked for somebody again is said when nobody has it any more', () => {
    const released: Past = ago(0, { type: 'request-released', requestId: request(1), reason: 'by-cyclist' })
    const view = viewOf(taken, { by: aidar })
    const again = viewOf([...taken, released], { by: aidar })
    const timurs = viewOf([...taken, released, at(NOW_MS + 20_000, claimed(1, timur))], { by: aidar })
    expect(heard([0, view], [1, again], [11, again], [30, timurs])).toEqual([
      ['Dana takes it.'],
      [],
      ['Still looking for someone.'],
      ['Timur takes it.'],
    ])
  })

  test('[CE4] ahead or behind is by the way I run, and beside me neither', () => {
    const said = (headingDeg: number | null) =>
      heard(
        [0, viewOf(waiting, { by: aidar })],
        [
          20,
          viewOf([...waiting, ago(70, claimed(1, dana))], {
            by: aidar,
            places: [
              [aidar, atPlace(0, { headingDeg })],
              [dana, atPlace(200)],
            ],
          }),
        ],
      )[1]
    expect([0, 350, 90, 180, null].map(said)).toEqual([
      ['Dana 200 m ahead of you.'],
      ['Dana 200 m ahead of you.'],
      ['Dana 200 m away.'],
      ['Dana 200 m behind you.'],
      ['Dana 200 m away.'],
    ])
  })

  test('[CE4] on the same leg of the route it is by the route, and on another by the way I run', () => {
    const progress = (atM: number): PlaceProgress => ({
      atM,
      spreadM: 5,
      speedMps: 0,
      forecastMps: 3,
      forecastSpreadMps: 0.1,
      confidence: 0.9,
      rival: null,
      isOffRoute: false,
      isWrongWay: false,
      isStopped: false,
    })
    const routed: readonly Past[] = [...underWay, { type: 'route-set', routeId: route(1), lengthM: 40_000 }]
    const history = [...routed, ago(400, raised(1, aidar)), ago(70, claimed(1, dana))]
    const said = (northM: number, myM: number, theirM: number) =>
      heard([
        0,
        viewOf(history, {
          by: aidar,
          places: [
            [aidar, atPlace(0, { headingDeg: 0, progress: progress(myM) })],
            [dana, atPlace(northM, { progress: progress(theirM) })],
          ],
        }),
      ])[0]
    expect(said(200, 5_000, 4_800)).toEqual(['Dana 200 m behind you.'])
    expect(said(-200, 5_000, 34_800)).toEqual(['Dana 200 m behind you.'])
  })

  test('[CE6] whoever seems to be off the route is asked', () => {
    const asked: Past = ago(2, {
      type: 'alert-asked',
      alertId: alert(1),
      rule: 'off-route',
      memberId: aidar,
      value: null,
      sinceMs: NOW_MS,
    })
    const history = [...underWay, asked]
    expect(heard([0, viewOf(history, { by: aidar })])).toEqual([['You seem to be off the route. Are you fine?']])
    expect(heard([0, viewOf(history, { by: madina })])).toEqual([[]])
  })

  test('[CE8] a drink is due by the own plan once, and again after the next drink', () => {
    const plan = { everyMs: 20 * MINUTE_MS, everyM: null, drinkMl: 150, carbGPerH: null }
    const setPlan: Past = { type: 'drink-plan-set', memberId: aidar, plan }
    const without = viewOf(underWay, { by: aidar })
    const view = viewOf([...underWay, setPlan], { by: aidar })
    const drunk = viewOf([...underWay, setPlan, at(NOW_MS, { type: 'drunk', memberId: aidar, drinkMl: 150 })], {
      by: aidar,
    })
    expect(heard([0, without])).toEqual([[]])
    expect(heard([-900, view], [0, view], [60, view], [120, drunk], [1_300, drunk], [1_400, drunk])).toEqual([
      [],
      ['By your plan, a drink. 0 ml taken in the last hour; drink to thirst.'],
      [],
      [],
      ['By your plan, a drink. 150 ml taken in the last hour; drink to thirst.'],
      [],
    ])
  })

  test('[CE8] a regroup is told to whom it is for', () => {
    const called: Past = {
      byId: lena,
      atMs: NOW_MS - 1_000,
      event: {
        type: 'regroup-called',
        regroupId: regroup(1),
        groupId: null,
        place: placed(0, 0),
        atM: null,
        atMs: NOW_MS + 12 * MINUTE_MS,
      },
    }
    const words = [{ key: wordKey.regroup(regroup(1)), ownerId: lena, text: 'the bridge' }]
    const by = (memberId: MemberId) => heard([0, viewOf([...underWay, called], { by: memberId, words })])
    expect(by(aidar)).toEqual([['All together at the bridge in 12 minutes.']])
    expect(by(lena)).toEqual([[]])
  })
})

describe('what a cyclist hears', () => {
  const new1 = ago(3, raised(1, aidar, { quantity: 2 }))

  test('[CE5] a new request, with how far it is, as long as they are available', () => {
    const places = [[dana, atPlace(0)] as const, [aidar, atPlace(640)] as const]
    const open = [...underWay, new1]
    expect(heard([0, viewOf(open, { by: dana, places })])).toEqual([['2 times Water for Aidar, 640 m.']])
    expect(heard([0, viewOf(open, { by: dana })])).toEqual([['2 times Water for Aidar.']])
    const busy: Past = { type: 'helping-set', memberId: dana, kind: 'bike', state: 'puncture' }
    expect(heard([0, viewOf([...open, busy], { by: dana })])).toEqual([[]])
    for (const other of [lena, madina]) expect(heard([0, viewOf(open, { by: other })])).toEqual([[]])
  })

  test('[CE5] what is theirs by itself is told like what is open', () => {
    const alone = [
      planned,
      joined(lena, 'leader', 1),
      joined(aidar, 'runner', 2),
      joined(dana, 'cyclist', 3),
      started,
      sets(aidar),
    ]
    const history = [...alone, new1, ago(3, claimed(1, dana, { isAutomatic: true }))]
    expect(heard([0, viewOf(history, { by: dana })])).toEqual([['2 times Water for Aidar.']])
    expect(heard([0, viewOf([...alone, ago(30, raised(1, aidar)), ago(3, claimed(1, dana))], { by: dana })])).toEqual([
      [],
    ])
  })

  test('[CE5] that another has it is told to who had it, or was told of it', () => {
    const open = viewOf([...underWay, new1], { by: dana })
    const timurs = viewOf([...underWay, new1, at(NOW_MS + 4_000, claimed(1, timur))], { by: dana })
    expect(heard([0, open], [5, timurs], [10, timurs], [20, timurs])).toEqual([
      ['2 times Water for Aidar.'],
      [],
      ['Timur takes water to Aidar.'],
      [],
    ])
    expect(heard([5, timurs])).toEqual([[]])

    const old = ago(200, raised(1, aidar))
    const mine = viewOf([...underWay, old, ago(100, claimed(1, dana))], { by: dana })
    const swapped = viewOf([...underWay, old, ago(100, claimed(1, dana)), at(NOW_MS, claimed(1, timur))], { by: dana })
    expect(heard([0, mine], [1, swapped])).toEqual([[], ['Timur takes water to Aidar.']])
  })

  test('[CE6] questions go to whom they are for, and before what is only news', () => {
    const old = [...underWay, ago(300, raised(1, aidar)), ago(200, claimed(1, dana))]
    const doubted = [...old, ago(1, { type: 'request-doubted', requestId: request(1), reason: 'silent' })]
    const offered: Past = ago(1, { type: 'request-offered', requestId: request(1), toId: timur, gainMs: 4 * MINUTE_MS })
    const other = ago(3, raised(2, madina))
    expect(heard([0, viewOf([...doubted, other], { by: dana })])).toEqual([['Are you still bringing water to Aidar?']])
    expect(heard([0, viewOf([...old, offered, other], { by: timur })])).toEqual([
      ['You would be with Aidar 4 minutes sooner. Take over the water?'],
    ])
    const erlan = person('erlan')
    expect(heard([0, viewOf([...old, joined(erlan, 'cyclist', 7), offered], { by: erlan })])).toEqual([[]])
    const met: Past = ago(1, { type: 'request-met', requestId: request(1) })
    expect(heard([0, viewOf([...old, met], { by: dana })])).toEqual([['Water and Aidar: was it handed over?']])
    expect(heard([0, viewOf([...old, met], { by: aidar })])).toEqual([['Water and Dana: was it handed over?']])
    expect(heard([0, viewOf([...old, met], { by: timur })])).toEqual([[]])
  })
})

test('[CE7] a call for help breaks the silence, is heard by all who are told, and is said once', () => {
  const call = ago(500, raised(2, madina, { kind: 'help', toldIds: [aidar] }))
  const before = viewOf(taken, { by: aidar })
  const after = viewOf([...taken, call], { by: aidar })
  expect(heard([0, before], [1, after], [2, after], [20, after])).toEqual([
    ['Dana takes it.'],
    ['Help for Madina! Nobody has it yet.'],
    [],
    [],
  ])
  const met: Past = ago(1, { type: 'request-met', requestId: request(1) })
  expect(heard([0, viewOf([...taken, met, call], { by: aidar })])).toEqual([['Help for Madina! Nobody has it yet.']])
  for (const helper of [lena, dana])
    expect(heard([0, viewOf([...underWay, call], { by: helper })])).toEqual([['Help for Madina! Nobody has it yet.']])
  expect(heard([0, viewOf([...underWay, call], { by: madina })])).toEqual([[]])
})

test('[CE7] that somebody comes to my own call is said at once', () => {
  const call = ago(30, raised(2, aidar, { kind: 'help' }))
  const owned = viewOf([...taken, call, ago(0, claimed(2, timur))], { by: aidar })
  expect(heard([0, viewOf(taken, { by: aidar })], [1, owned], [2, owned])).toEqual([
    ['Dana takes it.'],
    ['Timur takes it.'],
    [],
  ])
})

test('[CE9] who only watches hears nothing', () => {
  const call = ago(5, raised(2, madina, { kind: 'help' }))
  expect(heard([0, viewOf([...taken, call], { by: mum })])).toEqual([[]])
})
