/** Alerts end with what they told of, also where nothing is begun any more. */
import { expect, test } from 'vitest'
import type { RunEvent } from '../../shared/run/events.ts'
import type { MemberId } from '../../shared/units.ts'
import { linesOf, lookedOver, type Sight } from '../support/alert-scene.ts'
import { at, event, type Past } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, madina, START_MS, sets, underWay } from '../support/people.ts'

const others = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5'].map(p.person)
const LENGTH_M = 20_000
const route: RunEvent = { type: 'route-set', routeId: p.route(1), lengthM: LENGTH_M }
const eight: readonly Past[] = [
  ...underWay,
  route,
  ...others.flatMap((id, i) => [p.joined(id, 'runner', 10 + i), sets(id)]),
]
const MPS = 2.5
const runs =
  (aheadM = 0, mps = MPS) =>
  (s: number): Sight => ({
    atM: 500 + aheadM + mps * s,
    isConnected: true,
    progress: { forecastMps: mps, speedMps: mps },
  })
const silentSince = (fromS: number): Sight => ({ ...runs()(fromS), fixS: fromS, isConnected: false })
const home: Sight = { atM: LENGTH_M - 50, isConnected: true }
const linesWith = (sightOfAidar: (s: number) => Sight, untilS: number, ...more: Past[]) => {
  const people = new Map<MemberId, (s: number) => Sight>([[aidar, sightOfAidar]])
  for (const [i, id] of [madina, ...others].entries()) people.set(id, runs(20 * (i + 1)))
  return linesOf(lookedOver({ history: [...eight, ...more], cast: people, untilS }).told)
}

test('[AT5] [AT23] whoever is heard again at the end of the route is not silent any more', () => {
  const back = (s: number) => (s < 300 ? runs()(s) : s < 900 ? silentSince(300) : home)
  expect(linesWith(back, 1_200)).toEqual([
    `600 alert-asked silent-overdue ${aidar}`,
    `660 alert-raised silent-overdue ${aidar}`,
    '900 alert-cleared over',
  ])
})

test('[AT5] [AT24] nor is a phone that is heard again there one without contact', () => {
  const frost: RunEvent = { type: 'conditions-set', heat: 'frost', alertsOff: [] }
  const back = (s: number) => (s < 300 ? runs()(s) : s < 700 ? silentSince(300) : home)
  expect(linesWith(back, 1_000, frost)).toEqual([`600 alert-raised no-contact ${aidar}`, '700 alert-cleared over'])
})

test.each(['silent-overdue', 'no-contact'] as const)(
  '[AT5] %s does not end because another node begins to look, one was held up, or the network was away',
  (rule) => {
    const told = { alertId: p.alert(1), rule, memberId: aidar, value: 5, sinceMs: START_MS + 300_000 } as const
    const heat = rule === 'no-contact' ? 'frost' : 'mild'
    const raised = at(START_MS + 660_000, { type: 'alert-raised', ...told })
    const away = {
      alertId: p.alert(2),
      rule: 'network',
      memberId: null,
      value: 7,
      sinceMs: START_MS + 670_000,
    } as const
    const network = [
      at(START_MS + 680_000, { type: 'alert-raised', ...away }),
      at(START_MS + 695_000, { type: 'alert-cleared', alertId: p.alert(2), over: 'over' }),
    ]
    const cast = new Map<MemberId, (s: number) => Sight>([[aidar, () => silentSince(300)]])
    for (const [i, id] of [madina, ...others].entries()) cast.set(id, runs(20 * (i + 1)))
    const before = [...eight, event({ type: 'conditions-set', heat, alertsOff: [] }), raised]
    for (const history of [before, [...before, ...network]])
      expect(linesOf(lookedOver({ history, cast, fromS: 700, untilS: 1_000 }).told).filter(isCleared)).toEqual([])
  },
)
const isCleared = (line: string) => line.includes('alert-cleared')

test('[AT5] [AT25] whoever has come to the end falls behind no more', () => {
  const slow = (s: number) => (s < 1_200 ? runs(0, 2)(s) : home)
  const told = linesWith(slow, 1_500)
  expect(told[0]).toMatch(/alert-raised straggling mbr_aidar/)
  expect(told.slice(1)).toEqual(['1260 alert-cleared over'])
})
