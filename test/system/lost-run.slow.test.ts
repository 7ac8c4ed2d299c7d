import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import { type Fact, factSchema } from '../../shared/run/events.ts'
import { DAY_MS } from '../../shared/units.ts'
import { aSocket, ask, dial, turnedAway } from '../support/raw-doors.ts'
import { aRunToLose, idOf, runs } from '../support/run-to-lose.ts'
import { until } from '../support/until.ts'
import { aPhone, asksForWater, type World, wish } from '../support/world.ts'

test('[RC4] when no node remembers a run a leader’s copy brings it back, and until then nobody is shown anything', async () => {
  const { nodes, at, planned, leader, runner, dana, seats } = await aRunToLose()
  const requestId = await asksForWater(runner)
  await until(() => expect(leader.view().run.requests.has(requestId)).toBe(true))
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
  await until(() => expect(heard).toEqual(['lost']))
  expect(await ask(raw, 'offer', { facts: [], words: [], mac: 'x', isLast: true })).toMatchObject({
    code: 'malformed',
    field: 'mac',
  })
  await nodes.start(0)
  await until(() => {
    for (const phone of [leader, runner, dana]) expect(phone.view()).toMatchObject({ link: 'online', isCaughtUp: true })
  })
  await until(async () => {
    expect(leader.view().run).toEqual(before.run)
    expect(await empty.readTrack(planned.runId, idOf(runner))).toHaveLength(5)
  })
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
  await until(() => expect(raw.connected).toBe(true))
  for (const offer of forged)
    expect(await ask(raw, 'offer', { ...offer, words: [], isLast: true })).toMatchObject({ ok: false, field: 'mac' })
  expect(await nodes.store().heads([planned.runId])).toMatchObject([{ version: 0 }])
  const part = (from: number, to: number, mac: string) => ({ facts: facts.slice(from, to), mac, words: [] })
  expect(await ask(raw, 'offer', { ...part(0, middle, middleMac), isLast: false })).toEqual({ ok: true })
  expect(await ask(raw, 'offer', { ...part(middle, facts.length, mac), isLast: true })).toEqual({ ok: true })
  expect(await nodes.store().heads([planned.runId])).toMatchObject([{ version: facts.length, mac }])
})

test('[RC5] a copy says nothing new about words that are known', async () => {
  const { nodes, at, planned } = await aRunToLose()
  const { facts } = await copyOf(at(0), planned.seat)
  const links = (await nodes.store().read(planned.runId, 0, 1_000)).map(({ mac }) => mac)
  const words = [{ key: 'title', ownerId: null, text: 'Forged' }]
  const raw = await aSocket(at(0), planned.seat)
  for (const count of [facts.length - 1, facts.length]) {
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
  await until(() => {
    expect(newcomer.view().run.members.get(danaId)?.status).toBe('removed')
    expect(newcomer.view().run.members.get(runnerId)).toMatchObject({ isErased: true })
    expect(newcomer.view().words.has(`name:${runnerId}`)).toBe(false)
  })
  expect(await older.store.readTrack(planned.runId, runnerId)).toEqual([])
})

test('[RC6] who was removed or erased stays out, though the copy is from before', async () => {
  const { nodes, at, planned, leader, runner, dana, seats } = await aRunToLose()
  const { facts, mac } = await copyOf(at(0), planned.seat)
  await wish(leader, { type: 'remove-member', memberId: idOf(dana) })
  const [danaId, runnerId] = [idOf(dana), idOf(runner)]
  await wish(runner, { type: 'erase-me' })
  await until(() => expect(leader.view().run.members.get(runnerId)?.isErased).toBe(true))
  await leader.close()
  expect(readFileSync(`${nodes.dirs[1]}/out.jsonl`, 'utf8')).toContain(danaId)
  for (const node of [0, 1]) await nodes.stop(node)
  const empty = openMemoryStore()
  nodes.use(empty)
  await nodes.start(1)
  expect(await turnedAway(at(1), seats.dana)).toEqual({ ok: false, code: 'not-a-member' })
  // Dana kept a copy from when she led, or somebody hands one to her: here a watcher in the lobby offers it.
  const raw = dial(at(1), seats.timur)
  await until(() => expect(raw.connected).toBe(true))
  const words = [{ key: `name:${runnerId}`, ownerId: runnerId, text: 'Aidar' }]
  expect(await ask(raw, 'offer', { facts, words, mac, isLast: true })).toEqual({ ok: true })
  for (const seat of [seats.dana, seats.runner])
    expect(await turnedAway(at(1), seat)).toEqual({ ok: false, code: 'not-a-member' })
  const newcomer = await aPhone(at(1), planned.seat)
  expect(newcomer.view().run.members.get(danaId)?.status).toBe('removed')
  expect(newcomer.view().run.members.get(runnerId)).toMatchObject({ status: 'removed', isErased: true })
  expect(newcomer.view().words.has(`name:${runnerId}`)).toBe(false)
  expect(await empty.readTrack(planned.runId, runnerId)).toEqual([])
})

test('[RC7] a run that was forgotten is brought back neither by a copy nor by an older store; its phones forget it', async () => {
  const { nodes, at, planned, seats, store: first } = await aRunToLose()
  const { facts, mac } = await copyOf(at(0), planned.seat)
  const mark = first.mark()
  const raw = dial(at(1), seats.timur)
  await until(() => expect(raw.connected).toBe(true))
  await nodes.store().forgetRun(planned.runId)
  await until(() => {
    expect(raw.connected).toBe(false)
    for (const dir of nodes.dirs) expect(existsSync(join(dir, 'out.jsonl'))).toBe(true) // every node has heard
  })
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
  await until(() => expect(raw2.connected).toBe(true))
  expect(await ask(raw2, 'offer', { facts, mac, words: [], isLast: true })).toMatchObject({ code: 'not-a-member' })
})
