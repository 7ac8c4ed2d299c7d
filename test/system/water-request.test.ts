import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, asksForWater, aWorld, startsSharing, wish } from '../support/world.ts'

test('[SY1] a water request goes from a runner to a cyclist and back as a bottle', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  const cyclist = await aPhone(world, await aSeat(world, planned.invites.cyclist, 'Dana'))
  const other = await aPhone(world, await aSeat(world, planned.invites.cyclist, 'Timur'))
  await wish(leader, { type: 'start-run' })
  await startsSharing(runner)

  const requestId = await asksForWater(runner)
  const seen = (phone = runner) => phone.view().run.requests.get(requestId)
  await until(() => expect(seen(cyclist)).toMatchObject({ status: 'open', kind: 'water' }))

  await wish(cyclist, { type: 'claim-request', requestId })
  expect(await other.send({ type: 'claim-request', requestId })).toMatchObject({ code: 'someone-else-has-it' })
  await until(() => expect(seen()).toMatchObject({ status: 'claimed', cyclistId: cyclist.view().myId }))
  expect(runner.view().words.get(`name:${cyclist.view().myId}`)?.text).toBe('Dana')

  const runnerId = runner.view().myId
  if (!runnerId) throw new Error('no id')
  await wish(cyclist, {
    type: 'record-hand-over',
    handOverId: `hov_${'a'.repeat(20)}` as never,
    runnerId,
    kind: 'water',
    quantity: 1,
  })
  for (const phone of [runner, cyclist, leader])
    await until(() => expect(seen(phone)).toMatchObject({ status: 'delivered' }))
  expect(seen(leader)).toEqual(seen(cyclist))
})

test('[SY2] a place goes from a phone to every screen, and its fix into the track', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const watcher = await aPhone(world, await aSeat(world, planned.invites.watcher, 'Mum'), { frames: 'json' })
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  await startsSharing(runner)
  const fix = { latitudeDeg: 51.128, longitudeDeg: 71.4304, takenAtMs: runner.nowMs(), accuracyM: 5 }
  runner.addFix(fix)

  const myId = runner.view().myId
  if (!myId) throw new Error('no id')
  for (const phone of [leader, watcher, runner])
    await until(() =>
      expect(phone.view().places.get(myId)).toMatchObject({ latitudeDeg: 51.128, longitudeDeg: 71.4304, accuracyM: 5 }),
    )
  await runner.allFixesStored()
  expect(runner.view().waitingFixCount).toBe(0)
})
