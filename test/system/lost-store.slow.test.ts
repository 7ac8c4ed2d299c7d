import { expect, onTestFinished, test } from 'vitest'
import { putPush } from '../../client/net/http-calls.ts'
import { newId } from '../../client/net/new-id.ts'
import { openPhone } from '../../client/net/open-phone.ts'
import type { Phone } from '../../client/net/phone.ts'
import { memoryPhoneStorage, type PhoneStorage } from '../../client/net/phone-storage.ts'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import { type CommandId, DAY_MS, type RequestId } from '../../shared/units.ts'
import { aPushService } from '../support/push-service.ts'
import { aRunToLose, idOf, runs } from '../support/run-to-lose.ts'
import { until } from '../support/until.ts'
import { aPhone, aSeat, asksForWater, startsSharing, wish } from '../support/world.ts'

/** The store comes back as it was at the mark; a node that knows no more makes a fact of its own before the two others are there. */
async function fallsBack(
  { nodes, store }: Awaited<ReturnType<typeof aRunToLose>>,
  mark: number,
  makesFact: () => Promise<unknown>,
): Promise<void> {
  await nodes.stop(0)
  await nodes.stop(1)
  nodes.use((await store.copyAt(mark)).store)
  await nodes.start(2)
  expect(await makesFact()).toMatchObject({ ok: true })
  await nodes.start(0)
  await nodes.start(1)
}

test('[RC1] a wiped store gets everything back from the nodes: facts, words, route, wake time; fixes from the phones', async () => {
  const { nodes, at, planned, leader, runner } = await aRunToLose()
  runs(runner, 30)
  await runner.allFixesStored()
  const requestId = await asksForWater(runner)
  await until(() => expect(leader.view().run.requests.has(requestId)).toBe(true))
  const before = leader.view()

  const empty = openMemoryStore()
  nodes.use(empty)
  await until(async () => {
    expect((await empty.heads([planned.runId]))[0]?.version).toBe(before.run.version)
    expect(await empty.readTrack(planned.runId, idOf(runner))).toHaveLength(30)
  })
  const newcomer = await aPhone(at(1), planned.seat)
  expect(newcomer.view().run).toEqual(before.run)
  expect(newcomer.view().words).toEqual(before.words)
  expect((await empty.dueRuns(Date.now() + 100 * DAY_MS, 10)).length).toBe(1)
  expect(await wish(runner, { type: 'cancel-request', requestId })).toBe(before.run.version + 1)
})

test('[RC2] a store that came back older gets the lost facts from the nodes and the lost fixes from the phones', async () => {
  const { nodes, planned, leader, runner, store } = await aRunToLose()
  runs(runner, 10)
  await runner.allFixesStored()
  const mark = store.mark()
  runs(runner, 10)
  await runner.allFixesStored()
  const requestId = await asksForWater(runner)
  await until(() => expect(leader.view().run.requests.has(requestId)).toBe(true))
  const { version } = leader.view().run

  const older = await store.copyAt(mark)
  nodes.use(older.store)
  await until(async () => {
    expect((await older.store.heads([planned.runId]))[0]?.version).toBe(version)
    expect(await older.store.readTrack(planned.runId, idOf(runner))).toHaveLength(20)
  })
})

test('[RC2] a number that was taken back, and a name that was changed, stay so on a store that came back older', async () => {
  const { nodes, planned, leader, runner, store } = await aRunToLose()
  const key = `phone:${idOf(runner)}`
  await wish(runner, { type: 'set-phone', phone: '+7 701 000' })
  await until(() => expect(leader.view().words.get(key)?.text).toBe('+7 701 000'))
  const mark = store.mark()
  await wish(runner, { type: 'set-phone', phone: null })
  await wish(runner, { type: 'rename', name: 'Aidar B' })
  const older = await store.copyAt(mark)
  nodes.use(older.store)
  await until(async () => {
    const words = new Map((await older.store.readWords(planned.runId)).map((word) => [word.key, word.text]))
    expect([words.get(key), words.get(`name:${idOf(runner)}`)]).toEqual([undefined, 'Aidar B'])
  })
})

test('[RC3] what was granted on a fork is folded in again, and of two claims the journal’s stays', async () => {
  const lost = await aRunToLose(3)
  const { nodes, at, planned, leader, runner, dana, seats, store } = lost
  const requestId = await asksForWater(runner)
  const timur = await aPhone(at(2), seats.timur)
  await until(() => expect(dana.view().run.requests.has(requestId)).toBe(true))
  const mark = store.mark()
  // Two nodes hear of what follows; the third is new, and knows only the older store.
  await nodes.stop(2)
  await wish(dana, { type: 'claim-request', requestId })
  const second = newId<RequestId>('req')
  await wish(runner, { type: 'raise-request', requestId: second, kind: 'gel', quantity: 2, note: 'lemon' })
  await fallsBack(lost, mark, () => timur.send({ type: 'claim-request', requestId }))
  const newcomer = await aPhone(at(0), planned.seat)
  await until(() => {
    const { run, words } = newcomer.view()
    expect(run.requests.get(requestId)).toMatchObject({ status: 'claimed', cyclistId: idOf(timur) })
    expect(run.requests.get(second)).toMatchObject({ kind: 'gel', quantity: 2, status: 'open' })
    expect(words.get(`note:${second}`)?.text).toBe('lemon')
  })
  await until(() => expect(leader.view().run).toEqual(newcomer.view().run))
}, 30_000)

test('[PU17] what is folded in again rings nobody a second time', async () => {
  const service = await aPushService()
  const lost = await aRunToLose(3, { PUSH_LOOPBACK: true })
  const { nodes, at, planned, leader, runner, seats, store } = lost
  const asel = await aSeat(at(1), planned.invites.cyclist, 'Asel')
  await putPush(at(1).url(), asel, newId<CommandId>('cmd'), service.subscription('asel'))
  const timur = await aPhone(at(2), seats.timur)
  const requestId = await asksForWater(runner)
  await until(() => expect(timur.view().run.requests.has(requestId)).toBe(true))
  const mark = store.mark()
  await nodes.stop(2)
  const asks = async (phone: Phone, kind: 'gel' | 'snack') => {
    const id = newId<RequestId>('req')
    await wish(phone, { type: 'raise-request', requestId: id, kind, quantity: 1, note: null })
    return id
  }
  const second = await asks(runner, 'gel')
  await until(() => expect(service.whats('asel')).toEqual(['asked', 'asked']))
  await until(() => expect(leader.view().run.requests.has(second)).toBe(true))
  await runner.close() // else it may give back its wish before the leader's copy does, and that is asked anew
  await fallsBack(lost, mark, () => timur.send({ type: 'claim-request', requestId }))
  const newcomer = await aPhone(at(0), planned.seat)
  await until(() => expect(newcomer.view().run.requests.get(second)?.status).toBe('open'))
  const third = await asks(await aPhone(at(0), seats.runner), 'snack')
  await until(() => expect(service.rung('asel').at(-1)?.note.requestId).toBe(third))
  expect(service.whats('asel')).toEqual(['asked', 'asked', 'asked'])
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
  await until(() => expect(newcomer.view().run.requests.get(requestId)?.status).toBe('open'))
})

test('[RC9] also after its page was reloaded, and a leader’s reloaded page gives back names too', async () => {
  const { nodes, at, planned, store, leader } = await aRunToLose()
  const storages = [memoryPhoneStorage(), memoryPhoneStorage()] as const
  const zarinasSeat = await aSeat(at(0), planned.invites.runner, 'Zarina')
  const leaderPhone = await aPhone(at(0), planned.seat, { storage: storages[0] })
  const mark = store.mark()
  const zarina = await aPhone(at(0), zarinasSeat, { storage: storages[1] })
  await startsSharing(zarina)
  const requestId = await asksForWater(zarina)
  await until(async () => {
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
    await until(() => {
      for (const phone of phones) expect(phone.view().isCaughtUp).toBe(true)
    })
    return phones
  }
  for (const node of [0, 1]) await nodes.stop(node)
  nodes.use((await store.copyAt(mark)).store)
  const [, zarinaAgain] = (await reopened()) as [Phone, Phone]
  await until(() => expect(zarinaAgain.view().run.requests.get(requestId)?.status).toBe('open'))

  for (const node of [0, 1]) await nodes.stop(node)
  nodes.use(openMemoryStore())
  const [lena] = (await reopened()) as [Phone]
  await until(() => expect(lena.view().words).toEqual(before.words))
}, 40_000)
