import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import { openPhone } from '../../client/net/open-phone.ts'
import type { Phone } from '../../client/net/phone.ts'
import { memoryPhoneStorage, type PhoneStorage } from '../../client/net/phone-storage.ts'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import { type Fact, factSchema } from '../../shared/run/events.ts'
import { DAY_MS, type MemberId, type RequestId } from '../../shared/units.ts'
import { someNodes } from '../support/nodes.ts'
import { recordedStore } from '../support/older-store.ts'
import { aSocket, ask, dial, turnedAway } from '../support/raw-doors.ts'
import { aPhone, aRun, aSeat, asksForWater, startsSharing, type World, wish } from '../support/world.ts'

const SOON = { timeout: 8_000 }

async function aRunToLose(nodeCount = 2) {
  const nodes = await someNodes(nodeCount)
  const first = recordedStore()
  nodes.use(first.store)
  for (const world of nodes.worlds) await world.restart()
  const at = (node: number) => nodes.worlds[node % nodeCount] as World
  const planned = await aRun(at(0))
  // A third node is nobody's until a test takes it.
  const urls = { urls: nodes.urls.slice(0, 2) }
  const leader = await aPhone(at(0), planned.seat, urls)
  await wish(leader, { type: 'start-run' })
  const seats = {
    runner: await aSeat(at(1), planned.invites.runner, 'Aidar'),
    dana: await aSeat(at(1), planned.invites.cyclist, 'Dana'),
    timur: await aSeat(at(1), planned.invites.cyclist, 'Timur'),
  }
  const runner = await aPhone(at(1), seats.runner, urls)
  const dana = await aPhone(at(1), seats.dana, urls)
  await startsSharing(runner)
  return { nodes, at, planned, leader, seats, runner, dana, store: first }
}

function runs(phone: Phone, count: number): void {
  for (let i = 0; i < count; i++)
    phone.addFix({ latitudeDeg: 51.1 + i / 1e4, longitudeDeg: 71.4, takenAtMs: phone.nowMs() + i })
}

const idOf = (phone: Phone) => phone.view().myId as MemberId

test('[RC1] a wiped store gets everything back from the nodes: facts, words, route, wake time; fixes from the phones', async () => {
  const { nodes, at, planned, leader, runner } = await aRunToLose()
  runs(runner, 30)
  await runner.allFixesStored()
  const requestId = await asksForWater(runner)
  await vi.waitFor(() => expect(leader.view().run.requests.has(requestId)).toBe(true))
  const before = leader.view()

  const empty = openMemoryStore()
  nodes.use(empty)
  await vi.waitFor(async () => {
    expect((await empty.heads([planned.runId]))[0]?.version).toBe(before.run.version)
    expect(await empty.readTrack(planned.runId, idOf(runner))).toHaveLength(30)
  }, SOON)
  const newcomer = await aPhone(at(1), planned.seat)
  expect(newcomer.view().run).toEqual(before.run)
  expect(newcomer.view().words).toEqual(before.words)
  expect((await empty.dueRuns(Date.now() + 100 * DAY_MS, 10)).length).toBe(1)
  expect(await wish(runner, { type: 'cancel-request', requestId })).toBe(before.run.version + 1)
}, 20_000)

test('[RC2] a store that came back older gets the lost facts from the nodes and the lost fixes from the phones', async () => {
  const { nodes, planned, leader, runner, store } = await aRunToLose()
  runs(runner, 10)
  await runner.allFixesStored()
  const mark = store.mark()
  runs(runner, 10)
  await runner.allFixesStored()
  const requestId = await asksForWater(runner)
  await vi.waitFor(() => expect(leader.view().run.requests.has(requestId)).toBe(true))
  const { version } = leader.view().run

  const older = await store.copyAt(mark)
  nodes.use(older.store)
  await vi.waitFor(async () => {
    expect((await older.store.heads([planned.runId]))[0]?.version).toBe(version)
    expect(await older.store.readTrack(planned.runId, idOf(runner))).toHaveLength(20)
  }, SOON)
}, 20_000)

test('[RC3] what was granted on a fork is folded in again, and of two claims the journal’s stays', async () => {
  const { nodes, at, planned, leader, runner, dana, seats, store } = await aRunToLose(3)
  const requestId = await asksForWater(runner)
  const timur = await aPhone(at(2), seats.timur)
  await vi.waitFor(() => expect(dana.view().run.requests.has(requestId)).toBe(true))
  const mark = store.mark()
  // Two nodes hear of what follows; the third is new, and knows only the older store.
  await nodes.stop(2)
  await wish(dana, { type: 'claim-request', requestId })
  const second = newId<RequestId>('req')
  await wish(runner, { type: 'raise-request', requestId: second, kind: 'gel', quantity: 2, note: 'lemon' })
  await nodes.stop(0)
  await nodes.stop(1)
  const older = await store.copyAt(mark)
  nodes.use(older.store)
  await nodes.start(2)
  expect(await timur.send({ type: 'claim-request', requestId })).toMatchObject({ ok: true })
  await nodes.start(0)
  await nodes.start(1)
  const newcomer = await aPhone(at(0), planned.seat)
  await vi.waitFor(() => {
    const { run, words } = newcomer.view()
    expect(run.requests.get(requestId)).toMatchObject({ status: 'claimed', cyclistId: idOf(timur) })
    expect(run.requests.get(second)).toMatchObject({ kind: 'gel', quantity: 2, status: 'open' })
    expect(words.get(`note:${second}`)?.text).toBe('lemon')
  }, SOON)
  await vi.waitFor(() => expect(leader.view().run).toEqual(newcomer.view().run), SOON)
}, 30_000)

test('[RC9] a phone gives back its own wishes when neither a node nor a leader remembers them', async () => {
  const { nodes, at, planned, leader, runner, store } = await aRunToLose()
  const mark = store.mark()
  await leader.close()
  const requestId = await asksForWater(runner)
  for (const node of [0, 1]) await nodes.stop(node)
  const older = await store.copyAt(mark)
  nodes.use(older.store)
  for (const node of [0, 1]) await nodes.start(node)
  const newcomer = await aPhone(at(0), planned.seat)
  await vi.waitFor(() => expect(newcomer.view().run.requests.get(requestId)?.status).toBe('open'), SOON)
}, 20_000)

test('[RC9] also after its page was reloaded, and a leader’s reloaded page gives back names too', async () => {
  const { nodes, at, planned, store, leader } = await aRunToLose()
  const storages = [memoryPhoneStorage(), memoryPhoneStorage()] as const
  const zarinasSeat = await aSeat(at(0), planned.invites.runner, 'Zarina')
  const leaderPhone = await aPhone(at(0), planned.seat, { storage: storages[0] })
  const mark = store.mark()
  const zarina = await aPhone(at(0), zarinasSeat, { storage: storages[1] })
  await startsSharing(zarina)
  const requestId = await asksForWater(zarina)
  await vi.waitFor(async () => {
    expect(leaderPhone.view().run.requests.has(requestId)).toBe(true)
    for (const storage of storages)
      expect(await storage.get('told')).toMatchObject({ version: leaderPhone.view().run.version })
  })
  const before = leaderPhone.view()
  for (const phone of [leader, leaderPhone, zarina]) await phone.close()

  const reopened = async () => {
    for (const node of [0, 1]) await nodes.start(node)
    const phones = [planned.seat, zarinasSeat].map((seat, i) => {
      const phone = openPhone({ urls: [at(0).url()], seat, storage: storages[i] as PhoneStorage })
      onTestFinished(() => phone.close())
      return phone
    })
    await vi.waitFor(() => {
      for (const phone of phones) expect(phone.view().isCaughtUp).toBe(true)
    }, SOON)
    return phones
  }
  for (const node of [0, 1]) await nodes.stop(node)
  nodes.use((await store.copyAt(mark)).store)
  const [, zarinaAgain] = (await reopened()) as [Phone, Phone]
  await vi.waitFor(() => expect(zarinaAgain.view().run.requests.get(requestId)?.status).toBe('open'), SOON)

  for (const node of [0, 1]) await nodes.stop(node)
  nodes.use(openMemoryStore())
  const [lena] = (await reopened()) as [Phone]
  await vi.waitFor(() => expect(lena.view().words).toEqual(before.words), SOON)
}, 40_000)

test('[RC4] when no node remembers a run a leader’s copy brings it back, and until then nobody is shown anything', async () => {
  const { nodes, at, planned, leader, runner, dana, seats } = await aRunToLose()
  const requestId = await asksForWater(runner)
  await vi.waitFor(() => expect(leader.view().run.requests.has(requestId)).toBe(true))
  runs(runner, 5)
  await runner.allFixesStored()
  const before = leader.view()
  for (const node of [0, 1]) await nodes.stop(node)
  const empty = openMemoryStore()
  nodes.use(empty)
  await nodes.start(1)
  const raw = dial(at(1), seats.dana)
  const heard: string[] = []
  raw.onAny((event) => heard.push(event))
  await vi.waitFor(() => expect(heard).toEqual(['lost']))
  expect(await ask(raw, 'offer', { facts: [], words: [], mac: 'x', isLast: true })).toMatchObject({
    code: 'malformed',
    field: 'mac',
  })
  await nodes.start(0)
  await vi.waitFor(() => {
    for (const phone of [leader, runner, dana]) expect(phone.view()).toMatchObject({ link: 'online', isCaughtUp: true })
  }, SOON)
  await vi.waitFor(async () => {
    expect(leader.view().run).toEqual(before.run)
    expect(await empty.readTrack(planned.runId, idOf(runner))).toHaveLength(5)
  }, SOON)
  const newcomer = await aPhone(at(1), planned.seat)
  expect([newcomer.view().run, newcomer.view().words]).toEqual([before.run, before.words])
}, 30_000)

/** All facts of the run, as its leader may read them. */
async function copyOf(world: World, seat: string): Promise<{ facts: Fact[]; mac: string }> {
  const said = await ask(await aSocket(world, seat), 'journal', { fromVersion: 0, mac: '' })
  return { facts: (said.facts as unknown[]).map((fact) => factSchema.parse(fact)), mac: said.mac as string }
}

test('[RC5] a copy with a changed, missing or added fact is refused, whoever offers it', async () => {
  const { nodes, at, planned, seats } = await aRunToLose()
  const { facts, mac } = await copyOf(at(0), planned.seat)
  const middle = Math.floor(facts.length / 2)
  const middleMac = (await nodes.store().read(planned.runId, middle - 1, 1))[0]?.mac as string
  for (const node of [0, 1]) await nodes.stop(node)
  nodes.use(openMemoryStore())
  await nodes.start(1)
  const [first, ...rest] = facts as [Fact, ...Fact[]]
  const last = facts.at(-1) as Fact
  const added = { ...last, version: last.version + 1 }
  const forged = [
    { facts: [{ ...first, atMs: first.atMs + 1 }, ...rest], mac },
    { facts: rest, mac },
    { facts: facts.slice(0, -1), mac },
    { facts: [...facts, added], mac },
    { facts: facts.toReversed(), mac },
    { facts, mac: mac.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) },
  ]
  const raw = dial(at(1), seats.dana)
  await vi.waitFor(() => expect(raw.connected).toBe(true))
  for (const offer of forged)
    expect(await ask(raw, 'offer', { ...offer, words: [], isLast: true })).toMatchObject({ ok: false, field: 'mac' })
  expect(await nodes.store().heads([planned.runId])).toMatchObject([{ version: 0 }])
  const part = (from: number, to: number, mac: string) => ({ facts: facts.slice(from, to), mac, words: [] })
  expect(await ask(raw, 'offer', { ...part(0, middle, middleMac), isLast: false })).toEqual({ ok: true })
  expect(await ask(raw, 'offer', { ...part(middle, facts.length, mac), isLast: true })).toEqual({ ok: true })
  expect(await nodes.store().heads([planned.runId])).toMatchObject([{ version: facts.length, mac }])
}, 20_000)

test('[RC5] a copy says nothing new about words that are known', async () => {
  const { nodes, at, planned } = await aRunToLose()
  const { facts } = await copyOf(at(0), planned.seat)
  const links = (await nodes.store().read(planned.runId, 0, 1_000)).map(({ mac }) => mac)
  const words = [{ key: 'title', ownerId: null, text: 'Forged' }]
  const raw = await aSocket(at(0), planned.seat)
  for (const count of [facts.length, facts.length - 1]) {
    const offer = { facts: facts.slice(0, count), words, mac: links[count - 1] }
    expect(await ask(raw, 'offer', { ...offer, isLast: true })).toEqual({ ok: true })
  }
  const newcomer = await aPhone(at(0), planned.seat)
  expect(newcomer.view().words.get('title')?.text).toBe('Sunday')
})

test('[RC6] who was removed or erased stays out of a store that came back older', async () => {
  const { nodes, at, planned, leader, runner, dana, seats, store } = await aRunToLose()
  runs(runner, 3)
  await runner.allFixesStored()
  const mark = store.mark()
  const [danaId, runnerId] = [idOf(dana), idOf(runner)]
  await wish(leader, { type: 'remove-member', memberId: danaId })
  await wish(runner, { type: 'erase-me' })
  await leader.close()
  for (const node of [0, 1]) await nodes.stop(node)
  const older = await store.copyAt(mark)
  nodes.use(older.store)
  await nodes.start(1)
  for (const seat of [seats.dana, seats.runner])
    expect(await turnedAway(at(1), seat)).toEqual({ ok: false, code: 'not-a-member' })
  const newcomer = await aPhone(at(1), planned.seat)
  await vi.waitFor(() => {
    expect(newcomer.view().run.members.get(danaId)?.status).toBe('removed')
    expect(newcomer.view().run.members.get(runnerId)).toMatchObject({ isErased: true })
    expect(newcomer.view().words.has(`name:${runnerId}`)).toBe(false)
  }, SOON)
  expect(await older.store.readTrack(planned.runId, runnerId)).toEqual([])
}, 20_000)

test('[RC6] who was removed or erased stays out, though the copy is from before', async () => {
  const { nodes, at, planned, leader, runner, dana, seats } = await aRunToLose()
  const { facts, mac } = await copyOf(at(0), planned.seat)
  await wish(leader, { type: 'remove-member', memberId: idOf(dana) })
  const [danaId, runnerId] = [idOf(dana), idOf(runner)]
  await wish(runner, { type: 'erase-me' })
  await vi.waitFor(() => expect(leader.view().run.members.get(runnerId)?.isErased).toBe(true))
  await leader.close()
  expect(readFileSync(`${nodes.dirs[1]}/out.jsonl`, 'utf8')).toContain(danaId)
  for (const node of [0, 1]) await nodes.stop(node)
  const empty = openMemoryStore()
  nodes.use(empty)
  await nodes.start(1)
  expect(await turnedAway(at(1), seats.dana)).toEqual({ ok: false, code: 'not-a-member' })
  // Dana kept a copy from when she led, or somebody hands one to her: here a watcher in the lobby offers it.
  const raw = dial(at(1), seats.timur)
  await vi.waitFor(() => expect(raw.connected).toBe(true))
  const words = [{ key: `name:${runnerId}`, ownerId: runnerId, text: 'Aidar' }]
  expect(await ask(raw, 'offer', { facts, words, mac, isLast: true })).toEqual({ ok: true })
  for (const seat of [seats.dana, seats.runner])
    expect(await turnedAway(at(1), seat)).toEqual({ ok: false, code: 'not-a-member' })
  const newcomer = await aPhone(at(1), planned.seat)
  expect(newcomer.view().run.members.get(danaId)?.status).toBe('removed')
  expect(newcomer.view().run.members.get(runnerId)).toMatchObject({ status: 'removed', isErased: true })
  expect(newcomer.view().words.has(`name:${runnerId}`)).toBe(false)
  expect(await empty.readTrack(planned.runId, runnerId)).toEqual([])
}, 20_000)

test('[RC7] a run that was forgotten is brought back neither by a copy nor by an older store; its phones forget it', async () => {
  const { nodes, at, planned, seats, store: first } = await aRunToLose()
  const { facts, mac } = await copyOf(at(0), planned.seat)
  const mark = first.mark()
  const raw = dial(at(1), seats.timur)
  await vi.waitFor(() => expect(raw.connected).toBe(true))
  await nodes.store().forgetRun(planned.runId)
  await vi.waitFor(() => expect(raw.connected).toBe(false), SOON)
  for (const store of [openMemoryStore(), (await first.copyAt(mark)).store]) {
    nodes.use(store)
    const late = dial(at(1), seats.timur)
    const gone = await new Promise((resolve) => late.on('gone', resolve))
    expect(gone).toEqual({ reason: 'forgotten' })
  }
  // A node that never heard of it, long after the run was to be forgotten.
  await nodes.stop(0)
  rmSync(join(nodes.dirs[0] as string, 'out.jsonl'))
  nodes.use(openMemoryStore())
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 30 * DAY_MS)
  onTestFinished(() => void vi.restoreAllMocks())
  await nodes.start(0)
  const raw2 = dial(at(0), seats.timur)
  await vi.waitFor(() => expect(raw2.connected).toBe(true))
  expect(await ask(raw2, 'offer', { facts, mac, words: [], isLast: true })).toMatchObject({ code: 'not-a-member' })
}, 20_000)
