import { describe, expect, test } from 'vitest'
import {
  draftAgain,
  draftCarry,
  fieldOfRefusal,
  freshDraft,
  type PlanDraft,
  planFrom,
} from '../../client/state/plan-draft.ts'
import { localMs, localText, nextSundayMs, sameTimeLaterMs, tomorrowMs } from '../../client/state/planned-starts.ts'
import type { PlanShown } from '../../shared/protocol/http-plan.ts'
import { DAY_MS, HOUR_MS } from '../../shared/units.ts'

/** A Wednesday at noon, where the test runs. */
const NOW_MS = new Date(2026, 4, 6, 12).getTime()
const fresh = freshDraft(NOW_MS, { name: 'Lena', phone: '' })
const plan = (more: Partial<PlanDraft> = {}) => planFrom({ ...fresh, ...more }, NOW_MS, 7)
const earlier: PlanShown = {
  ok: true,
  title: 'Sunday long',
  plannedStartMs: new Date(2026, 3, 26, 7, 30).getTime(),
  expectedDurationMs: 3.5 * HOUR_MS,
  longestDurationMs: 9 * HOUR_MS,
  groups: [
    { name: 'Fast', colour: '#c8321f', targetPaceMps: 1_000 / 290 },
    { name: 'All', colour: '#2266cc', targetPaceMps: null },
  ],
  heat: 'warm',
  alertsOff: ['stopped'],
  helpersWanted: 4,
  retentionDays: 3,
  hasWatcherLink: false,
  hasRoute: true,
}

describe('[PL1] a start is proposed by the clock on the wall', () => {
  const at = (day: number, hours: number, minutes = 0) => new Date(2026, 4, day, hours, minutes).getTime()

  test('[PL1] Sunday at eight, the next one from eight on; tomorrow at seven', () => {
    expect(nextSundayMs(NOW_MS)).toBe(at(10, 8))
    expect(nextSundayMs(at(10, 7, 59))).toBe(at(10, 8))
    expect(nextSundayMs(at(10, 8))).toBe(at(17, 8))
    expect(tomorrowMs(at(31, 23, 59))).toBe(new Date(2026, 5, 1, 7).getTime())
  })

  test('[PL1] again is the same weekday and time, and never past', () => {
    expect(sameTimeLaterMs(at(3, 8), NOW_MS)).toBe(at(10, 8))
    expect(sameTimeLaterMs(at(10, 8), NOW_MS)).toBe(at(17, 8))
    for (let days = 0; days < 400; days += 3) {
      const earlierMs = new Date(2026, 4, 6 - days, 6, 15).getTime()
      const startMs = sameTimeLaterMs(earlierMs, NOW_MS)
      const [was, is] = [new Date(earlierMs), new Date(startMs)]
      expect([is.getDay(), is.getHours(), is.getMinutes()]).toEqual([was.getDay(), 6, 15])
      expect(startMs).toBeGreaterThan(NOW_MS)
      expect(startMs - Math.max(NOW_MS, earlierMs)).toBeLessThanOrEqual(7 * DAY_MS + HOUR_MS)
    }
  })

  test('[PL1] what the field for date and time holds is read as it was written', () => {
    for (const atMs of [NOW_MS, at(1, 0), at(31, 23, 59)]) expect(localMs(localText(atMs))).toBe(atMs)
    expect(localText(at(3, 8, 5))).toBe('2026-05-03T08:05')
    for (const text of ['', 'Sunday', '2026-13-01T08:00']) expect(localMs(text)).toBeNull()
  })
})

test('[PL2] an untouched form with a name is a plan', () => {
  expect(plan()).toEqual({
    plan: {
      title: null,
      leaderName: 'Lena',
      leaderPhone: null,
      plannedStartMs: nextSundayMs(NOW_MS),
      expectedDurationMs: 3 * HOUR_MS,
      longestDurationMs: 14 * HOUR_MS,
      recordedShiftMs: 0,
      routeFile: null,
      routeLaps: null,
      groups: [],
      heat: 'mild',
      alertsOff: [],
      helpersWanted: null,
      retentionDays: null,
      hasWatcherLink: true,
      again: null,
      club: null,
    },
  })
})

test.each<[string, Partial<PlanDraft>, string, string]>([
  ['no name', { name: '  ' }, 'name', 'needed'],
  ['no date', { start: '' }, 'start', 'no-date'],
  ['a start that is over', { start: localText(NOW_MS - 2 * HOUR_MS) }, 'start', 'past'],
  ['a start in two years', { start: localText(NOW_MS + 700 * DAY_MS) }, 'start', 'far'],
  [
    'a group without a name',
    {
      groups: [
        { name: 'A', colour: '#000000', pace: '' },
        { name: ' ', colour: '#000000', pace: '' },
      ],
    },
    'groups.1.name',
    'needed',
  ],
  ['a pace nobody runs', { groups: [{ name: 'A', colour: '#000000', pace: 'fast' }] }, 'groups.0.pace', 'no-pace'],
  ['half a lap', { route: { text: '{}', from: null }, laps: '1.5' }, 'laps', 'no-laps'],
  ['no lap', { route: { text: '{}', from: null }, laps: '0' }, 'laps', 'no-laps'],
  ['a phone number with words', { phone: 'ask Aigul' }, 'phone', 'no-phone'],
  ['half a helper', { helpers: '2.5' }, 'helpers', 'no-number'],
  ['no days', { days: '0' }, 'days', 'no-number'],
  ['longer than the house keeps it', { days: '8' }, 'days', 'too-long'],
])('[PL2] %s is told at its field', (_what, more, field, problem) => {
  expect(plan(more)).toEqual({ field, problem })
})

test('[PL2] a phone number is taken as people write it', () => {
  const phone = (typed: string) => {
    const found = plan({ phone: typed })
    return 'plan' in found ? found.plan.leaderPhone : found
  }
  expect(phone(' +7 (701)\u00a0123\u201345\u201367 ')).toBe('+7 (701) 123-45-67')
  expect(phone('8.701.1234567')).toBe('8 701 1234567')
  expect(phone('   ')).toBeNull()
})

test('[PL2] a refusal of the server is told at the field it is about', () => {
  const told = (field: string) => fieldOfRefusal({ field })
  expect(told('routeFile.points')).toBe('route')
  expect(told('routeLaps')).toBe('laps')
  expect(told('groups.2.name')).toBe('groups.2.name')
  expect(told('groups.2.targetPaceMps')).toBe('groups.2.pace')
  expect(told('again.seat')).toBe('again')
  expect(told('createKey')).toBeNull()
  expect(fieldOfRefusal({})).toBeNull()
})

test('[RN13] again has the plan of the earlier run at the same weekday and time, within what the house keeps now', () => {
  const draft = draftAgain(fresh, earlier, { seat: 's.earlier', club: 'o.club', nowMs: NOW_MS, mostDays: 7 })
  const found = planFrom(draft, NOW_MS, 7)
  if ('field' in found) throw new Error(found.field)
  const { groups, ...others } = found.plan
  expect(others).toMatchObject({
    title: 'Sunday long',
    leaderName: 'Lena',
    plannedStartMs: new Date(2026, 4, 10, 7, 30).getTime(),
    expectedDurationMs: 3.5 * HOUR_MS,
    longestDurationMs: 9 * HOUR_MS,
    heat: 'warm',
    alertsOff: ['stopped'],
    helpersWanted: 4,
    retentionDays: 3,
    hasWatcherLink: false,
    again: { seat: 's.earlier' },
    club: 'o.club',
  })
  expect(groups).toEqual([
    { name: 'Fast', colour: '#c8321f', targetPaceMps: expect.closeTo(1_000 / 290, 6) },
    { name: 'All', colour: '#2266cc', targetPaceMps: null },
  ])
  const less = draftAgain(fresh, earlier, { seat: 's', club: null, nowMs: NOW_MS, mostDays: 2 })
  expect(less.days).toBe('2')
  const other = planFrom({ ...draft, route: { text: '{}', from: null } }, NOW_MS, 7)
  expect(other).toMatchObject({ plan: { again: null, routeFile: '{}' } })
})

test('[CL1] what to carry is told for as many as are likely to run, by the route or else by the time', () => {
  expect(draftCarry(fresh, null)).toBeNull()
  expect(draftCarry({ ...fresh, runners: '0' }, null)).toBeNull()
  const byTime = draftCarry({ ...fresh, runners: '10' }, null)
  expect(byTime).toMatchObject({ takesMs: 3 * HOUR_MS, bottles: 30 })
  expect(draftCarry({ ...fresh, runners: '10', heat: 'hot' }, null)?.bottles).toBeGreaterThan(30)
  const groups = [{ name: 'A', colour: '#000000', pace: '6:00' }]
  expect(draftCarry({ ...fresh, runners: '20', groups }, 20_000)).toMatchObject({ takesMs: 2 * HOUR_MS, bottles: 40 })
})
