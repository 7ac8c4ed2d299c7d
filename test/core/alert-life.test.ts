import { describe, expect, test } from 'vitest'
import { dueAtMs } from '../../server/core/decide-wake.ts'
import type { Observation } from '../../server/core/decision.ts'
import { alertIdOf, alertPolicyOf, alertRuleNames, isAlertOn, isAudible } from '../../shared/run/alerts.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { alertIdSchema, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, timur, underWay } from '../support/people.ts'

const alertId = p.alert(1)
const SINCE_MS = NOW_MS - 5 * MINUTE_MS
const about = { alertId, rule: 'off-route', memberId: aidar, value: null, sinceMs: SINCE_MS } as const
const asked = event({ type: 'alert-asked', ...about })
const raised = event({ type: 'alert-raised', ...about })
const answered = (answer: 'fine' | 'need-help') => event({ type: 'alert-answered', alertId, answer })
const owned = (ownerId = lena) => event({ type: 'alert-owned', alertId, ownerId })
const sent = (toId = dana) => event({ type: 'alert-sent', alertId, toId })
const cleared = (over: 'over' | 'fine' | 'by-leader' | 'accounted-for' | 'run-ended') =>
  event({ type: 'alert-cleared', alertId, over })

const observe = (...observations: Observation[]) => wishes({ type: 'observe', observations })
const seen = (more: Partial<Extract<Observation, { is: 'alert' }>> = {}): Observation => ({
  is: 'alert',
  rule: 'off-route',
  memberId: aidar,
  sinceMs: SINCE_MS,
  value: null,
  ...more,
})
const over = observe({ is: 'alert-over', alertId })
const wish = {
  fine: wishes({ type: 'answer-alert', alertId, answer: 'fine' }),
  needHelp: wishes({ type: 'answer-alert', alertId, answer: 'need-help' }),
  own: wishes({ type: 'own-alert', alertId }),
  send: (toId = dana) => wishes({ type: 'send-alert', alertId, toId }),
  clear: wishes({ type: 'clear-alert', alertId }),
  conditions: (heat: 'frost' | 'mild', ...alertsOff: ('off-route' | 'low-battery')[]) =>
    wishes({ type: 'set-conditions', heat, alertsOff }),
}
const asFact = (asks: boolean, sinceMs = SINCE_MS, idMs = sinceMs): RunEvent => ({
  type: asks ? 'alert-asked' : 'alert-raised',
  alertId: alertIdOf('off-route', 2, idMs),
  rule: 'off-route',
  memberId: aidar,
  value: null,
  sinceMs,
})

describe('how an alert begins', () => {
  test('[AT1] is one fact however often it is seen, under an id of its rule, member and episode', () => {
    given(...underWay)
      .when(observe(seen(), seen(), seen({ sinceMs: SINCE_MS + 100 })), null)
      .gives(asFact(true))
    given(...underWay, asFact(true))
      .when(observe(seen()), null)
      .givesNothing()
    for (const rule of alertRuleNames)
      expect(alertIdOf(rule, 1_600_000, NOW_MS)).toMatch(alertIdSchema._zod.pattern ?? /./)
    const ids = [
      alertIdOf('stopped', 2, 7),
      alertIdOf('stopped', 2, 8),
      alertIdOf('stopped', 3, 7),
      alertIdOf('straggling', 2, 7),
    ]
    expect(new Set(ids).size).toBe(4)
  })

  test('[AT1] is about somebody who is out, or about the run, as its rule says', () => {
    const network = { rule: 'network', value: 12 } as const
    given(...underWay)
      .when(observe(seen({ ...network, memberId: aidar })), null)
      .givesNothing()
    given(...underWay)
      .when(observe(seen({ memberId: null })), null)
      .givesNothing()
    given(...underWay, p.stopped(aidar))
      .when(observe(seen()), null)
      .givesNothing()
    given(...underWay)
      .when(observe(seen({ ...network, memberId: null })), null)
      .gives({
        type: 'alert-raised',
        alertId: alertIdOf('network', 0, SINCE_MS),
        ...network,
        memberId: null,
        sinceMs: SINCE_MS,
      })
  })

  test('[AT2] a leader says how warm it is and which rules watch; what is put off is over at once', () => {
    given(...underWay, raised)
      .when(wish.conditions('frost', 'off-route', 'off-route'), lena)
      .gives({ type: 'conditions-set', heat: 'frost', alertsOff: ['off-route'] }, cleared('by-leader'))
    given(...underWay)
      .when(wish.conditions('mild'), lena)
      .givesNothing()
    given(...underWay)
      .when(wish.conditions('frost'), dana)
      .isRefused('not-for-your-role')
    given(...underWay, p.ended)
      .when(wish.conditions('frost'), lena)
      .isRefused('run-has-ended')
    given(...underWay, { type: 'conditions-set', heat: 'mild', alertsOff: ['off-route'] })
      .when(observe(seen()), null)
      .givesNothing()
    const on = (...alertsOff: ('low-battery' | 'off-route')[]) =>
      alertRuleNames.filter((rule) => isAlertOn({ alertsOff }, rule))
    expect(on()).toEqual(alertRuleNames.filter((rule) => rule !== 'low-battery' && rule !== 'cyclist-far'))
    expect(on('low-battery', 'off-route')).toContain('low-battery')
    expect(on('low-battery', 'off-route')).not.toContain('off-route')
  })

  test('[AT3] one of a rule and a member at a time; others beside it', () => {
    for (const facts of [[asked], [raised], [raised, owned()]])
      given(...underWay, ...facts)
        .when(observe(seen()), null)
        .givesNothing()
    given(...underWay, raised)
      .when(observe(seen({ memberId: madina })), null)
      .gives({ ...asked, alertId: alertIdOf('off-route', 3, SINCE_MS), memberId: madina })
  })

  test.each([
    ['over', 10],
    ['fine', 20],
    ['by-leader', 20],
  ] as const)('[AT4] after %s it is quiet for %i minutes', (how, minutes) => {
    const clearedMs = NOW_MS - minutes * MINUTE_MS
    const history = [...underWay, at(clearedMs - MINUTE_MS, raised), at(clearedMs, cleared(how))]
    given(...history)
      .when(observe(seen()), null, { nowMs: NOW_MS - 1 })
      .givesNothing()
    given(...history)
      .when(observe(seen()), null)
      .gives(asFact(true))
  })

  test('[AT4] a condition that has outlasted its alert is another episode, with a life of its own', () => {
    const first = asFact(true)
    const alertOf = 'alertId' in first ? first.alertId : alertId
    const clearedMs = SINCE_MS + MINUTE_MS
    const history = [
      ...underWay,
      at(SINCE_MS, first),
      at(clearedMs, { type: 'alert-answered', alertId: alertOf, answer: 'fine' }),
      at(clearedMs, { type: 'alert-cleared', alertId: alertOf, over: 'fine' }),
    ]
    const again = asFact(true, SINCE_MS, clearedMs)
    given(...history)
      .when(observe(seen()), null, { nowMs: clearedMs + 20 * MINUTE_MS })
      .gives(again)
    const run = runOf(...history, again)
    expect(run.alerts.size).toBe(2)
    expect([...run.alerts.values()].find(({ status }) => status === 'asked')).toMatchObject({
      answer: null,
      over: null,
    })
  })
})

describe('how it ends', () => {
  test('[AT5] with what it told of, once; but not for who needs help', () => {
    given(...underWay, raised)
      .when(over, null)
      .gives(cleared('over'))
    given(...underWay, raised, cleared('over'))
      .when(over, null)
      .givesNothing()
    given(...underWay, raised, answered('need-help'))
      .when(over, null)
      .givesNothing()
  })

  test('[AT12] [MB10] and when they are made somebody who takes no part', () => {
    const watches = event({ type: 'member-changed', memberId: aidar, role: 'watcher', groupId: null })
    given(...underWay, asked)
      .when(wishes({ type: 'change-member', memberId: aidar, role: 'watcher', groupId: null }), lena)
      .gives(event({ type: 'sharing-stopped', memberId: aidar, toMs: NOW_MS }), cleared('accounted-for'), watches)
  })

  test('[AT12] with the run, and when its member is accounted for', () => {
    given(...underWay, raised)
      .when({ type: 'end-run', despiteMissing: true }, lena)
      .gives(cleared('run-ended'), {
        type: 'run-ended',
        reason: 'by-leader',
        missing: [aidar, madina],
        missingGuestCount: 0,
      })
    given(...underWay, raised)
      .when({ type: 'stop', memberId: aidar, reason: 'going-home', untilMs: NOW_MS }, lena)
      .gives(cleared('accounted-for'), { ...p.stopped(aidar, NOW_MS), reason: 'going-home' })
    given(...underWay, raised)
      .when({ type: 'remove-member', memberId: aidar }, lena)
      .gives(cleared('accounted-for'), { type: 'member-removed', memberId: aidar })
  })
})

describe('whom it is about', () => {
  test.each(alertRuleNames.filter((rule) => alertPolicyOf(rule).isOfMember))('[AT6] %s asks first, or not', (rule) => {
    const asks = ['silent-overdue', 'off-route', 'wrong-way', 'stopped'].includes(rule)
    const sinceMs = SINCE_MS
    given(...underWay, { type: 'conditions-set', heat: 'mild', alertsOff: ['low-battery', 'cyclist-far'] })
      .when(observe(seen({ rule })), null)
      .gives({
        type: asks ? 'alert-asked' : 'alert-raised',
        alertId: alertIdOf(rule, 2, sinceMs),
        rule,
        memberId: aidar,
        value: null,
        sinceMs,
      })
  })

  test('[AT6] is asked first, and the leader is told a minute later', () => {
    const history = [...underWay, at(NOW_MS, asked)]
    expect(dueAtMs(runOf(...history))).toBe(NOW_MS + MINUTE_MS)
    given(...history)
      .when({ type: 'wake' }, null, { nowMs: NOW_MS + MINUTE_MS - 1 })
      .givesNothing()
    given(...history)
      .when({ type: 'wake' }, null, { nowMs: NOW_MS + MINUTE_MS })
      .gives(raised)
    for (const end of [cleared('over'), raised])
      given(...history, end)
        .when({ type: 'wake' }, null, { nowMs: NOW_MS + 2 * MINUTE_MS })
        .givesNothing()
  })

  test('[AT7] says that all is well, asked or told of already, and it is over', () => {
    for (const facts of [[asked], [raised], [raised, owned()]])
      given(...underWay, ...facts)
        .when(wish.fine, aidar)
        .gives(answered('fine'), cleared('fine'))
    given(...underWay, raised, cleared('over'))
      .when(wish.fine, aidar)
      .givesNothing()
  })

  test('[AT7] says that they need help, and the leader is told at once', () => {
    given(...underWay, asked)
      .when(wish.needHelp, aidar)
      .gives(answered('need-help'), raised)
    given(...underWay, raised, owned())
      .when(wish.needHelp, aidar)
      .gives(answered('need-help'))
    given(...underWay, raised, answered('need-help'))
      .when(wish.needHelp, aidar)
      .givesNothing()
    given(...underWay, raised, answered('need-help'))
      .when(wish.fine, aidar)
      .gives(answered('fine'), cleared('fine'))
  })

  test('[AT8] alone answers, and alone knows while they are asked', () => {
    given(...underWay, asked)
      .when(wish.fine, madina)
      .isRefused('no-such-thing', 'command.alertId')
    given(...underWay, raised)
      .when(wish.fine, lena)
      .isRefused('no-such-thing', 'command.alertId')
    for (const tap of [wish.own, wish.clear, wish.send()])
      given(...underWay, asked)
        .when(tap, lena)
        .isRefused('no-such-thing', 'command.alertId')
  })
})

describe('who looks after it', () => {
  test('[AT9] a leader, or a helper who sees it: one of them', () => {
    given(...underWay, raised)
      .when(wish.own, lena)
      .gives(owned())
    given(...underWay, raised, owned())
      .when(wish.own, lena)
      .givesNothing()
    given(...underWay, raised)
      .when(wish.own, dana)
      .isRefused('no-such-thing', 'command.alertId')
    given(...underWay, raised, sent())
      .when(wish.own, dana)
      .gives(owned(dana))
    given(...underWay, raised, sent(), sent(timur), owned(timur))
      .when(wish.own, dana)
      .isRefused('someone-else-has-it')
    given(...underWay, raised, cleared('over'))
      .when(wish.own, lena)
      .isRefused('already-ended')
    given(...underWay, raised)
      .when(wish.own, aidar)
      .isRefused('not-for-your-role')
  })

  test('[AT9] a leader may take it from a helper, and anybody from one who has gone', () => {
    given(...underWay, raised, sent(), owned(dana))
      .when(wish.own, lena)
      .gives(owned())
    given(...underWay, raised, sent(), sent(timur), owned(timur), p.stopped(timur))
      .when(wish.own, dana)
      .gives(owned(dana))
    // A leader who has looked and sends it on is not in the way of whoever goes there.
    given(...underWay, raised, owned(), sent())
      .when(wish.own, dana)
      .gives(owned(dana))
    given(...underWay, raised, owned(), sent(timur))
      .when(wish.own, dana)
      .isRefused('no-such-thing', 'command.alertId')
    given(...underWay, p.joined(p.person('gulnar'), 'leader', 9), raised, owned())
      .when(wish.own, p.person('gulnar'))
      .isRefused('someone-else-has-it')
  })

  test('[AT10] a leader sends it to a helper or a back marker, once', () => {
    given(...underWay, raised)
      .when(wish.send(), lena)
      .gives(sent())
    given(...underWay, raised, sent())
      .when(wish.send(), lena)
      .givesNothing()
    given(...underWay, raised, sent())
      .when(wish.send(timur), dana)
      .isRefused('not-for-your-role')
    for (const toId of [mum, madina, p.person('nobody')])
      given(...underWay, raised)
        .when(wish.send(toId), lena)
        .isRefused('no-such-thing', 'command.toId')
    const red = {
      groupId: p.group('red'),
      colour: '#ff0000',
      targetPaceMps: null,
      leaderId: null,
      backMarkerId: madina,
    }
    given(...underWay, p.groupAdded('red'), { type: 'group-changed', ...red }, raised)
      .when(wish.send(madina), lena)
      .gives(sent(madina))
  })

  test('[AT11] a leader or its owner says that it is seen to', () => {
    given(...underWay, raised)
      .when(wish.clear, lena)
      .gives(cleared('by-leader'))
    given(...underWay, raised, sent(), owned(dana))
      .when(wish.clear, dana)
      .gives(cleared('by-leader'))
    given(...underWay, raised, sent())
      .when(wish.clear, dana)
      .isRefused('not-for-your-role')
    given(...underWay, raised, cleared('over'))
      .when(wish.clear, lena)
      .givesNothing()
  })

  test('[AT19] sound is for a person silent and overdue and for water running out, until somebody has it', () => {
    expect(alertRuleNames.filter((rule) => alertPolicyOf(rule).isAudible)).toEqual(['silent-overdue', 'water-out'])
    const soundsOf = (...facts: RunEvent[]) => [...runOf(...underWay, ...facts).alerts.values()].map(isAudible)
    const silent = { ...about, rule: 'silent-overdue' } as const
    expect(soundsOf({ type: 'alert-asked', ...silent })).toEqual([false])
    expect(soundsOf({ type: 'alert-raised', ...silent })).toEqual([true])
    expect(soundsOf({ type: 'alert-raised', ...silent }, owned())).toEqual([false])
    expect(soundsOf(raised)).toEqual([false])
  })
})

test('[AT6] what a node proposes again and again changes nothing', () => {
  const history = [...underWay, at(NOW_MS - 30 * SECOND_MS, asked), raised]
  given(...history)
    .when(observe(seen(), seen({ value: 80 })), null)
    .givesNothing()
})
