import { expect, test, vi } from 'vitest'
import { isRefusal, setRoute, sharedRoute } from '../../client/net/http-calls.ts'
import { newId } from '../../client/net/new-id.ts'
import type { Phone } from '../../client/net/phone.ts'
import { StoreAway } from '../../server/store/store.ts'
import { asSent } from '../../shared/frame/fix-codec.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import type { CommandId, GroupId, MemberId } from '../../shared/units.ts'
import { someNodes } from '../support/nodes.ts'
import { aSocket, ask, http, trackRows } from '../support/raw-doors.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing, wish } from '../support/world.ts'

/** A walk to the north-east. */
const walk = (untilMs: number, count: number, everyMs = 1_000): Fix[] =>
  Array.from({ length: count }, (_, i) => ({
    latitudeDeg: 51.128 + i * 0.000_02,
    longitudeDeg: 71.4304 + i * 0.000_03,
    takenAtMs: untilMs - (count - 1 - i) * everyMs,
    accuracyM: 4 + (i % 3) / 7,
  }))

async function walks(phone: Phone, fixes: readonly Fix[]): Promise<void> {
  for (const fix of fixes) phone.addFix(fix)
  await phone.allFixesStored()
}

const peopleOf = (rows: readonly Record<string, string>[]) => [...new Set(rows.map(({ person }) => person))]

test('[HD7] a member exports their own track, a leader any track, and nobody else anything', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const seats = new Map<string, string>()
  const ids = new Map<string, string | null>()
  for (const [name, role] of [
    ['Aidar', 'runner'],
    ['Dana', 'cyclist'],
  ] as const) {
    const seat = await aSeat(world, planned.invites[role], name)
    const phone = await aPhone(world, seat)
    await startsSharing(phone)
    await walks(phone, walk(phone.nowMs() + 2_000, 3))
    seats.set(name, seat)
    ids.set(name, phone.view().myId)
  }
  const watcherSeat = await aSeat(world, planned.invites.watcher, 'Mum')
  const [aidar, dana] = [seats.get('Aidar') ?? '', seats.get('Dana') ?? '']
  expect(peopleOf(await trackRows(world, aidar))).toEqual(['Aidar'])
  expect(peopleOf(await trackRows(world, aidar, `?member=${ids.get('Aidar')}`))).toEqual(['Aidar'])
  expect(peopleOf(await trackRows(world, planned.seat))).toEqual(['Aidar', 'Dana'])
  expect(peopleOf(await trackRows(world, planned.seat, `?member=${ids.get('Dana')}`))).toEqual(['Dana'])
  expect(await trackRows(world, watcherSeat)).toEqual([])
  for (const seat of [dana, watcherSeat])
    expect(await http(world, 'GET', `/api/track.csv?member=${ids.get('Aidar')}`, { seat })).toMatchObject({
      status: 403,
      said: { code: 'not-for-your-role', field: 'member' },
    })
})

test('[HD7] a leader of a group exports the tracks of their group and its helpers, and of nobody else', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const lead = await aPhone(world, planned.seat)
  const [red, blue] = [newId<GroupId>('grp'), newId<GroupId>('grp')]
  for (const groupId of [red, blue])
    await wish(lead, { type: 'add-group', groupId, name: 'Group', colour: '#cc0000', targetPaceMps: null })
  const ids = new Map<string, MemberId>()
  const seats = new Map<string, string>()
  for (const [name, invite, role, groupId] of [
    ['Aidar', planned.invites.runner, 'runner', red],
    ['Madina', planned.invites.runner, 'runner', blue],
    ['Ermek', planned.invites.leader, 'leader', red],
  ] as const) {
    const seat = await aSeat(world, invite, name)
    const phone = await aPhone(world, seat)
    const memberId = phone.view().myId as MemberId
    await wish(lead, { type: 'change-member', memberId, role, groupId })
    await startsSharing(phone)
    await walks(phone, walk(phone.nowMs() + 2_000, 3))
    ids.set(name, memberId)
    seats.set(name, seat)
  }
  const seat = seats.get('Ermek') ?? ''
  expect(peopleOf(await trackRows(world, planned.seat))).toEqual(['Aidar', 'Madina', 'Ermek'])
  expect(peopleOf(await trackRows(world, seat))).toEqual(['Aidar', 'Ermek'])
  expect(peopleOf(await trackRows(world, seat, `?member=${ids.get('Aidar')}`))).toEqual(['Aidar'])
  expect(await http(world, 'GET', `/api/track.csv?member=${ids.get('Madina')}`, { seat })).toMatchObject({
    status: 403,
    said: { code: 'not-for-your-role', field: 'member' },
  })
})

test('[HD8] every export holds exactly the fixes that were sent, in the order of the phone', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const phone = await aPhone(world, seat)
  await startsSharing(phone)
  const fixes = walk(phone.nowMs() + 60_000, 60).map(asSent)
  await walks(phone, fixes)

  const rows = await trackRows(world, seat)
  const asRead = rows.map(({ latitude, longitude, time, accuracyM }) => ({
    latitudeDeg: Number(latitude),
    longitudeDeg: Number(longitude),
    takenAtMs: Date.parse(time ?? ''),
    accuracyM: Number(accuracyM),
  }))
  expect(asRead).toEqual(fixes)
  const gpx = (await http(world, 'GET', '/api/track.gpx', { seat })).text
  const places = [...gpx.matchAll(/<trkpt lat="([^"]+)" lon="([^"]+)">/g)].map(([, lat, lon]) => [
    Number(lon),
    Number(lat),
  ])
  const line = fixes.map(({ latitudeDeg, longitudeDeg }) => [longitudeDeg, latitudeDeg])
  expect(places).toEqual(line)
  const geojson = await http(world, 'GET', '/api/track.geojson', { seat })
  expect(JSON.parse(geojson.text).features[0].geometry).toEqual({ type: 'LineString', coordinates: line })
  expect(geojson.headers.get('content-disposition')).toBe('attachment; filename="serik-run.geojson"')
})

test('[EX13] everybody’s tracks are read one after the other as the file is written, and it never looks whole when one could not be read', async () => {
  const nodes = await someNodes(1)
  const world = nodes.worlds[0] as (typeof nodes.worlds)[number]
  const planned = await aRun(world)
  const runners: MemberId[] = []
  for (const name of ['Aidar', 'Dana', 'Madina']) {
    const phone = await aPhone(world, await aSeat(world, planned.invites.runner, name))
    await startsSharing(phone)
    await walks(phone, walk(phone.nowMs() + 31_000, name === 'Aidar' ? 300 : 3, 100)) // his fill more than a chunk
    runners.push(phone.view().myId as MemberId)
  }
  const whole = await http(world, 'GET', '/api/track.gpx', { seat: planned.seat })
  expect(whole.text.match(/<trk>/g)).toHaveLength(3)
  expect(whole.text.endsWith('</gpx>\n')).toBe(true)

  const store = nodes.store()
  const waiting: ((fault: Error) => void)[] = []
  const readTrack = vi.fn<typeof store.readTrack>((runId, memberId) =>
    memberId === runners[1] ? new Promise((_, reject) => void waiting.push(reject)) : store.readTrack(runId, memberId),
  )
  nodes.use({ ...store, readTrack })
  for (const format of ['gpx', 'csv', 'geojson']) {
    const response = await fetch(`${world.url()}/api/track.${format}`, {
      headers: { authorization: `Bearer ${planned.seat}` },
    })
    expect(response.status).toBe(200)
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toContain('Aidar')
    await until(() => expect(waiting).toHaveLength(1))
    waiting.pop()?.(new StoreAway('away in the middle'))
    const rest = async () => {
      while (!(await reader?.read())?.done);
    }
    await expect(rest()).rejects.toThrow()
  }
  // Before the first byte there is an answer in words.
  nodes.use({ ...store, readTrack: () => Promise.reject(new StoreAway('away from the first')) })
  expect(await http(world, 'GET', '/api/track.gpx', { seat: planned.seat })).toMatchObject({
    status: 503,
    said: { code: 'retry-later' },
  })
})

test('[EX13] whoever loses their seat meanwhile gets no whole file', async () => {
  const nodes = await someNodes(1)
  const world = nodes.worlds[0] as (typeof nodes.worlds)[number]
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const seat = await aSeat(world, planned.invites.leader, 'Ermek')
  const former = await aPhone(world, seat)
  await startsSharing(leader)
  await walks(leader, walk(leader.nowMs() + 31_000, 300, 100))
  const store = nodes.store()
  let goOn = (): void => undefined
  const mayGoOn = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const memberId = former.view().myId as MemberId
  const readTrack = vi.fn<typeof store.readTrack>(async (runId, ofId) => {
    if (ofId === leader.view().myId) await mayGoOn
    return store.readTrack(runId, ofId)
  })
  nodes.use({ ...store, readTrack })
  const asked = fetch(`${world.url()}/api/track.csv`, { headers: { authorization: `Bearer ${seat}` } })
  await until(() => expect(readTrack).toHaveBeenCalled())
  await wish(leader, { type: 'remove-member', memberId })
  goOn()
  await expect(asked.then((response) => response.text())).rejects.toThrow()
  expect(await http(world, 'GET', '/api/track.csv', { seat })).toMatchObject({ said: { code: 'not-a-member' } })
})

test('[HD9] a recording that was shifted to today gets its own dates back', async () => {
  const world = await aWorld()
  const recordedMs = Date.UTC(2019, 4, 12, 6)
  const recordedShiftMs = Date.now() - recordedMs
  const planned = await aRun(world, { recordedShiftMs })
  const phone = await aPhone(world, planned.seat)
  await startsSharing(phone)
  await walks(
    phone,
    walk(recordedMs + 60_000, 10).map((fix) => ({ ...fix, takenAtMs: fix.takenAtMs + recordedShiftMs })),
  )
  const rows = await trackRows(world, planned.seat)
  expect(rows.map(({ time }) => time)).toEqual(
    walk(recordedMs + 60_000, 10).map(({ takenAtMs }) => new Date(takenAtMs).toISOString()),
  )
})

const out = [
  [51.1, 71.4],
  [51.11, 71.4],
  [51.12, 71.41],
] as const
const back = [...out].reverse().slice(1)
const gpxOf = (points: readonly (readonly [number, number])[]) =>
  `<?xml version="1.0"?><gpx version="1.1"><wpt lat="51.11" lon="71.4"><name>Bridge &amp; tap</name></wpt><trk><trkseg>${points
    .map(([lat, lon]) => `<trkpt lat="${lat}" lon="${lon}"/>`)
    .join('')}</trkseg></trk></gpx>`

test('[HD10] a route goes in as GPX, by the plan or by a leader, and comes back to every seat with its turn-rounds', async () => {
  const world = await aWorld()
  const planned = await aRun(world, { routeFile: gpxOf([...out, ...back]) })
  const watcherSeat = await aSeat(world, planned.invites.watcher, 'Mum')
  const route = await sharedRoute(world.url(), watcherSeat)
  if (isRefusal(route)) throw new Error(route.code)
  expect(route.points.map(({ latitudeDeg, longitudeDeg }) => [latitudeDeg, longitudeDeg])).toEqual([...out, ...back])
  expect(route.namedPoints).toEqual([
    { name: 'Bridge & tap', latitudeDeg: 51.11, longitudeDeg: 71.4, atM: [1_113, 3_742] },
  ])
  expect(route.lengthM).toBeGreaterThan(4_800)
  expect(route.lengthM).toBeLessThan(4_900)

  const commandId = newId<CommandId>('cmd')
  const changed = await setRoute(world.url(), planned.seat, commandId, gpxOf(out))
  expect(changed).toMatchObject({ ok: true })
  expect(await setRoute(world.url(), planned.seat, commandId, gpxOf(out))).toEqual(changed)
  expect(await sharedRoute(world.url(), watcherSeat)).toMatchObject({ lengthM: route.lengthM / 2 })
  const watcher = await aPhone(world, watcherSeat)
  expect(watcher.view().run.head.route?.lengthM).toBeCloseTo(route.lengthM / 2)
})

test('[HD11] without a route there is nothing to read, and only a leader may set one', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const seat = await aSeat(world, planned.invites.cyclist, 'Dana')
  expect(await sharedRoute(world.url(), seat)).toMatchObject({ code: 'no-such-thing' })
  expect(await setRoute(world.url(), seat, newId<CommandId>('cmd'), gpxOf(out))).toMatchObject({
    code: 'not-for-your-role',
  })
  const leader = await aSocket(world, planned.seat)
  const { rows } = await ask(leader, 'catch-up', { fromVersion: 0, mac: 'x', page: 0 })
  expect((rows as { of: string; value: { route?: unknown } }[])[0]?.value.route).toBeNull()
})
