import { expect, test, vi } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import type { Phone } from '../../client/net/phone.ts'
import { fetchReplay, type Replay } from '../../client/net/replay.ts'
import { membersOf, nameOf } from '../../client/state/people.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import type { GroupId } from '../../shared/units.ts'
import { someNodes } from '../support/nodes.ts'
import { http } from '../support/raw-doors.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing, type World, wish } from '../support/world.ts'

/** To the north, a fix each five seconds. */
const walk = (fromMs: number, count: number): Fix[] =>
  Array.from({ length: count }, (_, i) => ({
    latitudeDeg: 51.128 + i * 0.000_1,
    longitudeDeg: 71.4304,
    takenAtMs: Math.round(fromMs) + i * 5_000,
    accuracyM: 5,
  }))

async function walks(phone: Phone, fixes: readonly Fix[]): Promise<void> {
  for (const fix of fixes) phone.addFix(fix)
  await phone.allFixesStored()
}

async function aWalker(world: World, seat: string): Promise<Phone> {
  const phone = await aPhone(world, seat)
  await startsSharing(phone)
  await walks(phone, walk(phone.nowMs() + 1_000, 20))
  return phone
}

async function replayOf(world: World, seat: string): Promise<Replay> {
  const replay = await fetchReplay(world.url(), seat)
  if ('code' in replay) throw new Error(JSON.stringify(replay))
  return replay
}

const namesIn = (replay: Replay, { view }: Phone): string[] =>
  replay.tracks.flatMap(({ memberNo }) =>
    membersOf(view()).flatMap((member) => (member.memberNo === memberNo ? nameOf(view(), member.memberId) : [])),
  )

test('[AF2] each role sees in a replay whom it saw live, and a stranger nothing', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const groupId = newId<GroupId>('grp')
  await wish(leader, { type: 'add-group', groupId, name: 'Red', colour: '#cc0000', targetPaceMps: null })
  const seats = {
    aidar: await aSeat(world, planned.invites.runner, 'Aidar'),
    madina: await aSeat(world, planned.invites.runner, 'Madina'),
    dana: await aSeat(world, planned.invites.cyclist, 'Dana'),
    mum: await aSeat(world, planned.invites.watcher, 'Mum'),
  }
  const madina = await aPhone(world, seats.madina)
  const memberId = madina.view().myId
  if (!memberId) throw new Error('nobody')
  await wish(leader, { type: 'change-member', memberId, role: 'runner', groupId })
  await wish(leader, { type: 'start-run' })
  await startsSharing(madina)
  await walks(madina, walk(madina.nowMs() + 1_000, 20))
  await aWalker(world, seats.aidar)
  await aWalker(world, seats.dana)

  const seenBy = async (seat: string) => namesIn(await replayOf(world, seat), leader)
  expect(await seenBy(planned.seat)).toEqual(['Aidar', 'Madina', 'Dana'])
  expect(await seenBy(seats.aidar)).toEqual(['Aidar', 'Dana'])
  expect(await seenBy(seats.madina)).toEqual(['Madina', 'Dana'])
  expect(await seenBy(seats.dana)).toEqual(['Aidar', 'Madina', 'Dana'])
  expect(await seenBy(seats.mum)).toEqual(['Aidar', 'Madina', 'Dana'])
  expect(await http(world, 'GET', '/api/replay', { seat: 'nonsense' })).toMatchObject({
    status: 403,
    said: { code: 'not-a-member' },
  })

  await wish(leader, { type: 'end-run', despiteMissing: true })
  expect(await seenBy(seats.mum)).toEqual(['Aidar', 'Madina', 'Dana'])
  const late = await fetchReplay(world.url(), await aSeatOf(leader, memberId))
  expect(late).toMatchObject({ ok: true })
  await wish(leader, { type: 'remove-member', memberId })
  expect(await seenBy(planned.seat)).toEqual(['Aidar', 'Dana'])
  expect(await fetchReplay(world.url(), seats.madina)).toMatchObject({ code: 'not-a-member' })
})

/** A seat moved to another phone sees what it saw. */
async function aSeatOf(leader: Phone, memberId: NonNullable<ReturnType<Phone['view']>['myId']>): Promise<string> {
  const answer = await leader.send({ type: 'reseat-member', memberId })
  if (!answer.ok || !answer.seat) throw new Error(JSON.stringify(answer))
  return answer.seat
}

test('[AF2] whoever comes late sees nothing from before, and a place outside sharing is in no replay', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const runner = await aPhone(world, seat)
  const leader = await aPhone(world, planned.seat)
  await wish(leader, { type: 'start-run' })
  const beganMs = runner.nowMs()
  await startsSharing(runner)
  await walks(runner, walk(beganMs - 60_000, 8)) // before the tap: put aside
  await walks(runner, walk(beganMs + 10, 1))
  const mum = await aSeat(world, planned.invites.watcher, 'Mum')
  const cameMs = runner.nowMs()
  await walks(runner, walk(cameMs + 1_000, 20))

  const whole = await replayOf(world, planned.seat)
  const [track] = whole.tracks
  const takenAtMs = (replay: Replay) =>
    replay.tracks.flatMap(({ stretches }) =>
      stretches.flatMap(({ ticks }) => [...ticks].map((tick) => replay.fromMs + tick * 100)),
    )
  expect(track?.stretches).toHaveLength(1)
  expect(Math.min(...takenAtMs(whole))).toBeGreaterThanOrEqual(beganMs - 100)
  const hers = takenAtMs(await replayOf(world, mum))
  expect(hers.length).toBeGreaterThan(1)
  expect(Math.min(...hers)).toBeGreaterThan(beganMs + 500)
  await wish(runner, { type: 'erase-me' })
  await until(async () => expect((await replayOf(world, planned.seat)).tracks).toEqual([]))
})

test('[AF2] while a run goes on nobody is shown what was remembered for somebody who saw more', async () => {
  const world = await aWorld({ TIME_SCALE: 20 })
  const planned = await aRun(world)
  const seats = {
    aidar: await aSeat(world, planned.invites.runner, 'Aidar'),
    madina: await aSeat(world, planned.invites.runner, 'Madina'),
  }
  const leader = await aPhone(world, planned.seat)
  const aidar = await aPhone(world, seats.aidar)
  const memberId = aidar.view().myId
  if (!memberId) throw new Error('nobody')
  const groupId = newId<GroupId>('grp')
  await wish(leader, { type: 'add-group', groupId, name: 'Red', colour: '#cc0000', targetPaceMps: null })
  await wish(leader, { type: 'start-run' })
  await startsSharing(aidar)
  /** A fix of just now, and facts that are told apart from it. */
  const isAt = async (longitudeDeg: number): Promise<number> => {
    const takenAtMs = Math.round(aidar.nowMs()) + 6_000
    await until(() => expect(aidar.nowMs()).toBeGreaterThan(takenAtMs + 6_000))
    await walks(aidar, [{ latitudeDeg: 51.128, longitudeDeg, takenAtMs, accuracyM: 5 }])
    return takenAtMs
  }
  await isAt(71.43)
  await wish(leader, { type: 'change-member', memberId, role: 'runner', groupId })
  const hiddenAtMs = await isAt(71.4305)
  await wish(leader, { type: 'change-member', memberId, role: 'runner', groupId: null })
  await isAt(71.43)

  const momentsOf = ({ fromMs, tracks }: Replay) =>
    tracks.flatMap(({ stretches }) => stretches.flatMap(({ ticks }) => [...ticks].map((tick) => fromMs + tick * 100)))
  const isHidden = (atMs: number) => Math.abs(atMs - hiddenAtMs) < 110
  const whole = momentsOf(await replayOf(world, planned.seat))
  expect([whole.length, whole.filter(isHidden).length]).toEqual([3, 1])
  const hers = momentsOf(await replayOf(world, seats.madina))
  expect([hers.length, hers.filter(isHidden).length]).toEqual([2, 0])
  expect(momentsOf(await replayOf(world, planned.seat))).toEqual(whole)
})

test('[AF3] a replay says that it is whole, a seat may ask ten times a minute, and what was sent since is in it', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const phone = await aWalker(world, planned.seat)
  const ask = () => fetch(`${world.url()}/api/replay`, { headers: { authorization: `Bearer ${planned.seat}` } })
  const first = await ask()
  expect(first.headers.get('content-type')).toContain('application/x-ndjson')
  expect(first.headers.get('content-encoding')).toBe('gzip')
  expect((await first.text()).trimEnd().split('\n').at(-1)).toBe('{"isWhole":true}')
  const lastTick = async () => (await replayOf(world, planned.seat)).tracks[0]?.stretches[0]?.ticks.at(-1) ?? 0
  const before = await lastTick()
  await walks(phone, walk(phone.nowMs() + 110_000, 5))
  expect(await lastTick()).toBe(before) // a line is remembered for some seconds
  for (let i = 3; i < 10; i++) await (await ask()).text()
  expect(await http(world, 'GET', '/api/replay', { seat: planned.seat })).toMatchObject({
    status: 429,
    said: { code: 'too-many' },
  })
})

test('[AF3] a seat is told one replay at a time, so that whoever does not read it to its end takes no place of others', async () => {
  const nodes = await someNodes(1)
  const [world] = nodes.worlds as [World]
  const planned = await aRun(world)
  const runner = await aSeat(world, planned.invites.runner, 'Aidar')
  await aWalker(world, planned.seat)
  let goOn: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const store = nodes.store()
  const readTrack = vi.fn<typeof store.readTrack>(async (...asked) => {
    await gate
    return store.readTrack(...asked)
  })
  nodes.use({ ...store, readTrack })
  const first = replayOf(world, planned.seat)
  await until(() => expect(readTrack).toHaveBeenCalled())
  expect(await http(world, 'GET', '/api/replay', { seat: planned.seat })).toMatchObject({
    status: 503,
    said: { code: 'retry-later' },
  })
  const other = replayOf(world, runner)
  goOn()
  expect((await first).tracks).toHaveLength(1)
  await other
  expect((await replayOf(world, planned.seat)).tracks).toHaveLength(1)
})
