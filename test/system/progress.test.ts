import { expect, test } from 'vitest'
import type { Phone } from '../../client/net/phone.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { placeAtM, routeLine } from '../../shared/geo/route.ts'
import type { MemberId } from '../../shared/units.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, wish } from '../support/world.ts'

const points: readonly Place[] = [
  { latitudeDeg: 51.1, longitudeDeg: 71.4 },
  { latitudeDeg: 51.127, longitudeDeg: 71.4 },
]
const line = routeLine(points)
const routeFile = JSON.stringify({
  type: 'LineString',
  coordinates: points.map(({ latitudeDeg, longitudeDeg }) => [longitudeDeg, latitudeDeg]),
})

/** As many fixes along the line as make a filter sure, ending there now. */
function comesTo(runner: Phone, alongM: number): void {
  for (let ago = 20; ago >= 0; ago--) {
    const { latitudeDeg, longitudeDeg } = placeAtM(line, alongM - ago * 3)
    runner.addFix({ latitudeDeg, longitudeDeg, accuracyM: 5, takenAtMs: runner.nowMs() - ago * 1_000 })
  }
}
const LATE_MS = 60_000

async function aRunnerOnARoute() {
  const world = await aWorld()
  const planned = await aRun(world, { routeFile })
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  await wish(runner, { type: 'start-sharing', sinceMs: runner.nowMs() - LATE_MS })
  const { myId } = runner.view()
  return { world, planned, runner, memberId: myId ?? expect.fail('not welcomed') }
}

const seesAt = (phone: Phone, memberId: MemberId, alongM: number) =>
  until(() => {
    const { atM = Number.NaN } = phone.view().places.get(memberId)?.progress ?? {}
    expect(Math.abs(atM - alongM)).toBeLessThan(50)
  })

test('[PG33] progress goes with the place to who sees that, as frames and as JSON', async () => {
  const { world, planned, runner, memberId } = await aRunnerOnARoute()
  const leader = await aPhone(world, planned.seat)
  const watcher = await aPhone(world, await aSeat(world, planned.invites.watcher, 'Mum'), { frames: 'json' })
  comesTo(runner, 1_240)
  for (const phone of [leader, watcher, runner]) await seesAt(phone, memberId, 1_240)
  const late = await aPhone(world, await aSeat(world, planned.invites.cyclist, 'Dana'))
  await seesAt(late, memberId, 1_240)
  expect(late.view().places.get(memberId)?.progress).toMatchObject({ rival: null, isOffRoute: false })
})

test('[PG28] after a restart of the server everybody is shown where they were along the route', async () => {
  const { world, planned, runner, memberId } = await aRunnerOnARoute()
  comesTo(runner, 2_000)
  await seesAt(runner, memberId, 2_000)
  runner.addFix({ ...placeAtM(line, 2_003), accuracyM: 5, takenAtMs: runner.nowMs() })
  await runner.allFixesStored()
  await runner.close()
  await world.restart()
  const leader = await aPhone(world, planned.seat)
  await seesAt(leader, memberId, 2_003)
})
