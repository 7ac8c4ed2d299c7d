import { expect, test } from 'vitest'
import { changeRoute, isRefusal, sharedRoute } from '../../client/net/http-calls.ts'
import { newId } from '../../client/net/new-id.ts'
import type { ChangeRoute, SharedRoute } from '../../shared/protocol/http.ts'
import type { CommandId, RouteId } from '../../shared/units.ts'
import { aScene, http } from '../support/raw-doors.ts'
import { malformedAt } from '../support/raw-messages.ts'
import { aPhone, aRun, aSeat, aWorld, type World } from '../support/world.ts'

/** 1.1 km north and back, as a page that draws on a map would send it. */
const drawn = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'LineString',
        coordinates: [
          [71.4, 51.1],
          [71.4, 51.11],
          [71.4, 51.1],
        ],
      },
    },
    { type: 'Feature', properties: { name: 'Water' }, geometry: { type: 'Point', coordinates: [71.4, 51.105] } },
  ],
})

const routeOf = async (world: World, seat: string): Promise<SharedRoute> => {
  const route = await sharedRoute(world.url(), seat)
  if (isRefusal(route)) throw new Error(route.code)
  return route
}
const aChange = (routeId: RouteId, change: ChangeRoute['change']): ChangeRoute => ({
  commandId: newId<CommandId>('cmd'),
  routeId,
  change,
})

test('[RT10] a leader changes the route during the run, and every seat is told and given the new line', async () => {
  const world = await aWorld()
  const planned = await aRun(world, { routeFile: drawn, routeLaps: 3 })
  const leader = await aPhone(world, planned.seat)
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const runner = await aPhone(world, seat)
  const routeId = () => runner.view().run.head.route?.routeId as RouteId
  await leader.send({ type: 'start-run' })
  const before = await routeOf(world, seat)
  expect(before).toMatchObject({ laps: { count: 3 }, namedPoints: [{ name: 'Water' }] })
  expect(before.namedPoints[0]?.atM).toHaveLength(6)

  const first = routeId()
  const twoLaps = aChange(first, { kind: 'laps', laps: 2 })
  expect(await changeRoute(world.url(), planned.seat, twoLaps)).toMatchObject({ ok: true, isFact: true })
  await expect.poll(routeId).not.toBe(first)
  const after = await routeOf(world, seat)
  expect(after).toMatchObject({ laps: { count: 2 }, lengthM: expect.closeTo((before.lengthM * 2) / 3, 6) })
  expect(runner.view().run.head.route?.lengthM).toBe(after.lengthM)
})

test('[RT9] a change asked again is answered as the first time, and one of a route that was replaced is refused', async () => {
  const world = await aWorld()
  const planned = await aRun(world, { routeFile: drawn })
  const leader = await aPhone(world, planned.seat)
  const routeId = () => leader.view().run.head.route?.routeId as RouteId
  const first = routeId()
  const sooner = aChange(first, { kind: 'end', atM: 600 })
  const answered = await changeRoute(world.url(), planned.seat, sooner)
  expect(answered).toMatchObject({ ok: true })
  expect(await changeRoute(world.url(), planned.seat, sooner)).toEqual(answered)
  expect((await routeOf(world, planned.seat)).lengthM).toBeCloseTo(600, 1)

  const other = aChange(first, { kind: 'end', atM: 300 })
  expect(await changeRoute(world.url(), planned.seat, other)).toMatchObject({ code: 'no-such-thing', field: 'routeId' })
  await expect.poll(routeId).not.toBe(first)
  expect(await changeRoute(world.url(), planned.seat, aChange(routeId(), { kind: 'reverse' }))).toMatchObject({
    ok: true,
  })
  expect(await changeRoute(world.url(), planned.seat, sooner)).toEqual(answered)
  expect((await routeOf(world, planned.seat)).points[1]).toEqual({ latitudeDeg: 51.1, longitudeDeg: 71.4 })
})

test('[RT10] only a leader changes a route, and a change that cannot be is refused by its field', async () => {
  const { world, planned, badSeat, unharmed } = await aScene()
  const change = (body: unknown, seat = planned.seat) => http(world, 'PATCH', '/api/route', { seat, body })
  const none = aChange('rte_000000000000' as RouteId, { kind: 'reverse' })
  expect((await change(none)).said).toMatchObject({ code: 'no-such-thing', field: 'routeId' })
  expect((await change(none, badSeat)).said).toMatchObject({ code: 'not-for-your-role' })
  for (const [wrong, field] of [
    [{ kind: 'undo' }, 'change.kind'],
    [{ kind: 'end', atM: 0 }, 'change.atM'],
    [{ kind: 'end', atM: '5' }, 'change.atM'],
    [{ kind: 'laps', laps: 1.5 }, 'change.laps'],
    [{ kind: 'reverse', atM: 5 }, 'change.atM'],
  ] as const)
    expect((await change({ ...none, change: wrong })).said).toEqual(malformedAt(field))
  await unharmed()

  const other = await aRun(world, { routeFile: drawn })
  const { routeId } = (await aPhone(world, other.seat)).view().run.head.route ?? {}
  const beyond = aChange(routeId as RouteId, { kind: 'end', atM: 99_000 })
  expect((await change(beyond, other.seat)).said).toEqual(malformedAt('change.atM'))
})
