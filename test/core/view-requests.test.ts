import { describe, expect, test } from 'vitest'
import { askedKinds } from '../../client/state/asked.ts'
import { isGoingOn, myAlarms, myRequests } from '../../client/state/my-requests.ts'
import { alarmsOf, queueOf, slowDownsOf } from '../../client/state/queue.ts'
import { waitingMembers, wantsOf } from '../../client/state/wants.ts'
import type { Command } from '../../shared/run/commands.ts'
import { wordKey } from '../../shared/run/words.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { at, event } from '../support/given-run.ts'
import {
  aidar,
  claimed,
  dana,
  handOver,
  madina,
  raised,
  request,
  START_MS,
  timur,
  underWay,
} from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'

const LATER_MS = START_MS + MINUTE_MS
const asks = (no: number, kind: 'water' | 'help' = 'water'): Command => ({
  type: 'raise-request',
  requestId: request(no),
  kind,
  quantity: 2,
  note: 'the blue one',
})
const delivered = (no: number) =>
  event({
    type: 'request-delivered',
    requestId: request(no),
    cyclistId: dana,
    handOverId: handOver(no),
    distanceM: null,
  })

describe("a helper's queue", () => {
  test('[VW11] has alarms first, then mine, then what nobody has, then the rest; the oldest first', () => {
    const view = viewOf(
      [
        ...underWay,
        raised(1, aidar),
        claimed(1, timur),
        at(START_MS + 1, raised(2, aidar, { kind: 'gel' })),
        at(START_MS + 2, raised(3, madina, { kind: 'salt' })),
        claimed(3, dana),
        at(START_MS + 3, raised(4, madina, { kind: 'gel' })),
        at(START_MS + 4, raised(5, madina, { kind: 'help' })),
      ],
      { by: dana },
    )
    const queue = queueOf(view, LATER_MS)
    expect(queue.map((entry) => entry.request.requestId)).toEqual([5, 3, 2, 4, 1].map(request))
    expect(alarmsOf(view, LATER_MS).map((entry) => entry.request.requestId)).toEqual([request(5)])
  })

  test('[VW11] says who, how far, which way, how long, who has it, and whether my tap is still on its way', () => {
    const view = viewOf([...underWay, raised(1, aidar, { hasNote: true }), claimed(1, timur)], {
      by: dana,
      places: [
        [dana, placed(0, 0)],
        [aidar, placed(0, 0.01)],
      ],
      words: [{ key: wordKey.note(request(1)), ownerId: aidar, text: 'cold' }],
      waiting: [{ type: 'claim-request', requestId: request(1) }],
    })
    expect(queueOf(view, LATER_MS)).toEqual([
      {
        request: view.run.requests.get(request(1)),
        runner: 'Aidar',
        note: 'cold',
        way: { distanceM: expect.closeTo(700, -2), bearingDeg: expect.closeTo(90, 0), ageMs: MINUTE_MS },
        waitMs: MINUTE_MS,
        holder: 'Timur',
        isMine: false,
        isAlarm: false,
        isItem: true,
        isEscalated: false,
        isSending: true,
      },
    ])
  })

  test('[VW12] holds neither my own requests nor the wish to slow down, which is told to the group', () => {
    const view = viewOf([...underWay, raised(1, dana), raised(2, aidar, { kind: 'slow-down' })], { by: dana })
    expect(queueOf(view, LATER_MS)).toEqual([])
    expect(slowDownsOf(view, LATER_MS).map(({ runner }) => runner)).toEqual(['Aidar'])
    expect(slowDownsOf(viewOf([...underWay, raised(2, aidar, { kind: 'slow-down' })], { by: aidar }), 0)).toEqual([])
  })
})

describe('my requests', () => {
  test('[VW13] a wish that no server has answered is queued, and never looks sent', () => {
    const view = viewOf(underWay, { by: aidar, waiting: [asks(1)] })
    expect(myRequests(view, LATER_MS)).toMatchObject([
      { requestId: request(1), status: 'queued', quantity: 2, note: 'the blue one', raisedAtMs: null },
    ])
    expect(askedKinds(view)).toEqual(new Set(['water']))
  })

  test('[VW13] a wish that the run tells of is shown once, as the run tells it', () => {
    const view = viewOf([...underWay, raised(1, aidar)], {
      by: aidar,
      waiting: [asks(1), { type: 'cancel-request', requestId: request(1) }],
    })
    expect(myRequests(view, LATER_MS)).toMatchObject([{ status: 'open', quantity: 1, isCancelWaiting: true }])
  })

  test.each([
    ['now, when both places are known', [[aidar, placed(0, 0)] as const, [dana, placed(0.01, 0)] as const], 1_112],
    ['when it was claimed, otherwise', [], 480],
  ])('[VW14] who has it, since when, and about how far they are %s', (_when, places, distanceM) => {
    const history = [...underWay, raised(1, aidar), at(START_MS + 5_000, claimed(1, dana, { distanceM: 480 }))]
    expect(myRequests(viewOf(history, { by: aidar, places }), LATER_MS)).toMatchObject([
      { status: 'claimed', helper: 'Dana', sinceMs: START_MS + 5_000, helperDistanceM: expect.closeTo(distanceM, -1) },
    ])
  })

  test('[VW15] what has ended stays in sight for five minutes', () => {
    const view = viewOf([...underWay, raised(1, aidar), claimed(1, dana), delivered(1)], { by: aidar })
    expect(myRequests(view, START_MS + 5 * MINUTE_MS - 1)).toMatchObject([{ status: 'delivered', helper: 'Dana' }])
    expect(myRequests(view, START_MS + 5 * MINUTE_MS)).toEqual([])
    expect(askedKinds(view)).toEqual(new Set())
  })

  test('[VW15] what goes on is told apart: also what was only assumed, as long as it can be undone', () => {
    const assumed = event({ type: 'request-assumed', requestId: request(1) })
    const goingOn = (...history: Parameters<typeof viewOf>[0]) => {
      const view = viewOf([...underWay, raised(1, aidar), claimed(1, dana), ...history], { by: aidar })
      return myRequests(view, LATER_MS).map((mine) => isGoingOn(view, mine))
    }
    expect(goingOn()).toEqual([true])
    expect(goingOn(delivered(1))).toEqual([false])
    expect(goingOn(assumed)).toEqual([true])
    expect(goingOn(assumed, raised(2, aidar))).toEqual([true, false]) // asked for again
  })

  test('[VW16] a call for help is told apart from them, until a helper has closed it', () => {
    const call = raised(1, aidar, { kind: 'help' })
    const taken = event({ type: 'request-needs-check', requestId: request(1) })
    const closed = event({ type: 'request-closed', requestId: request(1), distanceM: null })
    const alarms = (...more: (typeof taken | typeof closed)[]) =>
      myAlarms(viewOf([...underWay, call, ...more], { by: aidar }), LATER_MS).map(({ status }) => status)
    expect([alarms(), alarms(taken), alarms(taken, closed)]).toEqual([['open'], ['needs-check'], []])
    expect(myRequests(viewOf([...underWay, call], { by: aidar }), LATER_MS)).toEqual([])
    expect(myAlarms(viewOf(underWay, { by: aidar, waiting: [asks(2, 'help')] }), 0)).toMatchObject([
      { status: 'queued' },
    ])
  })
})

describe('what somebody waits for', () => {
  test('[VW17] stands by their name while it is open and half a minute longer; a cancelled one does not', () => {
    const history = [
      ...underWay,
      raised(1, aidar),
      claimed(1, dana),
      delivered(1),
      raised(2, aidar, { kind: 'gel' }),
      event({ type: 'request-cancelled', requestId: request(2), reason: 'by-author' }),
      at(START_MS + 1, raised(3, aidar, { kind: 'salt' })),
    ]
    const told = (nowMs: number) =>
      wantsOf(viewOf(history), aidar, nowMs).map(({ request, holder }) => [request.kind, holder])
    expect(told(START_MS + 29_999)).toEqual([
      ['water', 'Dana'],
      ['salt', null],
    ])
    expect(told(START_MS + 30_000)).toEqual([['salt', null]])
  })

  test('[VW17] marks their dot: open as long as one of their requests is nobody’s', () => {
    const view = viewOf([
      ...underWay,
      raised(1, aidar),
      raised(2, aidar, { kind: 'gel' }),
      claimed(2, dana),
      raised(3, madina),
      claimed(3, dana),
    ])
    expect(waitingMembers(view)).toEqual(
      new Map([
        [aidar, 'open'],
        [madina, 'claimed'],
      ]),
    )
  })
})
