/** What is said of a simulated run in the end, from facts and from what was planted. */
import { expect, test } from 'vitest'
import { newPlant, type Plant, type PlantKind } from '../../client/simulate/plants.ts'
import { newStory, type Story, tellAlert } from '../../client/simulate/story.ts'
import { verdictOf } from '../../client/simulate/verdict.ts'
import { faultsOf } from '../../client/simulate/verdict-table.ts'
import type { Alert, AlertRule } from '../../shared/run/alerts.ts'
import { HOUR_MS, type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { at, event, type Past, runOf } from '../support/given-run.ts'
import {
  aidar,
  alert,
  claimed,
  dana,
  delivered,
  ended,
  guests,
  handOver,
  madina,
  raised,
  request,
  START_MS,
  stopped,
  timur,
  underWay,
} from '../support/people.ts'

const min = (minutes: number) => START_MS + minutes * MINUTE_MS

const planted = (kind: PlantKind, memberId: MemberId | null, from: number, to: number | null, no?: number): Plant =>
  newPlant(kind, memberId, min(from), {
    endedAtMs: to === null ? null : min(to),
    requestId: no === undefined ? null : request(no),
  })

let alertNo = 0
function told(
  story: Story,
  rule: AlertRule,
  memberId: MemberId | null,
  sinceMs: number,
  ...life: [Alert['status'], number][]
) {
  alertNo++
  for (const [status, statusAtMs] of life)
    tellAlert(story, {
      alertId: alert(alertNo),
      rule,
      memberId,
      status,
      value: null,
      sinceMs,
      statusAtMs,
      answer: null,
      ownerId: null,
      sentToIds: [],
      over: null,
    })
}

const allIn = [at(min(120), stopped(aidar)), at(min(120), stopped(madina))]
const judged = (plants: readonly Plant[], story: Story, ...past: Past[]) =>
  verdictOf({ run: runOf(...underWay, ...past, ...allIn, at(min(120), ended)), planted: plants, story })

test('[SN4] what was planted is noticed by an alert of its kind, about that person, while it lasts', () => {
  const plants = [planted('off-route', aidar, 10, 16)]
  const late = newStory()
  told(late, 'off-route', aidar, min(10), ['asked', min(18)])
  const other = newStory()
  told(other, 'off-route', madina, min(10), ['asked', min(11)])
  told(other, 'stopped', aidar, min(10), ['asked', min(11)])
  const seen = newStory()
  told(seen, 'off-route', aidar, min(10), ['asked', min(11)])

  for (const story of [newStory(), late, other]) expect(judged(plants, story).missed).toHaveLength(1)
  expect(judged(plants, seen)).toMatchObject({ missed: [], noticed: [{ afterMs: MINUTE_MS }] })
})

test('[SN4] whose phone is dead and who is ticked by helpers all the way is not lost; a long gap is', () => {
  const plants = [planted('dead-phone', aidar, 70, null)]
  const often = newStory()
  often.seenAtMs.set(aidar, [min(60), min(80), min(94), min(108)])
  expect(judged(plants, often).noticed[0]?.afterMs).toBe(10 * MINUTE_MS)
  const once = newStory()
  once.seenAtMs.set(aidar, [min(80)])
  expect(judged(plants, once).missed).toEqual(plants)
})

test('[SN4] taps that were dry while bottles were left are not missed', () => {
  const dry = planted('dry-taps', null, 10, 50)
  expect(judged([dry], newStory()).missed).toEqual([dry])
  expect(judged([{ ...dry, isFelt: false }], newStory()).missed).toEqual([])
})

test('[SN4] a silent cyclist is noticed by a doubt, or by whoever took over', () => {
  const plants = [planted('silent-cyclist', dana, 10, 30, 1)]
  const past = [at(min(5), raised(1, aidar)), at(min(6), claimed(1, dana))]
  const doubted = newStory()
  doubted.doubts.push({ requestId: request(1), cyclistId: dana, atMs: min(14) })
  expect(judged(plants, doubted, ...past).noticed[0]?.afterMs).toBe(4 * MINUTE_MS)
  expect(judged(plants, newStory(), ...past).missed).toHaveLength(1)
  const takenOver = [
    at(min(12), { type: 'request-released', requestId: request(1), reason: 'lease-over' } as const),
    at(min(13), claimed(1, timur)),
    at(min(15), delivered(1, timur)),
  ]
  expect(judged(plants, newStory(), ...past, ...takenOver).missed).toHaveLength(0)
})

test('[SN4] a call for first aid is noticed when somebody owns it', () => {
  const plants = [planted('hurt', aidar, 10, 20, 1)]
  const call = at(min(10), raised(1, aidar, { kind: 'first-aid' }))
  expect(judged(plants, newStory(), call).missed).toHaveLength(1)
  const owned = judged(plants, newStory(), call, at(min(11), claimed(1, dana)))
  expect(owned).toMatchObject({ missed: [], falseAlarmCalls: 0 })
})

test('[SN5] what sounded without being planted is false; what only its runner was asked is not', () => {
  const story = newStory()
  told(story, 'silent-overdue', aidar, min(10), ['asked', min(15)], ['raised', min(16)])
  told(story, 'silent-overdue', madina, min(10), ['asked', min(15)], ['cleared', min(16)])
  told(story, 'straggling', madina, min(10), ['raised', min(15)])
  told(story, 'water-out', null, min(40), ['raised', min(40)])
  const call = at(min(20), raised(1, aidar, { kind: 'help' }))

  const verdict = judged([], story, call)
  expect(verdict).toMatchObject({ audibleCount: 2, falseAlarmCalls: 1 })
  expect(verdict.unplannedSilent).toHaveLength(2)
  expect(verdict.falseAudible.map(({ rule }) => rule)).toEqual(['silent-overdue', 'water-out'])
  expect(faultsOf(verdict, { heat: 'mild' }).join()).toContain('3 false audible alerts')
  const explained = judged([planted('dead-phone', aidar, 9, null), planted('dry-taps', null, 20, 50)], story)
  expect(explained.falseAudible).toEqual([])
})

test('[SN5] who is silent where there is no network is silent indeed, and was not to be found', () => {
  const story = newStory()
  told(story, 'silent-overdue', aidar, min(10), ['asked', min(15)], ['raised', min(16)])
  const verdict = judged([planted('no-network', aidar, 10, 17)], story)
  expect(verdict).toMatchObject({ falseAudible: [], missed: [] })
  expect(judged([planted('no-network', aidar, 10, 17)], newStory()).missed).toEqual([])
})

const brought = (no: number, cyclistId: MemberId) => delivered(no, cyclistId, { handOverId: handOver(no) })
const leftBehind = (no: number) =>
  ({ type: 'request-cancelled', requestId: request(no), reason: 'author-left' }) as const

test('[SN6] a need that was not served has a reason; only what stock did not suffice for is not held against the crew', () => {
  const past = [
    at(min(10), raised(1, aidar)),
    at(min(12), brought(1, dana)),
    at(min(50), raised(2, aidar)),
    at(min(70), leftBehind(2)),
    at(min(20), raised(3, madina)),
    at(min(40), leftBehind(3)),
    at(min(45), raised(4, madina, { kind: 'gel' })),
    at(min(55), leftBehind(4)),
  ]
  const verdict = judged(
    [planted('dry-taps', null, 45, 60), planted('dead-phone', madina, 30, null)],
    newStory(),
    ...past,
  )
  expect(verdict).toMatchObject({ needs: 4, served: 1, servedShare: 1 / 3 })
  expect([...verdict.unserved]).toEqual([
    ['out of stock', 1],
    ['phone died', 2],
  ])
  expect(verdict.waitsMs.median).toBe(2 * MINUTE_MS)
  expect([...judged([], newStory(), ...past).unserved]).toEqual([['author left', 3]])
})

test('[SN7] whoever is not accounted for in the end is counted, guests too', () => {
  const past: Past[] = [{ type: 'guests-counted', guestsId: guests(1), count: 5, startNumber: null }]
  const missing = event({ type: 'run-ended', reason: 'by-leader', missing: [aidar], missingGuestCount: 5 })
  const run = runOf(...underWay, ...past, stopped(madina), at(min(90), missing))
  const verdict = verdictOf({ run, planted: [], story: newStory() })
  expect(verdict.unaccounted).toBe(6)
  expect(faultsOf(verdict, { heat: 'mild' })).toEqual(['6 unaccounted for'])
})

test('[SN8] in frost a dead phone is to be noticed within 10 s of the threshold of its rule', () => {
  const frost = event({ type: 'conditions-set', heat: 'frost', alertsOff: [] })
  const faultsAt = (afterMs: number) => {
    const story = newStory()
    told(story, 'no-contact', aidar, min(10), ['raised', min(10) + afterMs])
    const verdict = judged([planted('dead-phone', aidar, 10, null)], story, frost)
    return faultsOf(verdict, { heat: 'frost' })
  }
  expect(faultsAt(5 * MINUTE_MS + 9 * SECOND_MS)).toEqual([])
  expect(faultsAt(5 * MINUTE_MS + 11 * SECOND_MS)).toEqual(['1 dead phones noticed late'])
})

test('[SN4] a run without faults has none', () => {
  const verdict = judged([], newStory(), at(min(10), raised(1, aidar)), at(min(12), brought(1, dana)))
  expect(faultsOf(verdict, { heat: 'mild' })).toEqual([])
  expect(verdict.hours * HOUR_MS).toBe(2 * HOUR_MS)
})
