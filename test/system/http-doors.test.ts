import { expect, test } from 'vitest'
import { join, lookAtInvite, planRun } from '../../client/net/http-calls.ts'
import { newId } from '../../client/net/new-id.ts'
import type { Join, PlanRun } from '../../shared/protocol/http.ts'
import { DAY_MS, type InviteId } from '../../shared/units.ts'
import { aSocket, http, turnedAway } from '../support/raw-doors.ts'
import { joinWish, planWish } from '../support/raw-messages.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing } from '../support/world.ts'

const refused = { ok: false, code: 'not-a-member' }

/** An invite made by the leader, and its secret. */
async function anInvite(leader: Awaited<ReturnType<typeof aPhone>>, more: { maxUses?: number; expiresAtMs?: number }) {
  const inviteId = newId<InviteId>('inv')
  const said = await leader.send({
    type: 'issue-invite',
    inviteId,
    role: 'runner',
    groupId: null,
    wardId: null,
    maxUses: 10,
    expiresAtMs: leader.nowMs() + 3_600_000,
    ...more,
  })
  if (!said.ok || !said.invite) throw new Error(JSON.stringify(said))
  return { inviteId, invite: said.invite }
}
const aJoin = (invite: string): Join => ({ ...joinWish(), invite })

test('[HD1] a plan asked again with the same key is the same run, whatever else it says now', async () => {
  const world = await aWorld()
  const wish = planWish({ title: 'Sunday' }) as PlanRun
  const first = await planRun(world.url(), wish)
  expect(first).toMatchObject({ ok: true })
  expect(await Promise.all([planRun(world.url(), wish), planRun(world.url(), { ...wish, title: 'Monday' })])).toEqual([
    first,
    first,
  ])
  const phone = await aPhone(world, first.ok ? first.seat : '')
  expect(phone.view().words.get('title')?.text).toBe('Sunday')
  expect(phone.view().run.members.size).toBe(1)
})

test('[HD2] a join asked again with the same key is the same seat, and one use of the invite', async () => {
  const world = await aWorld()
  const leader = await aPhone(world, (await aRun(world)).seat)
  const { invite, inviteId } = await anInvite(leader, { maxUses: 1 })
  const wish = aJoin(invite)
  const [first, second] = await Promise.all([join(world.url(), wish), join(world.url(), wish)])
  expect(first).toMatchObject({ ok: true })
  expect([second, await join(world.url(), { ...wish, name: 'B' })]).toEqual([first, first])
  await until(() => expect(leader.view().run.invites.get(inviteId)).toMatchObject({ uses: 1 }))
})

test('[HD3] an invite gives as many seats as it says, also to those who ask at once', async () => {
  const world = await aWorld()
  const leader = await aPhone(world, (await aRun(world)).seat)
  const { invite } = await anInvite(leader, { maxUses: 3 })
  const answers = await Promise.all(Array.from({ length: 10 }, () => join(world.url(), aJoin(invite))))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(3)
  expect(new Set(answers.map((said) => (said.ok ? said.memberId : '')))).toHaveProperty('size', 4)
  expect(answers.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 7 }, () => refused))
})

test('[HD4] an invite that is over or withdrawn gives no seat and tells nothing', async () => {
  const world = await aWorld({ TIME_SCALE: 1_000 })
  const leader = await aPhone(world, (await aRun(world)).seat)
  const { invite } = await anInvite(leader, { expiresAtMs: leader.nowMs() + 1_000_000 })
  const other = await anInvite(leader, { expiresAtMs: leader.nowMs() + DAY_MS })
  const shown = { ok: true, title: 'Sunday', role: 'runner', leaderName: 'Lena', plannedStartMs: expect.any(Number) }
  await until(async () => expect(await lookAtInvite(world.url(), invite)).toEqual(refused))
  expect(await join(world.url(), aJoin(invite))).toEqual(refused)

  expect(await lookAtInvite(world.url(), other.invite)).toEqual(shown)
  expect(await leader.send({ type: 'withdraw-invite', inviteId: other.inviteId })).toMatchObject({ ok: true })
  expect(await lookAtInvite(world.url(), other.invite)).toEqual(refused)
  expect(await join(world.url(), aJoin(other.invite))).toEqual(refused)
})

test('[HD5] a member who is seated on another phone is out on the old one at once', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const wish = aJoin(planned.invites.runner)
  const joined = await join(world.url(), wish)
  if (!joined.ok) throw new Error('not joined')
  const old = await aSocket(world, joined.seat)
  const gone = new Promise((resolve) => old.on('gone', resolve))
  const said = await leader.send({ type: 'reseat-member', memberId: joined.memberId })
  if (!said.ok || !said.seat) throw new Error('no new seat')

  expect(await gone).toEqual({ reason: 'removed' })
  await until(() => expect(old.connected).toBe(false))
  expect(await turnedAway(world, joined.seat)).toEqual(refused)
  expect(await http(world, 'GET', '/api/track.gpx', { seat: joined.seat })).toMatchObject({
    status: 403,
    said: refused,
  })
  expect(await join(world.url(), wish)).toEqual(refused)
  const phone = await aPhone(world, said.seat)
  expect(phone.view().myId).toBe(joined.memberId)
  await startsSharing(phone)
})

test('[HD5] a leader who is seated on another phone cannot come back by planning again', async () => {
  const world = await aWorld()
  const wish = planWish({}) as PlanRun
  const planned = await planRun(world.url(), wish)
  if (!planned.ok) throw new Error('not planned')
  const other = await aPhone(world, await aSeat(world, planned.invites.leader, 'Timur'))
  const said = await other.send({ type: 'reseat-member', memberId: planned.memberId })
  if (!said.ok || !said.seat) throw new Error('no new seat')
  expect(await planRun(world.url(), wish)).toEqual(refused)
  expect((await aPhone(world, said.seat)).view().myId).toBe(planned.memberId)
})

test('[HD6] a removed member is out at once, and their seat opens neither door again', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const phone = await aPhone(world, seat)
  const memberId = phone.view().myId
  if (!memberId) throw new Error('no id')
  expect(await leader.send({ type: 'remove-member', memberId })).toMatchObject({ ok: true })
  await until(() => expect(phone.view()).toMatchObject({ link: 'gone', goneReason: 'removed' }))
  expect(await turnedAway(world, seat)).toEqual(refused)
  for (const [method, path] of [
    ['GET', '/api/route'],
    ['PUT', '/api/route'],
    ['GET', '/api/track.csv'],
    ['POST', '/api/tracker'],
    ['GET', '/api/tracker/x'],
  ] as const) {
    const body = method === 'GET' ? {} : { body: {} }
    expect([path, (await http(world, method, path, { seat, ...body })).said]).toEqual([path, refused])
  }
})
