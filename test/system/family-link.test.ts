import { expect, test } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import type { InviteId } from '../../shared/units.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, wish } from '../support/world.ts'

test('[MB20] a runner is answered with the link, and who opens it sees them and nobody else who runs', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  const other = await aPhone(world, await aSeat(world, planned.invites.runner, 'Madina'))
  await wish(leader, { type: 'start-run' })
  const { myId } = runner.view()
  const inviteId = newId<InviteId>('inv')
  const answer = await runner.send({
    type: 'issue-invite',
    inviteId,
    role: 'guardian',
    groupId: null,
    wardId: myId,
    maxUses: 10,
    expiresAtMs: runner.view().run.head.latestEndMs,
  })
  if (!answer.ok || !answer.invite) throw new Error(JSON.stringify(answer))
  // The fact is hidden from runners, also from who made it (VS5).
  expect(runner.view().run.invites.size).toBe(0)

  const mother = await aPhone(world, await aSeat(world, answer.invite, 'Mother'))
  const mine = mother.view().myId
  await until(() =>
    expect([...mother.view().run.members.values()].map(({ memberId }) => memberId).sort()).toEqual(
      [myId, mine, leader.view().myId].sort(),
    ),
  )
  expect(mother.view().run.members.has(other.view().myId as never)).toBe(false)

  await wish(runner, { type: 'withdraw-invite', inviteId })
  await expect(aSeat(world, answer.invite, 'Aunt')).rejects.toThrow('not-a-member')
})
