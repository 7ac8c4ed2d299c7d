import { describe, expect, test } from 'vitest'
import { alertsOf, helpersFor, myQuestion } from '../../client/state/alerts.ts'
import type { Alert } from '../../shared/run/alerts.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { at, NOW_MS, type Past } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, timur, underWay } from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'

const alert = (no: number, rule: Alert['rule'], memberId: MemberId | null, type: 'asked' | 'raised' = 'raised') =>
  ({
    type: `alert-${type}`,
    alertId: p.alert(no),
    rule,
    memberId,
    value: null,
    sinceMs: NOW_MS - 6 * MINUTE_MS,
  }) as RunEvent
const sent: RunEvent = { type: 'alert-sent', alertId: p.alert(1), toId: dana }
const owned: RunEvent = { type: 'alert-owned', alertId: p.alert(1), ownerId: dana }
const history: readonly Past[] = [
  ...underWay,
  at(NOW_MS - 3 * MINUTE_MS, alert(1, 'off-route', aidar)),
  at(NOW_MS - 2 * MINUTE_MS, alert(2, 'straggling', madina)),
  at(NOW_MS - 5 * MINUTE_MS, alert(3, 'water-out', null)),
  at(NOW_MS - MINUTE_MS, alert(4, 'stopped', madina, 'asked')),
]
const idsOf = (by: MemberId, facts: readonly Past[] = history) =>
  alertsOf(viewOf(facts, { by }), NOW_MS).map(({ alert }) => alert.alertId)

describe('what is shown of alerts', () => {
  test('[AT30] to leaders the audible first, then the newest, and nothing that is only asked', () => {
    expect(idsOf(lena)).toEqual([p.alert(3), p.alert(2), p.alert(1)])
    expect(idsOf(lena, [...history, alert(5, 'stopped', lena)])).toEqual([p.alert(3), p.alert(2), p.alert(1)])
    const [water, , off] = alertsOf(
      viewOf(history, { places: [[aidar, placed(0, 0, NOW_MS - 4 * MINUTE_MS)]] }),
      NOW_MS,
    )
    expect(water).toMatchObject({ name: null, isAudible: true, placeAgeMs: null, owner: null })
    expect(off).toMatchObject({ name: 'Aidar', isAudible: false, forMs: 6 * MINUTE_MS, placeAgeMs: 4 * MINUTE_MS })
  })

  test('[AT30] to helpers what was sent to them', () => {
    expect(idsOf(dana)).toEqual([])
    expect(idsOf(dana, [...history, sent])).toEqual([p.alert(1)])
    expect(idsOf(timur, [...history, sent])).toEqual([])
    const [shown] = alertsOf(viewOf([...history, sent, owned], { by: dana }), NOW_MS)
    expect(shown).toMatchObject({ owner: 'Dana', isMine: true, sentTo: ['Dana'] })
  })

  test('[AT30] a tap that waits for its answer looks so', () => {
    const waiting = [{ type: 'own-alert', alertId: p.alert(1) } as const]
    const isSending = alertsOf(viewOf(history, { waiting }), NOW_MS).map((shown) => shown.isSending)
    expect(isSending).toEqual([false, false, true])
  })

  test('[AT33] it is sent to helpers who are there and do not have it, the nearest first', () => {
    const places = [
      [aidar, placed(0, 0, NOW_MS)],
      [dana, placed(0.009, 0, NOW_MS)],
      [timur, placed(0.003, 0, NOW_MS)],
    ] as const
    const to = (facts: readonly Past[], nowMs = NOW_MS) => {
      const view = viewOf(facts, { places })
      const off = view.run.alerts.get(p.alert(1)) as Alert
      return helpersFor(view, off, nowMs).map(({ memberId, distanceM }) => [
        memberId,
        distanceM && Math.round(distanceM),
      ])
    }
    expect(to(history)).toEqual([
      [timur, 334],
      [dana, 1001],
    ])
    expect(to([...history, sent])).toEqual([[timur, 334]])
    // Nothing is reckoned from an old place: by number.
    expect(to(history, NOW_MS + 5 * MINUTE_MS)).toEqual([
      [dana, null],
      [timur, null],
    ])
  })

  test('[AT31] whom it is about is asked, with the time left until their leader is told', () => {
    const view = viewOf(history, { by: madina })
    expect(myQuestion(view, NOW_MS - 20 * SECOND_MS)).toEqual({
      alertId: p.alert(4),
      rule: 'stopped',
      leftMs: 20 * SECOND_MS,
    })
    expect(myQuestion(viewOf(history, { by: aidar }), NOW_MS)).toMatchObject({ rule: 'off-route', leftMs: 0 })
    expect(myQuestion(viewOf(history, { by: lena }), NOW_MS)).toBeNull()
    const waiting = [{ type: 'answer-alert', alertId: p.alert(4), answer: 'fine' } as const]
    expect(myQuestion(viewOf(history, { by: madina, waiting }), NOW_MS)).toBeNull()
    const needsHelp: RunEvent = { type: 'alert-answered', alertId: p.alert(4), answer: 'need-help' }
    expect(myQuestion(viewOf([...history, needsHelp], { by: madina }), NOW_MS)).toBeNull()
  })
})
