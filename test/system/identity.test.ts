import { expect, test } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import type { CommandId } from '../../shared/units.ts'
import { aSocket, ask } from '../support/raw-doors.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing, wish } from '../support/world.ts'

test('[G6] a known id with another wish under it opens nobody’s seat and gives no invite', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const watcher = await aSocket(world, await aSeat(world, planned.invites.watcher, 'Mum'))
  const commandId = newId<CommandId>('cmd')
  const say = (command: unknown) => ask(watcher, 'command', { commandId, command })
  expect(await say({ type: 'rename', name: 'Mother' })).toMatchObject({ ok: true })

  const reseat = await say({ type: 'reseat-member', memberId: planned.memberId })
  expect(reseat).not.toHaveProperty('seat')
  const invite = { inviteId: newId('inv'), role: 'leader', groupId: null, wardId: null, maxUses: 1 }
  const issued = await say({ type: 'issue-invite', ...invite, expiresAtMs: Date.now() + 3_600_000 })
  expect(issued).not.toHaveProperty('invite')
})

test('[BI27] the id of another member’s wish is refused', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const [aidar, madina] = await Promise.all(
    ['Aidar', 'Madina'].map(async (name) => aSocket(world, await aSeat(world, planned.invites.runner, name))),
  )
  const sent = { commandId: newId<CommandId>('cmd'), command: { type: 'rename', name: 'Somebody' } }
  if (!aidar || !madina) throw new Error('nobody there')
  expect(await ask(aidar, 'command', sent)).toMatchObject({ ok: true })
  expect(await ask(madina, 'command', sent)).toMatchObject({ ok: false, code: 'malformed', field: 'commandId' })
  expect(await ask(aidar, 'command', sent)).toMatchObject({ ok: true })
})

test('[G6] a place is gone from every screen once its owner shares no more', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const watcher = await aPhone(world, await aSeat(world, planned.invites.watcher, 'Mum'), { frames: 'json' })
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  const { myId } = runner.view()
  if (!myId) throw new Error('no id')
  await startsSharing(runner)
  runner.addFix({ latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs: runner.nowMs() })
  for (const phone of [leader, watcher]) await until(() => expect(phone.view().places.has(myId)).toBe(true))
  await wish(runner, { type: 'stop-sharing', untilMs: runner.nowMs() })
  for (const phone of [leader, watcher]) await until(() => expect(phone.view().places.has(myId)).toBe(false))
})
