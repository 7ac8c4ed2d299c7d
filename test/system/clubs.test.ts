import { expect, test } from 'vitest'
import {
  followClub,
  isRefusal,
  join,
  lookAtInvite,
  makeClub,
  organise,
  planRun,
  renewClub,
} from '../../client/net/http-calls.ts'
import { newId, newSecretKey } from '../../client/net/new-id.ts'
import { makeClub as clubOf, followClub as followIn, organise as organiseIn } from '../../server/usecase/clubs.ts'
import type { House } from '../../server/usecase/house.ts'
import { planRun as planIn } from '../../server/usecase/planning.ts'
import { roomsOf } from '../../server/usecase/rooms.ts'
import { sealsFrom } from '../../server/usecase/seals.ts'
import { watchOver } from '../../server/usecase/watch-over.ts'
import type { PlanRun } from '../../shared/protocol/http.ts'
import { type ClubId, DAY_MS, HOUR_MS, type InviteId } from '../../shared/units.ts'
import { aHouse } from '../support/house.ts'
import { http } from '../support/raw-doors.ts'
import { joinWish, planWish } from '../support/raw-messages.ts'
import { aPhone, aRun, aWorld, type World, wish } from '../support/world.ts'

const refused = { ok: false, code: 'not-a-member' }
const in7Days = () => Date.now() + 7 * DAY_MS

async function aClub(world: World, name = 'Ablai runners') {
  const made = await makeClub(world.url(), newSecretKey(), name)
  if (!made.ok) throw new Error(made.code)
  return made
}
async function clubIn(house: House) {
  const made = await clubOf(house, { createKey: newSecretKey(), name: 'Club' })
  if (!made.ok) throw new Error(made.code)
  return made
}
const renewed = async (world: World, organiser: string, which: 'link' | 'organiser', renewKey = newSecretKey()) => {
  const answer = await renewClub(world.url(), { organiser, which, renewKey })
  if (!answer.ok) throw new Error(answer.code)
  return answer
}
const over = (field: string) => ({ ok: false, code: 'no-such-thing', field })
const next = async (world: World, link: string) => {
  const answer = await followClub(world.url(), link)
  return isRefusal(answer) ? answer.code : answer.next
}
const shown = async (world: World, organiser: string, invites: string[] = [], name: string | null = null) => {
  const answer = await organise(world.url(), { organiser, name, invites })
  if (!answer.ok) throw new Error(answer.code)
  return answer
}

test('[CB2] [CB3] the link leads to the next run, to the live one before it, and to none when there is none', async () => {
  const world = await aWorld()
  const club = await aClub(world)
  expect(await followClub(world.url(), club.link)).toEqual({ ok: true, name: 'Ablai runners', next: null })
  const later = await aRun(world, { title: 'Later', plannedStartMs: in7Days() + DAY_MS, club: club.organiser })
  const sooner = await aRun(world, { title: 'Sooner', plannedStartMs: in7Days(), club: club.organiser })
  expect(await next(world, club.link)).toMatchObject({ title: 'Sooner', isLive: false, invite: sooner.invites.runner })
  await wish(await aPhone(world, later.seat), { type: 'start-run' })
  expect(await next(world, club.link)).toMatchObject({ title: 'Later', isLive: true, invite: later.invites.runner })
  expect((await shown(world, club.organiser)).runs.map(({ title }) => title)).toEqual(['Sooner', 'Later'])

  for (const { seat } of [sooner, later])
    await wish(await aPhone(world, seat), { type: 'end-run', despiteMissing: true })
  expect(await next(world, club.link)).toBeNull()
  expect((await shown(world, club.organiser, [later.invites.runner])).runs).toEqual([])
})

test('[CB3] a run is put under the link later, and again, and is there once; other invites do nothing', async () => {
  const world = await aWorld()
  const club = await aClub(world)
  const planned = await aRun(world, { title: 'Sunday', plannedStartMs: in7Days() })
  const { runner, cyclist, leader, watcher } = planned.invites
  expect((await shown(world, club.organiser, [cyclist, leader, watcher, 'nonsense'])).runs).toEqual([])
  for (let i = 0; i < 3; i++) {
    const { runs, link } = await shown(world, club.organiser, [runner, runner])
    expect(runs.map(({ title }) => title)).toEqual(['Sunday'])
    expect(link).toBe(club.link)
  }
  expect(await next(world, club.link)).toMatchObject({ invite: runner })
})

test('[CB4] whoever follows comes in by the invite, which the leader may withdraw, and a moved start is the run’s own', async () => {
  const world = await aWorld()
  const club = await aClub(world)
  const first = await aRun(world, { title: 'First', plannedStartMs: in7Days(), club: club.organiser })
  const second = await aRun(world, { title: 'Second', plannedStartMs: in7Days() + DAY_MS, club: club.organiser })
  const found = await next(world, club.link)
  const { invite } = found as { invite: string }
  expect(await lookAtInvite(world.url(), invite)).toMatchObject({ ok: true, role: 'runner', title: 'First' })
  expect(await join(world.url(), { ...joinWish(), invite })).toMatchObject({ ok: true, runId: first.runId })

  const leader = await aPhone(world, first.seat)
  const plannedStartMs = in7Days() + 3 * DAY_MS
  await wish(leader, {
    type: 'change-plan',
    title: null,
    plannedStartMs,
    expectedDurationMs: HOUR_MS,
    helpersWanted: null,
  })
  expect(await next(world, club.link)).toMatchObject({ title: 'Second' })
  expect((await shown(world, club.organiser)).runs.map((run) => run.title)).toEqual(['Second', 'First'])

  const other = await aPhone(world, second.seat)
  const [forRunners] = [...other.view().run.invites.values()].filter(({ role }) => role === 'runner')
  await wish(other, { type: 'withdraw-invite', inviteId: forRunners?.inviteId as InviteId })
  expect(await next(world, club.link)).toMatchObject({ title: 'First' })
})

test('[CB1] neither secret tells whether a club was made, nor does one do the other’s work', async () => {
  const world = await aWorld()
  const { organiser, link } = await aClub(world)
  const { invites, seat } = await aRun(world)
  for (const token of ['x', link.slice(0, -1), `${link}x`, organiser, seat, invites.runner])
    expect(await followClub(world.url(), token)).toEqual(refused)
  for (const token of ['x', organiser.slice(0, -1), link, seat, invites.runner]) {
    expect(await organise(world.url(), { organiser: token, name: 'Mine', invites: [] })).toEqual(refused)
    expect(await planRun(world.url(), planWish({ club: token }) as PlanRun)).toEqual({ ...refused, field: 'club' })
  }
  const strange = sealsFrom(Buffer.alloc(32)).sealClub('follow', newId<ClubId>('clb'), { no: 0, by: '' })
  expect(await followClub(world.url(), strange)).toEqual(refused)
})

test('[CB5] a club without a trace in the store is told of as one that was made, and comes back by its organiser', async () => {
  const after = await aWorld({ STORE: 'memory' })
  const key = newSecretKey()
  const made = await makeClub(after.url(), key, 'Club')
  expect(await makeClub(after.url(), key, 'Club')).toEqual(made)
  const club = await aClub(after)
  const planned = await aRun(after, { plannedStartMs: in7Days(), club: club.organiser })
  await after.restart()
  const nothing = { ok: true, name: null, next: null }
  await expect.poll(() => followClub(after.url(), club.link)).toEqual(nothing)
  expect(await shown(after, club.organiser, [planned.invites.runner])).toMatchObject({ name: null, runs: [] })
  const again = await aRun(after, { plannedStartMs: in7Days() })
  await shown(after, club.organiser, [again.invites.runner], 'Club')
  expect(await followClub(after.url(), club.link)).toMatchObject({
    name: 'Club',
    next: { invite: again.invites.runner },
  })
})

test('[CB6] a name is refused by its field, and changed by who organises', async () => {
  const world = await aWorld()
  const club = await aClub(world)
  for (const name of ['', ' ', 'x'.repeat(41), 'a\nb', 7]) {
    const { said } = await http(world, 'POST', '/api/clubs', { body: { createKey: newSecretKey(), name } })
    expect(said).toMatchObject({ code: 'malformed', field: 'name' })
  }
  await shown(world, club.organiser, [], 'Kök jal')
  expect(await followClub(world.url(), club.link)).toMatchObject({ name: 'Kök jal' })
})

test('[CB6] a club has at most 60 runs to come, and one more is refused before it is planned', async () => {
  const house = aHouse()
  const rooms = roomsOf(house)
  const { organiser } = await clubIn(house)
  const plan = (createKey: string) =>
    planIn(house, rooms, planWish({ createKey, club: organiser }) as PlanRun, { retentionDays: 7 })
  const keys = Array.from({ length: 61 }, newSecretKey)
  for (const key of keys.slice(0, 60)) expect(await plan(key)).toMatchObject({ ok: true })
  const runs = [...rooms.openRooms()].length
  expect(await plan(keys[60] as string)).toMatchObject({ code: 'malformed', field: 'club' })
  expect([...rooms.openRooms()].length).toBe(runs)
  expect(await plan(keys[0] as string)).toMatchObject({ ok: true })
})

test('[CB8] a renewed link leads to the next run, and the one before says that it is over', async () => {
  const world = await aWorld()
  const club = await aClub(world)
  const planned = await aRun(world, { plannedStartMs: in7Days(), club: club.organiser })
  const key = newSecretKey()
  const second = await renewed(world, club.organiser, 'link', key)
  expect(second.organiser).toBe(club.organiser)
  expect(second.link).not.toBe(club.link)
  expect(await renewed(world, club.organiser, 'link', key)).toEqual(second)
  expect(await followClub(world.url(), club.link)).toEqual(over('link'))
  expect(await next(world, second.link)).toMatchObject({ invite: planned.invites.runner })
  expect((await shown(world, club.organiser)).link).toBe(second.link)

  const third = await renewed(world, club.organiser, 'link')
  for (const link of [club.link, second.link]) expect(await followClub(world.url(), link)).toEqual(over('link'))
  await world.restart()
  await expect.poll(() => followClub(world.url(), second.link)).toEqual(over('link'))
  expect(await next(world, third.link)).toMatchObject({ invite: planned.invites.runner })
})

test('[CB8] whoever organised by a secret that was renewed does so no more, and is given no new one', async () => {
  const world = await aWorld()
  const createKey = newSecretKey()
  const club = await makeClub(world.url(), createKey, 'Club')
  if (!club.ok) throw new Error(club.code)
  const [theirs, key] = [newSecretKey(), newSecretKey()]
  const { link } = await renewed(world, club.organiser, 'link', theirs)
  const ours = await renewed(world, club.organiser, 'organiser', key)
  // The answer was lost, and the phone knows the old one only.
  expect(await renewed(world, club.organiser, 'organiser', key)).toEqual(ours)
  expect(ours.link).toBe(link)

  const { url } = world
  expect(await organise(url(), { organiser: club.organiser, name: 'Mine', invites: [] })).toEqual(over('organiser'))
  const plan = planWish({ club: club.organiser }) as PlanRun
  expect(await planRun(url(), plan)).toEqual(over('club'))
  for (const which of ['link', 'organiser'] as const)
    for (const renewKey of [theirs, newSecretKey()])
      expect(await renewClub(url(), { organiser: club.organiser, which, renewKey })).toEqual(over('organiser'))
  expect(await makeClub(url(), createKey, 'Mine')).toEqual(over('createKey'))
  expect(await shown(world, ours.organiser)).toMatchObject({ name: 'Club', link })
})

test('[CB8] a secret is renewed by who organises alone, and what is wrong is named', async () => {
  const world = await aWorld()
  const { organiser, link } = await aClub(world)
  for (const token of ['x', link, organiser.slice(0, -1)])
    expect(await renewClub(world.url(), { organiser: token, which: 'link', renewKey: newSecretKey() })).toEqual(refused)
  const good = { organiser, which: 'link', renewKey: newSecretKey() }
  for (const wrong of [{ which: 'both' }, { renewKey: 'short' }, { organiser: 7 }, { more: 1 }]) {
    const [field] = Object.keys(wrong)
    const { said } = await http(world, 'POST', '/api/clubs/renew', { body: { ...good, ...wrong } })
    expect(said).toMatchObject({ code: 'malformed', field })
  }
  // Nobody makes a newer one out of an older one.
  const [kind, clubId, seal] = link.split('.')
  expect(await followClub(world.url(), `${kind}.${clubId}.1.${'0'.repeat(24)}.${seal}`)).toEqual(refused)
  expect(await next(world, link)).toBeNull()
})

test('[CB8] a store that has lost it is told by whoever shows a newer secret', async () => {
  const world = await aWorld({ STORE: 'memory' })
  const club = await aClub(world)
  const { link } = await renewed(world, club.organiser, 'link')
  const { organiser } = await renewed(world, club.organiser, 'organiser')
  await world.restart()
  await expect.poll(() => followClub(world.url(), link)).toMatchObject({ ok: true })
  expect(await followClub(world.url(), club.link)).toEqual(over('link'))
  await shown(world, organiser)
  expect(await organise(world.url(), { organiser: club.organiser, name: null, invites: [] })).toEqual(over('organiser'))
})

test('[CB9] a club is forgotten a year after anybody has last organised it or followed its link', async () => {
  let nowMs = Date.now()
  const house = aHouse({ clock: { timeScale: 1, nowMs: () => nowMs } })
  const rooms = roomsOf(house)
  const look = watchOver(house, rooms)
  const { organiser, link } = await clubIn(house)
  const nameAfter = async (days: number, visit: () => Promise<unknown>) => {
    nowMs += days * DAY_MS
    await look()
    const clubId = house.seals.openClub('follow', link)?.clubId as ClubId
    const { name } = await house.store.club(clubId)
    await visit()
    return name
  }
  const follows = () => followIn(house, rooms, link)
  const organises = () => organiseIn(house, rooms, { organiser, name: null, invites: [] })
  for (const visit of [follows, organises, follows]) expect(await nameAfter(364, visit)).toBe('Club')
  expect(await nameAfter(366, follows)).toBeNull()
  expect(await follows()).toEqual({ ok: true, name: null, next: null })
})

test('[CB1] looking is no GET, so that no preview of a printed link does anything', async () => {
  const world = await aWorld()
  for (const path of ['/api/club', '/api/clubs', '/api/clubs/runs'])
    expect((await http(world, 'GET', path)).status).toBe(404)
})
