import { expect, test } from 'vitest'
import { isRefusal, planOf, planRun, readRouteFile, sharedRoute } from '../../client/net/http-calls.ts'
import { newSecretKey } from '../../client/net/new-id.ts'
import type { PlanRun } from '../../shared/protocol/http.ts'
import { DAY_MS, HOUR_MS } from '../../shared/units.ts'
import { planWish } from '../support/raw-messages.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, wish } from '../support/world.ts'

const drawn = JSON.stringify({
  type: 'LineString',
  coordinates: [
    [71.4, 51.1],
    [71.404, 51.1],
    [71.404, 51.103],
    [71.4, 51.103],
    [71.4, 51.1],
  ],
})
const groups = [
  { name: 'Fast', colour: '#cc2200', targetPaceMps: 3.2 },
  { name: 'Жай', colour: '#2266cc', targetPaceMps: null },
]
const whole = {
  title: 'Sunday',
  expectedDurationMs: 3 * HOUR_MS,
  longestDurationMs: 6 * HOUR_MS,
  routeFile: drawn,
  routeLaps: 3,
  groups,
  heat: 'warm',
  alertsOff: ['stopped'],
  helpersWanted: 4,
  retentionDays: 2,
  hasWatcherLink: false,
} satisfies Partial<PlanRun>
const aPlan = (more: Partial<PlanRun> = {}) => planWish({ ...more }) as PlanRun

test('[RN11] a run is there with its route, groups, conditions and helpers wanted, and without a watcher link if so planned', async () => {
  const world = await aWorld()
  const planned = await aRun(world, whole)
  const { run, words } = (await aPhone(world, planned.seat)).view()
  expect(run.head).toMatchObject({ heat: 'warm', alertsOff: ['stopped'], helpersWanted: 4, retentionMs: 2 * DAY_MS })
  const shown = [...run.groups.values()].map(({ groupId, colour, targetPaceMps }) => ({
    name: words.get(`group:${groupId}`)?.text,
    colour,
    targetPaceMps,
  }))
  expect(shown.sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''))).toEqual(groups)
  expect(run.head.route?.lengthM).toBeGreaterThan(3_500)
  expect([...run.invites.values()].map(({ role }) => role).sort()).toEqual(['cyclist', 'leader', 'runner'])
  await expect(aSeat(world, planned.invites.watcher, 'Mum')).rejects.toThrow('not-a-member')
})

test('[RN11] a plan asked again, also with another route, changes nothing of the run', async () => {
  const world = await aWorld()
  const plan = aPlan(whole)
  const first = await planRun(world.url(), plan)
  if (!first.ok) throw new Error(first.code)
  const before = await sharedRoute(world.url(), first.seat)
  expect(await planRun(world.url(), { ...plan, routeLaps: 5, groups: [], helpersWanted: 9 })).toEqual(first)
  const { run } = (await aPhone(world, first.seat)).view()
  expect([run.groups.size, run.head.helpersWanted]).toEqual([2, 4])
  expect(await sharedRoute(world.url(), first.seat)).toEqual(before)
})

test('[RN13] another run like it has its plan and its route as it is now, and nobody of it', async () => {
  const world = await aWorld()
  const earlier = await aRun(world, whole)
  await aSeat(world, earlier.invites.runner, 'Aidar')
  const leader = await aPhone(world, earlier.seat)
  await wish(leader, { type: 'start-run' })
  await wish(leader, { type: 'end-run', despiteMissing: true })
  const before = leader.view().run

  const plan = await planOf(world.url(), earlier.seat)
  if (!plan.ok) throw new Error(plan.code)
  const { ok, plannedStartMs, ...copied } = plan
  expect(copied).toEqual({
    title: 'Sunday',
    expectedDurationMs: 3 * HOUR_MS,
    longestDurationMs: 6 * HOUR_MS,
    groups,
    heat: 'warm',
    alertsOff: ['stopped'],
    helpersWanted: 4,
    retentionDays: 2,
    hasWatcherLink: false,
    hasRoute: true,
  })
  const next = await aRun(world, { plannedStartMs: plannedStartMs + 7 * DAY_MS, again: { seat: earlier.seat } })
  expect(next.runId).not.toBe(earlier.runId)
  const { run } = (await aPhone(world, next.seat)).view()
  expect([run.members.size, run.head.phase]).toEqual([1, 'planned'])
  expect(run.head.route).toEqual(before.head.route)
  expect(await sharedRoute(world.url(), next.seat)).toEqual(await sharedRoute(world.url(), earlier.seat))
  expect(leader.view().run.version).toBe(before.version)

  const other = await aRun(world, { again: { seat: earlier.seat }, routeFile: drawn })
  expect(await sharedRoute(world.url(), other.seat)).not.toHaveProperty('laps')
})

test('[RN13] only who leads the earlier run, and still does, may take it over', async () => {
  const world = await aWorld()
  const earlier = await aRun(world, whole)
  const runner = await aSeat(world, earlier.invites.runner, 'Aidar')
  const notTheirs = { ok: false, code: 'not-for-your-role' }
  expect(await planOf(world.url(), runner)).toMatchObject(notTheirs)
  expect(await planRun(world.url(), aPlan({ again: { seat: runner } }))).toMatchObject({
    ...notTheirs,
    field: 'again.seat',
  })
  for (const seat of ['nonsense', `${earlier.seat}x`])
    expect(await planRun(world.url(), aPlan({ again: { seat } }))).toMatchObject({
      code: 'not-a-member',
      field: 'again.seat',
    })
  expect(await planOf(world.url(), 'nonsense')).toMatchObject({ code: 'not-a-member' })
  const leader = await aPhone(world, earlier.seat)
  await aSeat(world, earlier.invites.leader, 'Dana')
  const dana = await until(() => {
    const third = [...leader.view().run.members.values()].find(({ memberNo }) => memberNo === 3)
    if (!third) throw new Error('the leader has not heard of Dana')
    return third
  })
  await wish(leader, { type: 'pass-leadership', toMemberId: dana.memberId })
  expect(await planOf(world.url(), earlier.seat)).toMatchObject(notTheirs)
})

test('[RN14] a run is kept for a day at least, and no longer than the house keeps any', async () => {
  const world = await aWorld({ RETENTION_DAYS: 5 })
  for (const retentionDays of [0, 6, 1.5, -1])
    expect(await planRun(world.url(), aPlan({ retentionDays }))).toMatchObject({
      code: 'malformed',
      field: 'retentionDays',
    })
  for (const [retentionDays, days] of [
    [1, 1],
    [5, 5],
    [null, 5],
  ] as const) {
    const planned = await aRun(world, { retentionDays })
    expect((await aPhone(world, planned.seat)).view().run.head.retentionMs).toBe(days * DAY_MS)
  }
})

test('[RN12] a plan changed by its leader is told to all, and links go on opening the run', async () => {
  const world = await aWorld()
  const nowMs = Date.now()
  const planned = await aRun(world, { plannedStartMs: nowMs + HOUR_MS, longestDurationMs: 2 * HOUR_MS })
  const [leader, runner] = [
    await aPhone(world, planned.seat),
    await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar')),
  ]
  const plannedStartMs = nowMs + 9 * DAY_MS
  await wish(leader, {
    type: 'change-plan',
    title: 'Later',
    plannedStartMs,
    expectedDurationMs: HOUR_MS,
    helpersWanted: 1,
  })
  await expect.poll(() => runner.view().run.head.plannedStartMs).toBe(plannedStartMs)
  expect(runner.view().words.get('title')?.text).toBe('Later')
  const invites = [...leader.view().run.invites.values()].map(({ expiresAtMs }) => expiresAtMs)
  expect(new Set(invites)).toEqual(new Set([plannedStartMs + 2 * HOUR_MS]))
})

test('[RN11] a route file is read without a run, laps and all, and a bad one is refused by its field', async () => {
  const world = await aWorld()
  const route = await readRouteFile(world.url(), drawn, 4)
  if (isRefusal(route)) throw new Error(route.code)
  expect(route.laps?.count).toBe(4)
  const { runId, seat } = await aRun(world, { routeFile: drawn, routeLaps: 4 })
  expect([runId, await sharedRoute(world.url(), seat)]).toEqual([runId, route])
  expect(await readRouteFile(world.url(), 'nonsense')).toMatchObject({ code: 'malformed', field: 'routeFile.file' })
  expect(await planRun(world.url(), aPlan({ createKey: newSecretKey(), routeFile: '{}' }))).toMatchObject({
    code: 'malformed',
  })
})
