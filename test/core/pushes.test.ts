import { describe, expect, test } from 'vitest'
import { type Push, pushesOf } from '../../server/core/pushes.ts'
import { nearWatched } from '../../server/core/watch/claims-near.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { MemberId } from '../../shared/units.ts'
import { played, when } from '../support/claim-world.ts'
import { given, event as happens, NOW_MS, type Past, runOf } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, madina, mum, raised, sunday, timur, underWay } from '../support/people.ts'
import { seenAt } from '../support/watched.ts'

const pushable = (...ids: MemberId[]): RunEvent[] =>
  ids.map((memberId) => ({ type: 'push-set', memberId, isGiven: true }) as const)
const all = pushable(lena, aidar, madina, dana, timur, mum)
const rider: RunEvent[] = [p.sets(dana), p.sets(timur)]

/** Whom the last of these rings, and with what. */
function rungBy(history: readonly Past[], event: RunEvent, byId: MemberId | null = null): readonly Push[] {
  const run = runOf(...history, event)
  const noOf = ({ toId }: Push) => run.members.get(toId)?.memberNo ?? 0
  return pushesOf(run, { event, byId }).toSorted((a, b) => noOf(a) - noOf(b))
}
const whom = (pushes: readonly Push[]) => pushes.map(({ toId, note }) => [toId, note.what])
const here = [...underWay, ...rider, ...all]

/** Metres north at first, and how fast from there. `alongM`: where on the route somebody is who is so many metres north. */
type Rides = {
  readonly from: number
  readonly mps: number
  readonly alongM?: (northM: number, who: MemberId) => number
}
const acrossRiver = (northM: number, who: MemberId): number => (who === dana ? 12_000 - northM : northM)

describe('whom a fact rings', () => {
  test('[PU6] a request rings the available cyclists who see it and may have it, and nobody who cannot be rung', () => {
    expect(rungBy(here, raised(1, aidar), aidar)).toMatchObject([
      {
        toId: dana,
        isUrgent: true,
        isAlways: false,
        note: { what: 'asked', requestId: p.request(1), kind: 'water', aboutId: aidar },
      },
      { toId: timur },
    ])
    const puncture = p.helps(dana, 'puncture')
    expect(whom(rungBy([...here, puncture], raised(1, aidar), aidar))).toEqual([[timur, 'asked']])
    const empty = p.carries(dana, { pieces: [{ kind: 'gel', count: 2, forId: null }], emptiesCount: 0 })
    expect(whom(rungBy([...here, empty], raised(1, aidar), aidar))).toEqual([[timur, 'asked']])
    const red = [
      p.groupAdded('red'),
      p.groupAdded('blue'),
      p.changed(aidar, 'runner', 'red'),
      p.changed(dana, 'cyclist', 'blue'),
    ]
    expect(whom(rungBy([...here, ...red], raised(1, aidar), aidar))).toEqual([[timur, 'asked']])
    const none = { type: 'push-set', memberId: timur, isGiven: false } as const
    expect(whom(rungBy([...here, ...red, none], raised(1, aidar), aidar))).toEqual([])
    expect(whom(rungBy(here, raised(1, aidar, { kind: 'slow-down' }), aidar))).toEqual([])
  })

  test('[PU6] one that is given back rings the others again, and what is claimed or over rings nobody', () => {
    const released = { type: 'request-released', requestId: p.request(1), reason: 'by-cyclist' } as const
    const taken = [...here, raised(1, aidar), claimed(1, dana)]
    expect(whom(rungBy(taken, released, dana))).toEqual([[timur, 'asked']])
    const late = happens({ type: 'request-repeated', requestId: p.request(1), toldIds: [madina] })
    expect(whom(rungBy(taken, late))).toEqual([])
    expect(whom(rungBy([...here, raised(1, aidar)], late))).toEqual([[madina, 'asked']])
  })

  test('[PU6] what falls to the only cyclist rings them, and its author unless they have just asked', () => {
    const one = { requestId: p.request(1) }
    expect(whom(rungBy([...here, raised(1, aidar)], claimed(1, dana, { isAutomatic: true }), aidar))).toEqual([
      [dana, 'asked'],
    ])
    const byTimurLeaving = rungBy([...here, raised(1, aidar)], claimed(1, dana, { isAutomatic: true }), timur)
    expect(byTimurLeaving).toMatchObject([
      { toId: aidar, note: { ...one, what: 'claimed', aboutId: dana } },
      { toId: dana, note: { ...one, what: 'asked' } },
    ])
  })

  test('[PU7] a call for help rings all helpers who are not home, who is near, leaders and the family, and again while nobody has it', () => {
    const ata = p.person('ata')
    const family = [p.joined(ata, 'guardian', 7, { wardId: aidar }), ...pushable(ata)]
    const history = [...here, ...family]
    const help = raised(1, aidar, { kind: 'help', toldIds: [madina] })
    const rung = rungBy(history, help, aidar)
    expect(whom(rung).map(([id]) => id)).toEqual([lena, madina, dana, timur, ata])
    expect(rung.every(({ isAlways, isUrgent }) => isAlways && isUrgent)).toBe(true)
    const homeward = [p.stopped(dana), p.stopped(lena)]
    expect(whom(rungBy([...history, ...homeward], help, aidar)).map(([id]) => id)).toEqual([lena, madina, timur, ata])
    const again = happens({ type: 'request-repeated', requestId: p.request(1), toldIds: [madina] })
    expect(rungBy([...history, help], again)).toHaveLength(5)
    expect(rungBy([...history, help, claimed(1, dana)], again)).toHaveLength(0)
  })

  test('[PU8] a claim rings who asked', () => {
    expect(rungBy([...here, raised(1, aidar)], claimed(1, dana), dana)).toMatchObject([
      { toId: aidar, note: { what: 'claimed', requestId: p.request(1), kind: 'water', aboutId: dana } },
    ])
  })

  test('[PU9] a request that nobody could serve rings who asked', () => {
    const escalated = { type: 'request-escalated', requestId: p.request(1) } as const
    expect(whom(rungBy([...here, raised(1, aidar)], escalated))).toEqual([[aidar, 'nobody']])
    const over = p.delivered(1, dana)
    expect(whom(rungBy([...here, raised(1, aidar), over], escalated))).toEqual([])
  })

  test('[PU10] once a claim who asked is rung that their helper is near', () => {
    const near = { type: 'request-near', requestId: p.request(1) } as const
    const history = [...here, raised(1, aidar), claimed(1, dana)]
    expect(rungBy(history, near)).toMatchObject([{ toId: aidar, note: { what: 'near', aboutId: dana } }])
    const seen = { type: 'observe', observations: [{ is: 'near', requestId: p.request(1), cyclistId: dana }] } as const
    given(...history)
      .when(seen, null)
      .gives(near)
    given(...history, near)
      .when(seen, null)
      .givesNothing()
    given(...here, raised(1, aidar), claimed(1, timur))
      .when(seen, null)
      .givesNothing()
  })

  test('[PU10] near is within 200 m by new places, and not across a river; nobody looks for who cannot be rung', () => {
    const observedAt = (distanceM: number, history: readonly Past[], ageMs = 0, alongM: number | null = null) =>
      nearWatched(new Map(), {
        run: runOf(...history),
        nowMs: NOW_MS,
        fixOf: (memberId) => ({
          latitudeDeg: 51.1 + (memberId === dana ? distanceM / 111_195 : 0),
          longitudeDeg: 71.4,
          takenAtMs: NOW_MS - ageMs,
        }),
        progressOf: (memberId) => (alongM === null ? null : seenAt(memberId === dana ? alongM : 0, NOW_MS).progress),
        isConnected: () => true,
        darkForMs: () => null,
      }).observations
    const history = [...here, raised(1, aidar), claimed(1, dana)]
    const near = [{ is: 'near', requestId: p.request(1), cyclistId: dana }]
    expect(observedAt(190, history)).toEqual(near)
    expect(observedAt(210, history)).toEqual([])
    expect(observedAt(190, history, 0, 500)).toEqual(near)
    expect(observedAt(190, history, 0, 4_000)).toEqual([])
    expect(observedAt(40, history, 0, 4_000)).toEqual(near) // the way back on the same path
    expect(observedAt(190, history, 61_000)).toEqual([])
    expect(observedAt(190, [...history, { type: 'push-set', memberId: aidar, isGiven: false }])).toEqual([])
    expect(observedAt(190, [...history, { type: 'request-near', requestId: p.request(1) }])).toEqual([])
  })

  /** Aidar runs north from 0, along a route or anywhere: how many seconds before they meet he is told that Dana is near. */
  test.each<readonly [who: string, dana: Rides, isS: number | null]>([
    ['who comes towards them', { from: 2_000, mps: -5 }, 60],
    ['who rides along from behind', { from: -700, mps: 7 }, 60],
    ['who rides along from behind hardly faster', { from: -500, mps: 4 }, 200],
    ['who waits for them', { from: 500, mps: 0 }, 66],
    ['who comes along the other bank', { from: 2_000, mps: -5, alongM: acrossRiver }, null],
  ])('[PU10] near is a minute before: %s', (_who, { from, mps, alongM }, is) => {
    const meetS = -from / (mps - 3)
    const [aidars, danas] = [(s: number) => 3 * s, (s: number) => from + mps * s]
    const moves = new Map([
      [aidar, aidars],
      [dana, danas],
    ])
    const along = alongM && new Map([...moves].map(([id, m]) => [id, (s: number) => alongM(m(s), id)]))
    const { told } = played({
      history: [...here, raised(1, aidar), claimed(1, dana)],
      moves,
      ...(along && { along }),
      untilS: meetS - 10,
    })
    const [nearS] = when(told, 'request-near')
    if (is === null) expect(nearS).toBeUndefined()
    else expect(Math.abs(meetS - (nearS ?? 0) - is)).toBeLessThanOrEqual(5)
  })

  test('[PU11] an alert rings leaders when it makes a sound, and whom a leader sends it to', () => {
    const alertRaised = (rule: 'silent-overdue' | 'straggling' | 'water-out', memberId: MemberId | null) =>
      ({ type: 'alert-raised', alertId: p.alert(1), rule, memberId, value: null, sinceMs: p.START_MS }) as const
    expect(rungBy(here, alertRaised('silent-overdue', aidar))).toMatchObject([
      { toId: lena, note: { what: 'alert', rule: 'silent-overdue', aboutId: aidar, alertId: p.alert(1) } },
    ])
    expect(whom(rungBy(here, alertRaised('water-out', null)))).toEqual([[lena, 'alert']])
    expect(whom(rungBy(here, alertRaised('straggling', aidar)))).toEqual([])
    const sent = { type: 'alert-sent', alertId: p.alert(1), toId: dana } as const
    expect(rungBy([...here, alertRaised('straggling', aidar)], sent, lena)).toMatchObject([
      { toId: dana, note: { what: 'sent', rule: 'straggling', aboutId: aidar } },
    ])
  })

  test('[PU12] "are you fine?" rings whom it is about, and nobody else', () => {
    const asked = {
      type: 'alert-asked',
      alertId: p.alert(1),
      rule: 'off-route',
      memberId: aidar,
      value: null,
      sinceMs: 0,
    } as const
    expect(whom(rungBy(here, asked))).toEqual([[aidar, 'are-you-fine']])
  })

  test('[PU13] a regroup rings those called, and the start those who take part; neither who caused it', () => {
    const place = { latitudeDeg: 51.1, longitudeDeg: 71.4 }
    const called = {
      type: 'regroup-called',
      regroupId: p.regroup(1),
      groupId: null,
      place,
      atM: null,
      atMs: NOW_MS,
    } as const
    expect(whom(rungBy(here, called, lena)).map(([id]) => id)).toEqual([aidar, madina, dana, timur])
    const red = [p.groupAdded('red'), p.changed(aidar, 'runner', 'red')]
    const ofRed = { ...called, groupId: p.group('red') }
    expect(whom(rungBy([...here, ...red, p.stopped(madina)], ofRed, lena))).toEqual([[aidar, 'regroup']])
    const started = rungBy([...sunday, ...all], { type: 'run-started' }, lena)
    expect(whom(started)).toEqual([aidar, madina, dana, timur].map((id) => [id, 'started']))
    expect(started.some(({ isUrgent }) => isUrgent)).toBe(false)
  })
})
