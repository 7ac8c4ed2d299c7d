/** Moments that a real server meets rarely, made on purpose. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import type { Dial } from '../../client/net/connection.ts'
import { openPhone } from '../../client/net/open-phone.ts'
import { memoryPhoneStorage, type PhoneStorage } from '../../client/net/phone-storage.ts'
import { exportedPoints } from '../../client/simulate/exported.ts'
import { aidar, lena } from '../support/people.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing } from '../support/world.ts'

const joinedAt = (version: number) => ({
  version,
  atMs: 1,
  byId: lena,
  commandId: `cmd_${String(version).padStart(12, '0')}`,
  event: { type: 'member-renamed', memberId: aidar },
})

async function aServerThat(serves: (socket: Socket) => void): Promise<string> {
  const http = createServer()
  const io = new Server(http)
  io.on('connection', serves)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void io.close())
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

test('[CU7] a fact that comes just before an older answer is asked for again', async () => {
  const url = await aServerThat((socket) => {
    let asked = 0
    socket.on('catch-up', ({ fromVersion }, answer) => {
      const toVersion = asked++ === 0 ? 1 : 2
      if (toVersion === 1)
        socket.emit('facts', { fromVersion: 1, toVersion: 2, mac: 'b', facts: [joinedAt(2)], words: [] })
      answer({ ok: true, is: 'tail', fromVersion, toVersion, mac: 'a', facts: [], words: [] })
    })
    socket.emit('welcome', { runId: 'run_aaaaaaaaaaaa', memberId: aidar, wire: 1, nowMs: 1, timeScale: 1, version: 1 })
  })
  const phone = openPhone({ urls: [url], seat: 's', storage: memoryPhoneStorage() })
  onTestFinished(() => phone.close())
  await until(() => expect(phone.view().run.version).toBe(2))
})

for (const is of ['tail', 'snapshot'] as const)
  test(`[CU9] a fact that comes with the bytes of an older answer stays, be it a ${is}`, async () => {
    const tail = (fromVersion: number, toVersion: number) => ({ fromVersion, toVersion, words: [] })
    const older = {
      tail: { ok: true, is, ...tail(1, 1), mac: 'a', facts: [] },
      snapshot: { ok: true, is, isFork: false, version: 1, mac: 'a', page: 0, pageCount: 1, rows: [] },
    }[is]
    const url = await aServerThat((socket) => {
      let asked = 0
      socket.on('catch-up', ({ fromVersion }, answer) => {
        if (asked++ !== 1) {
          answer({ ok: true, is: 'tail', ...tail(fromVersion, asked === 1 ? 1 : 2), mac: 'a', facts: [] })
          if (asked === 1) socket.emit('again', {})
          return
        }
        socket.emit('counts', { out: 0, connected: 0 }) // takes the poll that waits: what follows goes with the next
        answer(older)
        socket.emit('facts', { ...tail(1, 2), mac: 'b', facts: [joinedAt(2)] })
        socket.emit('counts', { out: 7, connected: 7 })
      })
      socket.emit('welcome', {
        runId: 'run_aaaaaaaaaaaa',
        memberId: aidar,
        wire: 1,
        nowMs: 1,
        timeScale: 1,
        version: 1,
      })
    })
    // Over polling what the server says in one turn is one answer, and all of it is heard before any promise goes on.
    const polling: Dial = (at, auth) => io(at, { auth, transports: ['polling'], reconnection: false, forceNew: true })
    const phone = openPhone({ urls: [url], seat: 's', storage: memoryPhoneStorage(), frames: 'json' }, polling)
    onTestFinished(() => phone.close())
    await until(() => expect(phone.view().counts).toMatchObject({ out: 7 }))
    await until(() => expect(phone.view().run.version).toBe(2))
  })

test('[OB6] fixes wait until the stored wishes are read, however slowly the phone reads', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const storage = memoryPhoneStorage()
  const nowhere = 'http://127.0.0.1:1'
  const offline = openPhone({ urls: [nowhere], seat, storage })
  void offline.send({ type: 'rename', name: 'A' })
  void offline.send({ type: 'start-sharing', sinceMs: offline.nowMs() })
  for (let i = 0; i < 50; i++)
    offline.addFix({ latitudeDeg: 51 + i / 1e7, longitudeDeg: 71, takenAtMs: offline.nowMs() })
  await until(async () => expect((await storage.keys()).filter((key) => key.startsWith('command/'))).toHaveLength(2))
  await offline.close()

  const slowly = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const slow: PhoneStorage = {
    ...storage,
    get: async (key) => {
      if (key.startsWith('command/')) await slowly(100)
      return storage.get(key)
    },
  }
  const phone = await aPhone(world, seat, { storage: slow })
  await phone.allFixesStored()
  expect(await exportedPoints(world.url(), planned.seat, phone.view().myId ?? '')).toHaveLength(50)
})

test('[OB7] a phone whose last writes were lost with the power uses no number twice', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const storage = memoryPhoneStorage()
  let isPowerLost = false
  const forgetful: PhoneStorage = {
    ...storage,
    set: async (key, value) => (isPowerLost ? undefined : storage.set(key, value)),
  }
  const first = await aPhone(world, seat, { storage: forgetful })
  await startsSharing(first)
  const fixAt = (i: number) => ({ latitudeDeg: 51 + i / 1e7, longitudeDeg: 71, takenAtMs: first.nowMs() + i })
  for (let i = 0; i < 10; i++) first.addFix(fixAt(i))
  await first.allFixesStored()
  isPowerLost = true
  for (let i = 10; i < 15; i++) first.addFix(fixAt(i))
  await first.allFixesStored()
  await first.close()

  const second = await aPhone(world, seat, { storage })
  for (let i = 15; i < 20; i++) second.addFix(fixAt(i))
  await second.allFixesStored()
  expect(await exportedPoints(world.url(), planned.seat, second.view().myId ?? '')).toHaveLength(20)
})
