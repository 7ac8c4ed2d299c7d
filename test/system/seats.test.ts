import { expect, onTestFinished, test } from 'vitest'
import { openPhone } from '../../client/net/open-phone.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, asksForWater, aWorld, startsSharing, wish } from '../support/world.ts'

test('[MB9] a re-seated member goes on where they were, and the old phone is out at once', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const old = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  await wish(leader, { type: 'start-run' })
  const requestId = await asksForWater(old)
  const memberId = old.view().myId
  if (!memberId) throw new Error('no id')

  const answer = await leader.send({ type: 'reseat-member', memberId })
  if (!answer.ok || !answer.seat) throw new Error(JSON.stringify(answer))
  await until(() => expect(old.view()).toMatchObject({ link: 'gone', goneReason: 'removed' }))
  expect(await old.send({ type: 'cancel-request', requestId })).toMatchObject({ code: 'not-a-member' })

  const next = await aPhone(world, answer.seat)
  expect(next.view().myId).toBe(memberId)
  await wish(next, { type: 'cancel-request', requestId })
})

test('[G2] of cyclists who claim at once one has it, and the others are told', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  const cyclists = await Promise.all(
    ['Dana', 'Timur', 'Saule'].map(async (name) => aPhone(world, await aSeat(world, planned.invites.cyclist, name))),
  )
  await wish(leader, { type: 'start-run' })
  const requestId = await asksForWater(runner)
  const answers = await Promise.all(cyclists.map((cyclist) => cyclist.send({ type: 'claim-request', requestId })))
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.code)).toSorted()).toEqual([
    'ok',
    'someone-else-has-it',
    'someone-else-has-it',
  ])
})

test('[RQ12] a request that nobody serves goes to the leader after fifteen minutes, with nobody connected', async () => {
  const world = await aWorld({ TIME_SCALE: 1_000 })
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  await wish(leader, { type: 'start-run' })
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const runner = await aPhone(world, seat)
  const requestId = await asksForWater(runner)
  await runner.close()
  await leader.close()
  // Fifteen minutes are 0.9 s here; a new phone finds the fact, whoever was there.
  const later = await aPhone(world, planned.seat)
  await until(() => expect(later.view().run.requests.get(requestId)?.escalatedAtMs).not.toBeNull())
})

test('[G8] at retention the run is forgotten, and phones forget it too', async () => {
  const world = await aWorld({ TIME_SCALE: 1_000, RETENTION_DAYS: 0.02 as never })
  const planned = await aRun(world)
  const storage = memoryPhoneStorage()
  const leader = await aPhone(world, planned.seat, { storage })
  await startsSharing(leader)
  leader.addFix({ latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs: leader.nowMs() })
  await leader.allFixesStored()
  await wish(leader, { type: 'start-run' })
  await wish(leader, { type: 'end-run', despiteMissing: true })
  await until(() => expect(leader.view()).toMatchObject({ link: 'gone', goneReason: 'forgotten' }))
  await until(async () => expect(await storage.keys()).toEqual([]))
  const again = openPhone({ urls: [world.url()], seat: planned.seat, storage: memoryPhoneStorage() })
  onTestFinished(() => again.close())
  await until(() => expect(again.view().link).toBe('gone'))
})

test('[FR5] a dark phone is sent no frames, and a key frame when somebody looks again', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat, { isLooking: false })
  const watcher = await aPhone(world, await aSeat(world, planned.invites.watcher, 'Mum'))
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  await startsSharing(runner)
  const memberId = runner.view().myId
  if (!memberId) throw new Error('no id')
  runner.addFix({ latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs: runner.nowMs() })
  await until(() => expect(watcher.view().places.has(memberId)).toBe(true))
  expect(leader.view().places.has(memberId)).toBe(false)
  leader.look(true)
  await until(() => expect(leader.view().places.get(memberId)).toMatchObject({ latitudeDeg: 51.1 }))
})
