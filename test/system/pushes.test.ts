import { expect, test } from 'vitest'
import { isRefusal, pushKey, putPush, ringForTest } from '../../client/net/http-calls.ts'
import { newId } from '../../client/net/new-id.ts'
import type { Phone } from '../../client/net/phone.ts'
import type { CommandId, MemberId, RequestId } from '../../shared/units.ts'
import { someNodes } from '../support/nodes.ts'
import { aPushService, type PushService } from '../support/push-service.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, asksForWater, startsSharing, type World, wish } from '../support/world.ts'

/** A leader and a cyclist on the first node, a runner and another cyclist on the second; nobody looks. */
async function aRungRun() {
  const service = await aPushService()
  const nodes = await someNodes(2, { PUSH_LOOPBACK: true })
  const [first, second] = nodes.worlds as [World, World]
  const planned = await aRun(first)
  const seats = {
    runner: await aSeat(second, planned.invites.runner, 'Aidar'),
    dana: await aSeat(first, planned.invites.cyclist, 'Dana'),
    timur: await aSeat(second, planned.invites.cyclist, 'Timur'),
  }
  const away = { isLooking: false }
  const leader = await aPhone(first, planned.seat, away)
  const dana = await aPhone(first, seats.dana, away)
  const runner = await aPhone(second, seats.runner, away)
  const timur = await aPhone(second, seats.timur, away)
  const subscribe = (phone: Phone, name: string) =>
    wish(phone, { type: 'set-push', subscription: service.subscription(name) })
  await subscribe(leader, 'leader')
  await subscribe(dana, 'dana')
  await subscribe(runner, 'runner')
  await subscribe(timur, 'timur')
  await wish(leader, { type: 'start-run' })
  await until(() => expect(service.whats('timur')).toEqual(['started']))
  await startsSharing(runner)
  return { nodes, first, second, planned, seats, service, leader, dana, runner, timur }
}

const rungTimes = async (service: PushService, name: string, whats: readonly string[]) =>
  until(() => expect(service.whats(name)).toEqual(['started', ...whats]))

test('[PU17] each node rings for what it has made a fact, whosever phone it is, and once', async () => {
  const { service, dana, runner, timur } = await aRungRun()
  const requestId = await asksForWater(runner)
  for (const name of ['dana', 'timur']) await rungTimes(service, name, ['asked'])
  await until(() => expect(dana.view().run.requests.has(requestId)).toBe(true))
  await wish(dana, { type: 'claim-request', requestId })
  await rungTimes(service, 'runner', ['claimed'])
  const helpId = newId<RequestId>('req')
  await wish(runner, { type: 'raise-request', requestId: helpId, kind: 'help', quantity: 1, note: null })
  for (const name of ['dana', 'timur']) await rungTimes(service, name, ['asked', 'help'])
  await until(() => expect(service.whats('leader')).toEqual(['help'])) // who began the run was not rung for it
  await wish(timur, { type: 'claim-request', requestId: helpId })
  await rungTimes(service, 'runner', ['claimed', 'claimed'])
  for (const name of ['dana', 'timur']) expect(service.whats(name)).toEqual(['started', 'asked', 'help'])
})

test('[PU19] a push is signed by the house and carries ids and kinds, for one browser to open', async () => {
  const { service, first, second, seats, runner, planned } = await aRungRun()
  const keys = await Promise.all([pushKey(first.url(), planned.seat), pushKey(second.url(), seats.runner)])
  if (isRefusal(keys[0]) || isRefusal(keys[1])) throw new Error('no key')
  expect(keys[0]).toEqual({ ok: true, publicKey: keys[1].publicKey, isHeld: true })
  const requestId = await asksForWater(runner)
  await rungTimes(service, 'timur', ['asked'])
  const [, rung] = service.rung('timur')
  const { runId } = planned
  const aboutId = runner.view().myId
  expect(rung?.note).toEqual({
    runId,
    toId: expect.stringMatching(/^mbr_/),
    what: 'asked',
    atMs: expect.any(Number),
    requestId,
    kind: 'water',
    aboutId,
  })
  expect(rung?.text).not.toMatch(/Aidar|Timur|Sunday/)
  expect(rung).toMatchObject({ signedBy: keys[0].publicKey, audience: service.origin })
  expect(rung?.headers).toMatchObject({ urgency: 'high', ttl: '600', 'content-encoding': 'aes128gcm' })
  expect(rung?.headers.topic).toMatch(/^[A-Za-z0-9_-]{32}$/)
})

test('[PU14] who looks, on whichever node, is not rung, but for a call for help; once they look away they are', async () => {
  const { nodes, planned, service, dana, runner, timur } = await aRungRun()
  const called: number[] = []
  const stop = await nodes.bus.join().listen(planned.runId, {
    onMessage: (message) => void called.push(message[0] ?? 0),
    onDoubt: () => undefined,
  })
  dana.look(true)
  await until(() => expect(called).toContain(6))
  timur.look(true)
  await until(() => expect(called.filter((kind) => kind === 6).length).toBeGreaterThanOrEqual(2))
  await asksForWater(runner)
  const gel = newId<RequestId>('req')
  await wish(runner, { type: 'raise-request', requestId: gel, kind: 'help', quantity: 1, note: null })
  for (const name of ['dana', 'timur']) await rungTimes(service, name, ['help'])
  called.length = 0
  dana.look(false)
  await until(() => expect(called).toContain(6))
  await wish(runner, { type: 'raise-request', requestId: newId('req'), kind: 'gel', quantity: 1, note: null })
  await rungTimes(service, 'dana', ['help', 'asked'])
  expect(service.whats('timur')).toEqual(['started', 'help'])
  stop()
})

test('[PU15] a subscription that is over is forgotten, and not the one that was given since', async () => {
  const { service, seats, first, runner, dana } = await aRungRun()
  service.answer('dana', 410)
  await asksForWater(runner)
  await until(() => expect(dana.view().run.members.get(dana.view().myId as MemberId)?.hasPush).toBe(false))
  expect(service.asked('dana')).toBe(2)
  expect(await pushKey(first.url(), seats.dana)).toMatchObject({ isHeld: false })
  const anew = await putPush(first.url(), seats.dana, newId<CommandId>('cmd'), service.subscription('dana2'))
  expect(anew).toMatchObject({ ok: true, isFact: true })
  await wish(runner, { type: 'raise-request', requestId: newId('req'), kind: 'gel', quantity: 1, note: null })
  await until(() => expect(service.whats('dana2')).toEqual(['asked']))
  expect(service.asked('dana')).toBe(2)
})

test('[PU4] who was removed or sits on another phone is not rung on the old one', async () => {
  const { service, leader, runner, dana, timur } = await aRungRun()
  await wish(leader, { type: 'remove-member', memberId: dana.view().myId as MemberId })
  await wish(leader, { type: 'reseat-member', memberId: timur.view().myId as MemberId })
  await until(() => expect(timur.view().link).toBe('gone'))
  await wish(runner, { type: 'raise-request', requestId: newId('req'), kind: 'help', quantity: 1, note: null })
  await until(() => expect(service.whats('leader')).toEqual(['help']))
  expect([service.asked('dana'), service.asked('timur')]).toEqual([1, 1])
})

test('[PU16] a phone is rung to try, once, and only when it can be', async () => {
  const { service, first, seats, planned } = await aRungRun()
  expect(await ringForTest(first.url(), seats.dana, 0)).toEqual({ ok: true })
  await rungTimes(service, 'dana', ['test'])
  const watcher = await aSeat(first, planned.invites.watcher, 'Mum')
  expect(await ringForTest(first.url(), watcher, 0)).toMatchObject({ code: 'no-such-thing' })
})
