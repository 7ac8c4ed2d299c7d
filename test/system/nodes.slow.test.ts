import { expect, test } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import { type Store, StoreAway } from '../../server/store/store.ts'
import type { MemberId, RequestId } from '../../shared/units.ts'
import { someNodes } from '../support/nodes.ts'
import { aSocket, ask, turnedAway } from '../support/raw-doors.ts'
import { inTime, until } from '../support/until.ts'
import { aPhone, aRun, aSeat, asksForWater, startsSharing, type World, wish } from '../support/world.ts'

/** A leader on the first node, a runner on the second, two cyclists on the second and the third. */
async function aSpreadRun(nodeCount = 3) {
  const nodes = await someNodes(nodeCount)
  const at = (node: number) => nodes.worlds[node % nodeCount] as World
  const planned = await aRun(at(0))
  const leader = await aPhone(at(0), planned.seat)
  await wish(leader, { type: 'start-run' })
  const seats = {
    runner: await aSeat(at(1), planned.invites.runner, 'Aidar'),
    dana: await aSeat(at(1), planned.invites.cyclist, 'Dana'),
    timur: await aSeat(at(2), planned.invites.cyclist, 'Timur'),
  }
  const runner = await aPhone(at(1), seats.runner)
  const dana = await aPhone(at(1), seats.dana)
  const timur = await aPhone(at(2), seats.timur)
  await startsSharing(runner)
  return { nodes, at, planned, leader, seats, runner, dana, timur }
}

/** Each call is rejected after a while: at most two seconds (ST17). */
const away = (store: Store, afterMs = 0): Store =>
  new Proxy(store, {
    get: (_, name) =>
      name === 'silentMs'
        ? () => 1_000
        : () => new Promise((_, reject) => setTimeout(() => reject(new StoreAway('nobody answers')), afterMs)),
  })

test('[ND1] a wish and a place go from a phone on one node to the phones on the others', async () => {
  const { leader, runner, timur } = await aSpreadRun()
  const requestId = await asksForWater(runner)
  for (const phone of [leader, timur])
    await until(() => expect(phone.view().run.requests.get(requestId)).toMatchObject({ status: 'open' }))
  const myId = runner.view().myId as MemberId
  const takenAtMs = runner.nowMs()
  runner.addFix({ latitudeDeg: 51.128, longitudeDeg: 71.4304, accuracyM: 5, takenAtMs })
  for (const phone of [leader, timur])
    await until(() => {
      const place = phone.view().places.get(myId)
      expect(place).toMatchObject({ latitudeDeg: 51.128, longitudeDeg: 71.4304, accuracyM: 5 })
      expect(Math.abs((place?.takenAtMs ?? 0) - takenAtMs)).toBeLessThanOrEqual(100)
    })
})

test('[ND2] what no hint has told is found by asking the store', async () => {
  const { nodes, leader, runner, timur } = await aSpreadRun()
  nodes.bus.shut()
  const requestId = await asksForWater(runner)
  const seen = [leader, timur].map((phone) => until(() => expect(phone.view().run.requests.has(requestId)).toBe(true)))
  await inTime(Promise.all(seen), 4_000)
  nodes.bus.open()
})

test('[ND3] of two who claim at once on two nodes one gets it, and the other is told that it is taken', async () => {
  const { runner, dana, timur, leader } = await aSpreadRun()
  for (let i = 0; i < 20; i++) {
    const requestId = await asksForWater(runner)
    for (const phone of [dana, timur]) await until(() => expect(phone.view().run.requests.has(requestId)).toBe(true))
    const answers = await Promise.all([dana, timur].map((phone) => phone.send({ type: 'claim-request', requestId })))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: 'someone-else-has-it' })
    await wish(runner, { type: 'confirm-delivered', requestId })
    await until(() => expect(leader.view().run.requests.get(requestId)?.status).toBe('delivered'))
  }
})

test('[ND4] a seat taken away on one node is out on the others, with and without a hint, and comes in on none', async () => {
  const { nodes, at, leader, seats, dana, timur } = await aSpreadRun()
  await wish(leader, { type: 'remove-member', memberId: dana.view().myId as MemberId })
  await until(() => expect(dana.view().link).toBe('gone'))
  nodes.bus.shut()
  await wish(leader, { type: 'remove-member', memberId: timur.view().myId as MemberId })
  await until(() => expect(timur.view().link).toBe('gone'))
  for (const seat of [seats.dana, seats.timur])
    for (const node of [0, 1, 2])
      await until(async () => expect(await turnedAway(at(node), seat)).toEqual({ ok: false, code: 'not-a-member' }))
  nodes.bus.open()
})

test('[ND5] a node that has not reached the store for five seconds lets nobody in, and says so to whoever balances', async () => {
  const { nodes, at, seats } = await aSpreadRun()
  const store = nodes.store()
  nodes.use({ ...store, silentMs: () => 5_001 })
  expect(await turnedAway(at(1), seats.runner)).toMatchObject({ code: 'retry-later' })
  expect((await fetch(`${at(1).url()}/healthz`)).status).toBe(503)
  nodes.use({ ...store, silentMs: () => 4_999 })
  await aSocket(at(1), seats.runner)
  expect((await fetch(`${at(1).url()}/healthz`)).status).toBe(200)
  nodes.use(store)
})

test('[ND6] while the store is away a wish is answered in time, a place is seen, and all is done when it is back', async () => {
  const { nodes, at, planned, seats, leader, runner, dana } = await aSpreadRun()
  const store = nodes.store()
  const raw = await aSocket(at(1), seats.dana)
  const command = (requestId: RequestId) => ({
    commandId: newId('cmd'),
    command: { type: 'raise-request', requestId, kind: 'water', quantity: 1, note: null },
  })

  nodes.use(away(store))
  expect(await ask(raw, 'command', command(newId('req')))).toMatchObject({ ok: false, code: 'retry-later' })
  runner.addFix({ latitudeDeg: 51.2, longitudeDeg: 71.5, takenAtMs: runner.nowMs() })
  const myId = runner.view().myId as MemberId
  await until(() => expect(dana.view().places.get(myId)).toMatchObject({ latitudeDeg: 51.2 }))
  const asked = asksForWater(runner)

  // A store that lets itself be waited for is no excuse either: every wish takes several calls.
  nodes.use(away(store, 1_900))
  expect(await inTime(ask(raw, 'command', command(newId('req'))), 2_500)).toMatchObject({
    ok: false,
    code: 'retry-later',
  })

  nodes.use(store)
  const requestId = await asked
  await runner.allFixesStored()
  await until(() => expect(leader.view().run.requests.get(requestId)?.status).toBe('open'))
  expect(await store.readTrack(planned.runId, myId)).toHaveLength(1)
})

test('[ND7] a node that goes sends its phones to another, which answers what was under way, and no wish is lost', async () => {
  const nodes = await someNodes(2)
  const planned = await aRun(nodes.worlds[0] as World)
  const leader = await aPhone(nodes.worlds[1] as World, planned.seat, { urls: [...nodes.urls].reverse() })
  await wish(leader, { type: 'start-run' })
  const runners = await Promise.all(
    ['Aidar', 'Madina', 'Yerlan'].map(async (name) =>
      aPhone(nodes.worlds[0] as World, await aSeat(nodes.worlds[0] as World, planned.invites.runner, name), {
        urls: nodes.urls,
      }),
    ),
  )
  for (const runner of runners) await startsSharing(runner)
  const asked = runners.map((runner) => asksForWater(runner))
  const stopped = nodes.stop(0)
  const later = runners.map((runner) => runner.send({ type: 'pause', reason: 'shoe' }))
  await stopped
  const requestIds = await Promise.all(asked)
  for (const answer of await Promise.all(later)) expect(answer).toMatchObject({ ok: true })
  await until(() => {
    for (const runner of runners) expect(runner.view()).toMatchObject({ link: 'online', isCaughtUp: true })
    for (const id of requestIds) expect(leader.view().run.requests.get(id)).toBeDefined()
  })
})

test('[ND8] a node whose secret is not that of the store does not start', async () => {
  const nodes = await someNodes(1)
  const stranger = await someNodes(1)
  stranger.use(nodes.store())
  await expect((stranger.worlds[0] as World).restart()).rejects.toThrow('secrets.json')
  stranger.use(openMemoryStore())
  await stranger.start(0)
})

test('[ND9] a flood of wishes is counted over all nodes', async () => {
  const { at, seats } = await aSpreadRun(2)
  const sockets = [await aSocket(at(0), seats.dana), await aSocket(at(1), seats.dana)]
  const command = { type: 'claim-request', requestId: newId('req') }
  const answers = await Promise.all(
    Array.from({ length: 160 }, (_, i) =>
      ask(sockets[i % 2] as (typeof sockets)[0], 'command', { commandId: newId('cmd'), command }),
    ),
  )
  const tooMany = answers.filter(({ code }) => code === 'too-many')
  expect(tooMany.length).toBeGreaterThanOrEqual(40)
  expect(tooMany[0]?.retryAfterMs).toBeGreaterThan(0)
})

test('[ND10] a yes that changes nothing is not said before what it stands on is safe', async () => {
  const { nodes, at, seats, runner } = await aSpreadRun(2)
  await wish(runner, { type: 'pause', reason: 'shoe' })
  const store = nodes.store()
  nodes.use({ ...store, confirm: () => Promise.reject(new StoreAway('no replica has it')) })
  const raw = await aSocket(at(1), seats.runner)
  const again = { commandId: newId('cmd'), command: { type: 'pause', reason: 'shoe' } }
  expect(await ask(raw, 'command', again)).toMatchObject({ ok: false, code: 'retry-later' })
  nodes.use(store)
  expect(await ask(raw, 'command', again)).toMatchObject({ ok: true })
})

test('[ND11] a leader reads how many phones are connected, on whichever node', async () => {
  const { leader, runner } = await aSpreadRun()
  await until(() => expect(leader.view().counts).toMatchObject({ out: 1, connected: 4 }))
  expect(runner.view().counts).toBeNull()
})

test('[ND12] a node that has not heard that somebody shares asks before it drops their fixes', async () => {
  const nodes = await someNodes(2)
  const [one, other] = nodes.worlds as [World, World]
  const planned = await aRun(one)
  const leader = await aPhone(one, planned.seat)
  await wish(leader, { type: 'start-run' })
  const seat = await aSeat(one, planned.invites.runner, 'Aidar')
  const there = await aPhone(other, seat)
  await until(() => expect(there.view().run.head.phase).toBe('live'))
  nodes.bus.shut()
  const here = await aPhone(one, seat)
  await startsSharing(here)
  const raw = await aSocket(other, seat)
  const fix = { seq: 1, latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs: here.nowMs() }
  expect(await ask(raw, 'fixes', { streamId: 'stream01', fixes: [fix] })).toMatchObject({ ok: true, aside: {} })
  expect(await nodes.store().readTrack(planned.runId, planned.memberId)).toEqual([])
  expect(await nodes.store().readTrack(planned.runId, here.view().myId as MemberId)).toHaveLength(1)
  nodes.bus.open()
})
