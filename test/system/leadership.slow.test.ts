import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, wish } from '../support/world.ts'

test('[LS1] when the leader’s phone is gone for ten minutes another leads, and they lead on when they are back', async () => {
  // Ten minutes are three seconds here.
  const world = await aWorld({ TIME_SCALE: 200 })
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  const cyclist = await aPhone(world, await aSeat(world, planned.invites.cyclist, 'Dana'))
  await wish(leader, { type: 'start-run' })
  const roleOf = (phone: typeof runner) => {
    const { run, myId } = phone.view()
    return myId && run.members.get(myId)?.role
  }
  await leader.close()
  await until(() => expect(roleOf(cyclist)).toBe('leader'))
  expect(roleOf(runner)).toBe('runner')
  // And sees what leaders see.
  await until(() => expect(cyclist.view().run.invites.size).toBeGreaterThan(0))

  const back = await aPhone(world, planned.seat)
  expect(roleOf(back)).toBe('leader')
  await wish(back, { type: 'send-message', messageId: 'msg_000000000001' as never, text: 'Back', groupId: null })
}, 30_000)
