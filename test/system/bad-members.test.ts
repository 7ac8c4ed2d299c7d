import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import { readOrMakeSecret } from '../../server/secrets-file.ts'
import { sealsFrom } from '../../server/usecase/seals.ts'
import { WIRE_VERSION } from '../../shared/protocol/version.ts'
import type { InviteId, RunId } from '../../shared/units.ts'
import { aScene, aSocket, ask, http, turnedAway } from '../support/raw-doors.ts'
import { asCommand, fixes, malformedAt, water } from '../support/raw-messages.ts'
import { aPhone, aRun, aSeat, asksForWater, aWorld, wish } from '../support/world.ts'

test('[BI12] a wish of another role is refused, and a watcher changes nothing', async () => {
  const { world, planned, runner, badSeat, bad, settle, unharmed } = await aScene()
  const requestId = await asksForWater(runner)
  const watcher = await aSocket(world, await aSeat(world, planned.invites.watcher, 'Mum'))
  await wish(runner, { type: 'cancel-request', requestId })
  await settle()
  const memberId = runner.view().myId
  const ofLeaders = [
    { type: 'start-run' },
    { type: 'end-run', despiteMissing: true },
    { type: 'extend-run', expectedEndMs: Date.now() + 3_600_000 },
    { type: 'remove-member', memberId },
    { type: 'reseat-member', memberId },
    { type: 'change-member', memberId, role: 'watcher', groupId: null },
    { type: 'pass-leadership', toMemberId: memberId },
    { type: 'stop', memberId, reason: 'finished', untilMs: Date.now() },
    { type: 'send-message', messageId: newId('msg'), text: 'All go home', groupId: null },
    { type: 'count-guests', guestsId: newId('gst'), count: 12, name: null, startNumber: null },
  ]
  const ofHelpers = [
    { type: 'record-hand-over', handOverId: newId('hov'), runnerId: memberId, kind: 'water', quantity: 1 },
  ]
  const ofThoseOut = [{ type: 'start-sharing', sinceMs: Date.now() }, water().command]
  const notTheirs = expect.objectContaining({ ok: false, code: 'not-for-your-role' })
  for (const command of [...ofLeaders, ...ofHelpers])
    expect([command.type, await ask(bad, 'command', asCommand(command))]).toEqual([command.type, notTheirs])
  for (const command of [...ofLeaders, ...ofHelpers, ...ofThoseOut])
    expect([command.type, await ask(watcher, 'command', asCommand(command))]).toEqual([command.type, notTheirs])

  for (const path of ['/api/route'])
    expect(
      (await http(world, 'PUT', path, { seat: badSeat, body: { commandId: newId('cmd'), routeFile: '<gpx/>' } })).said,
    ).toMatchObject({ code: 'not-for-your-role' })
  expect((await http(world, 'GET', `/api/track.csv?member=${memberId}`, { seat: badSeat })).said).toMatchObject({
    code: 'not-for-your-role',
  })
  await unharmed()
})

test('[BI13] what belongs to another run is refused like what does not exist', async () => {
  const { world, leader, planned, unharmed } = await aScene()
  const other = await aRun(world)
  const theirs = await aPhone(world, other.seat)
  await wish(theirs, { type: 'start-run' })
  const requestId = await asksForWater(theirs)
  const theirVersion = theirs.view().run.version
  const me = await aSocket(world, planned.seat)
  const wishes = (member: string, request: string, invite: string) =>
    [
      { type: 'claim-request', requestId: request },
      { type: 'cancel-request', requestId: request },
      { type: 'remove-member', memberId: member },
      { type: 'change-member', memberId: member, role: 'watcher', groupId: null },
      { type: 'record-hand-over', handOverId: newId('hov'), runnerId: member, kind: 'water', quantity: 1 },
      { type: 'withdraw-invite', inviteId: invite },
    ].map((command) => ask(me, 'command', asCommand(command)))
  const [theirInvite] = theirs.view().run.invites.values()
  const foreign = await Promise.all(wishes(other.memberId, requestId, theirInvite?.inviteId ?? ''))
  const unknown = await Promise.all(wishes(newId('mbr'), newId('req'), newId('inv')))
  expect(foreign).toEqual(unknown)
  for (const said of foreign) expect(said).toMatchObject({ ok: false, code: 'no-such-thing' })
  expect(theirs.view().run.version).toBe(theirVersion)
  expect(leader.view().run.members.has(other.memberId)).toBe(false)
  await unharmed()
})

test('[BI14] a refused seat or invite looks the same, whether its run exists or not', async () => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'serik-test-'))
  onTestFinished(() => rmSync(DATA_DIR, { recursive: true, force: true }))
  const world = await aWorld({ DATA_DIR })
  const { seat, runId, invites } = await aRun(world)
  const seals = sealsFrom(readOrMakeSecret(join(DATA_DIR, 'secrets.json')))
  const abroad = await aRun(await aWorld())
  const noRun = newId<RunId>('run')
  const badSeats = [
    abroad.seat,
    seat.slice(0, -1),
    `${seat}x`,
    seat.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    invites.runner,
    '',
    '../../x',
    '😀'.repeat(20),
  ]
  const refused = { ok: false, code: 'not-a-member' }
  for (const bad of badSeats) {
    expect(await turnedAway(world, bad)).toEqual(refused)
    const latin = encodeURIComponent(bad)
    for (const path of ['/api/route', '/api/track.gpx', '/api/tracker/x']) {
      const { status, said } = await http(world, 'GET', path, { seat: latin })
      expect([status, said]).toEqual([403, refused])
    }
  }
  const badInvites = [
    seals.sealInvite({ runId, inviteId: newId<InviteId>('inv') }),
    seals.sealInvite({ runId: noRun, inviteId: newId<InviteId>('inv') }),
    abroad.invites.runner,
    seat,
    'x',
  ]
  for (const invite of badInvites) {
    const join = { joinKey: 'a'.repeat(24), invite, name: 'Mallory', phone: null, startNumber: null }
    expect(await http(world, 'POST', '/api/join', { body: join })).toMatchObject({ status: 403, said: refused })
    expect(await http(world, 'POST', '/api/invite', { body: { invite } })).toMatchObject({ status: 403, said: refused })
  }
})

test('[BI15] an old app is told to reload, whatever the rest of its greeting, and a wrong greeting what is wrong', async () => {
  const { world, badSeat, unharmed } = await aScene()
  const greeting = { seat: badSeat, wire: WIRE_VERSION, outbox: 1, frames: 'json' }
  const tooOld = expect.objectContaining({ ok: false, code: 'protocol-too-old' })
  for (const auth of [{ ...greeting, wire: 0 }, { wire: 0 }, { ...greeting, wire: -1, token: 'of another shape' }])
    expect(await turnedAway(world, '', { auth })).toEqual(tooOld)
  const wrong: readonly [auth: object, field: string][] = [
    [{}, 'auth.seat'],
    [{ ...greeting, seat: null }, 'auth.seat'],
    [{ ...greeting, seat: 'a'.repeat(301) }, 'auth.seat'],
    [{ ...greeting, wire: '1' }, 'auth.wire'],
    [{ ...greeting, wire: WIRE_VERSION + 0.5 }, 'auth.wire'],
    [{ ...greeting, frames: 'xml' }, 'auth.frames'],
    [{ ...greeting, role: 'leader' }, 'auth.role'],
    [JSON.parse(`{"seat":"s","wire":${WIRE_VERSION},"outbox":1,"frames":"json","__proto__":{}}`), 'auth.__proto__'],
  ]
  for (const [auth, field] of wrong) expect(await turnedAway(world, '', { auth })).toEqual(malformedAt(field))
  await unharmed()
})

test('[BI16] a page of another site opens no socket, by either transport', async () => {
  const { world, planned, badSeat, unharmed } = await aScene()
  for (const transport of ['websocket', 'polling'] as const)
    for (const Origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', 'nonsense'])
      expect(await turnedAway(world, planned.seat, { headers: { Origin }, transports: [transport] })).toEqual({
        ok: false,
      })
  const socket = await aSocket(world, badSeat, { headers: { Origin: world.url() } })
  expect(await ask(socket, 'look', { isLooking: false })).toEqual({ ok: true })
  await unharmed()
})

test('[BI17] a flood is told when to come back, over all sockets of its seat, and stops nobody else', async () => {
  const { world, badSeat, bad, unharmed } = await aScene()
  const second = await aSocket(world, badSeat)
  const flood = Array.from({ length: 300 }, (_, i) => ask(i % 2 ? bad : second, 'command', { i }))
  const answers = await Promise.all(flood)
  expect(answers.filter(({ code }) => code === 'malformed')).toHaveLength(120)
  const late = answers.filter(({ code }) => code === 'too-many')
  expect(late).toHaveLength(180)
  for (const { retryAfterMs } of late) expect(retryAfterMs).toBeGreaterThan(0)
  expect(late.every(({ retryAfterMs }) => (retryAfterMs ?? 0) <= 10_000)).toBe(true)
  expect(await ask(bad, 'fixes', fixes({ seq: 0 }))).toEqual(malformedAt('fixes.0.seq'))
  await unharmed()
})
