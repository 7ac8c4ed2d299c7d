import { expect, test, vi } from 'vitest'
import { askTracker } from '../../client/net/http-calls.ts'
import { newId } from '../../client/net/new-id.ts'
import type { Phone } from '../../client/net/phone.ts'
import type { Request as WaterRequest } from '../../shared/run/state.ts'
import { type CommandId, type HandOverId, SECOND_MS, type TrackerId } from '../../shared/units.ts'
import { someNodes } from '../support/nodes.ts'
import { aTracker } from '../support/tracker-app.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing, type World, wish } from '../support/world.ts'

type Asked = {
  readonly accept?: string
  readonly language?: string
  readonly method?: string
  readonly signal?: AbortSignal
  readonly body?: string
}

/** What a watch can do: ask an address, and show what it says. */
async function ask(world: World, token: string, path: string, { accept, language, ...more }: Asked = {}) {
  const said = await fetch(`${world.url()}/u/${token}/${path}`, {
    method: 'POST',
    headers: { ...(accept && { accept }), ...(language && { 'accept-language': language }) },
    ...more,
  })
  return { status: said.status, text: await said.text(), headers: said.headers }
}

async function said(...asked: Parameters<typeof ask>) {
  const { status, text } = await ask(...asked)
  return [status, text]
}

/** A live run: Aidar with a watch, Dana and Timur on bicycles, so that nothing is theirs by itself. */
async function aWatch(world: World) {
  const { planned, phone, token } = await aTracker(world)
  const leader = await aPhone(world, planned.seat)
  const danaSeat = await aSeat(world, planned.invites.cyclist, 'Dana')
  const dana = await aPhone(world, danaSeat)
  await aSeat(world, planned.invites.cyclist, 'Timur')
  await wish(leader, { type: 'start-run' })
  await startsSharing(phone)
  const memberId = phone.view().myId as never
  await until(() => expect(leader.view().run.members.get(memberId)).toMatchObject({ status: 'out' }))
  const press = (path: string, more?: Asked) => said(world, token, path, more)
  return { planned, phone, token, leader, dana, danaSeat, press }
}

/** The only request that a phone is told of, once it is. */
async function requestSeenBy(phone: Phone): Promise<WaterRequest> {
  await until(() => expect(phone.view().run.requests.size).toBe(1))
  return [...phone.view().run.requests.values()][0] as WaterRequest
}

async function stoodAt(phone: Phone, latitudeDeg: number): Promise<void> {
  phone.addFix({ latitudeDeg, longitudeDeg: 71.4304, takenAtMs: phone.nowMs() })
  const myId = phone.view().myId as never
  await until(() => expect(phone.view().places.get(myId)).toMatchObject({ latitudeDeg }))
}

const notAsked = [404, 'This address asks for nothing: it is mistyped, withdrawn, or belongs to no run now.']

test('[AD1] a press is a request of the member whose address it is', async () => {
  const world = await aWorld()
  const { phone, dana, press } = await aWatch(world)
  expect(await press('water', { body: '{"kind":"help"' })).toEqual([200, 'Asked for water.'])
  expect(await requestSeenBy(dana)).toMatchObject({ kind: 'water', quantity: 1, runnerId: phone.view().myId })
  for (const [kind, what] of [
    ['isotonic', 'isotonic'],
    ['gel', 'gel'],
    ['snack', 'a snack'],
    ['salt', 'salt'],
  ] as const)
    expect(await press(kind)).toEqual([200, `Asked for ${what}.`])
})

test('[AD1] of several runs the one counts where they began to share last', async () => {
  const world = await aWorld()
  const { token, press, phone } = await aWatch(world)
  const next = await aRun(world)
  const seat = await aSeat(world, next.invites.runner, 'Aidar')
  await askTracker(world.url(), seat, newId<CommandId>('cmd'), token)
  const leader = await aPhone(world, next.seat)
  await wish(leader, { type: 'start-run' })
  expect(await press('gel')).toEqual([200, 'Asked for gel.'])
  await until(() => expect(phone.view().run.requests.size).toBe(1))
  const there = await aPhone(world, seat)
  await startsSharing(there)
  expect(await press('water')).toEqual([200, 'Asked for water.'])
  expect(await requestSeenBy(there)).toMatchObject({ kind: 'water' })
  expect(phone.view().run.requests.size).toBe(1)
})

test('[AD2] a button pressed twice, or five times at once, is one request', async () => {
  const world = await aWorld()
  const { phone, dana, press } = await aWatch(world)
  const presses = await Promise.all(Array.from({ length: 5 }, () => press('water')))
  expect([...presses, await press('water')]).toEqual(Array.from({ length: 6 }, () => [200, 'Asked for water.']))
  const { requestId } = await requestSeenBy(dana)
  // Also when it was served in the meantime: the second press is no second bottle.
  await wish(phone, { type: 'confirm-delivered', requestId })
  expect(await press('water')).toEqual([200, 'Handed over.'])
  expect(phone.view().run.requests.size).toBe(1)
})

test('[AD2] an id tells one press from another, however often it is sent', async () => {
  const world = await aWorld()
  const { phone, dana, press } = await aWatch(world)
  expect(await press('water?id=lap-1')).toEqual([200, 'Asked for water.'])
  const { requestId } = await requestSeenBy(dana)
  const handOverId = newId<HandOverId>('hov')
  const runnerId = phone.view().myId as never
  await wish(dana, { type: 'record-hand-over', handOverId, runnerId, kind: 'water', quantity: 1 })
  expect(await press('water?id=lap-1')).toEqual([200, 'Handed over by Dana.'])
  expect(await press('water?id=lap-2')).toEqual([200, 'Asked for water.'])
  await until(() => expect(phone.view().run.requests.size).toBe(2))
  expect(phone.view().run.requests.get(requestId)).toMatchObject({ status: 'delivered' })
  expect((await press('water?id=a%20b'))[0]).toBe(400)
})

test('[AD3] what is open already is said, and not refused', async () => {
  const world = await aWorld({ TIME_SCALE: 60 })
  const { phone, press } = await aWatch(world)
  await press('water')
  await vi.waitFor(
    async () => expect(await press('water')).toEqual([200, 'Already asked for water. Nobody has taken it yet.']),
    { timeout: 20_000, interval: 200 },
  )
  expect(phone.view().run.requests.size).toBe(1)
})

test('[AD4] "my usual" is asked for with its note, and is water when there is none', async () => {
  const world = await aWorld()
  const { phone, dana, press } = await aWatch(world)
  expect(await press('usual')).toEqual([200, 'Asked for water.'])
  await wish(phone, { type: 'set-usual', kind: 'isotonic', quantity: 2, note: 'the blue bottle' })
  expect(await press('usual')).toEqual([200, 'Asked for 2 × isotonic.'])
  await until(() => {
    const second = [...dana.view().run.requests.values()].find(({ kind }) => kind === 'isotonic')
    expect(second).toMatchObject({ quantity: 2, hasNote: true })
    expect(dana.view().words.get(`note:${second?.requestId}`)?.text).toBe('the blue bottle')
  })
})

test('[AD5] with a wait the answer says who comes, and how long that takes', async () => {
  const world = await aWorld()
  const { phone, dana, press } = await aWatch(world)
  await startsSharing(dana)
  await stoodAt(phone, 51.128)
  await stoodAt(dana, 51.137) // 1,001 m
  const held = press('water?wait=60')
  const { requestId } = await requestSeenBy(dana)
  await wish(dana, { type: 'claim-request', requestId })
  expect(await held).toEqual([200, 'Dana, about 5 min'])
  expect(await press('water?wait=60')).toEqual([200, 'Dana, about 5 min']) // nothing to wait for
})

test('[AD5] a claim on another node ends the wait too', async () => {
  const { worlds } = await someNodes(2)
  const [here, there] = worlds as [World, World]
  const { planned, press } = await aWatch(here)
  const timur = await aPhone(there, await aSeat(there, planned.invites.cyclist, 'Timur'))
  const held = press('water?wait=60')
  const { requestId } = await requestSeenBy(timur)
  await wish(timur, { type: 'claim-request', requestId })
  expect(await held).toEqual([200, 'Timur has it'])
})

test('[AD5] when the wait is over and nobody has it, that is said', async () => {
  const world = await aWorld()
  const { press } = await aWatch(world)
  expect(await press('water?wait=0.2')).toEqual([200, 'Asked for water. Nobody has taken it yet.'])
  expect(await press('gel?wait=soon')).toEqual([200, 'Asked for gel.'])
})

test('[AD6] two calls of an address wait, a third is answered at once, and who goes away makes room', async () => {
  const world = await aWorld()
  const { press } = await aWatch(world)
  const watches = [new AbortController(), new AbortController()]
  const held = watches.map(({ signal }) => press('water?wait=60', { signal }).catch(() => 'gone'))
  const tookMs = async (waitS: number) => {
    const fromMs = performance.now()
    await press(`water?wait=${waitS}`)
    return performance.now() - fromMs
  }
  // Until both wait, this one is the second itself.
  await until(async () => expect(await tookMs(0.3)).toBeLessThan(250))
  for (const watch of watches) watch.abort()
  expect(await Promise.all(held)).toEqual(['gone', 'gone'])
  await until(async () => expect(await tookMs(0.3)).toBeGreaterThan(250))
})

test('[AD6] a node that ends answers those who wait', async () => {
  const world = await aWorld()
  const { dana, press } = await aWatch(world)
  const held = press('water?wait=60')
  await requestSeenBy(dana)
  await world.restart()
  expect(await held).toEqual([200, 'Asked for water. Nobody has taken it yet.'])
})

test('[AD7] whatever is no POST changes nothing, and says so', async () => {
  const world = await aWorld()
  const { leader, press, token } = await aWatch(world)
  const { version } = leader.view().run
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const { status, text, headers } = await ask(world, token, 'water?wait=60', { method })
    expect([status, headers.get('allow')]).toEqual([405, 'POST'])
    expect(text).toBe('Nothing was asked: this address asks only when something is posted to it.')
  }
  expect((await ask(world, token, 'water', { method: 'HEAD' })).status).toBe(405)
  expect((await ask(world, token, 'tap/water', { method: 'GET' })).status).toBe(200)
  await press('water')
  await until(() => expect(leader.view().run.requests.size).toBe(1))
  expect(leader.view().run.version).toBe(version + 1)
})

test('[AD8] an address that was never given out, is withdrawn, or belongs to no run is refused alike', async () => {
  const world = await aWorld()
  const { phone, token, planned, leader, dana, danaSeat } = await aWatch(world)
  for (const never of ['x', `${token}x`, token.slice(1), planned.seat])
    expect(await said(world, never, 'water')).toEqual(notAsked)
  for (const path of ['help', 'constructor', 'tap', 'water/more', '', '../water'])
    expect([path, (await ask(world, token, path)).status]).toEqual([path, 404])
  expect((await ask(world, 'x', 'tap/water', { method: 'GET' })).status).toBe(404)
  await wish(phone, { type: 'detach-tracker', trackerId: token.split('.')[1] as TrackerId })
  expect(await said(world, token, 'water')).toEqual(notAsked)

  const memberId = dana.view().myId as never
  const danas = await askTracker(world.url(), danaSeat, newId<CommandId>('cmd'), null)
  if (!danas.ok) throw new Error(danas.code)
  await wish(leader, { type: 'remove-member', memberId })
  expect(await said(world, danas.trackerToken, 'water')).toEqual(notAsked)
})

test('[AD8] a run that is not live, and one who has stopped, are refused in a sentence', async () => {
  const world = await aWorld()
  const { planned, phone, token } = await aTracker(world)
  const leader = await aPhone(world, planned.seat)
  const press = () => said(world, token, 'water')
  expect(await press()).toEqual([409, 'The run has not started yet.'])
  await wish(leader, { type: 'start-run' })
  await startsSharing(phone)
  const memberId = phone.view().myId as never
  await wish(phone, { type: 'stop', memberId, reason: 'finished', untilMs: phone.nowMs() })
  expect(await press()).toEqual([409, 'You have stopped. Start again on your phone, then ask.'])
  await wish(leader, { type: 'end-run', despiteMissing: true })
  expect(await press()).toEqual([409, 'The run is over.'])
})

test('[AD9] the page of a tag is kept to itself, and asks nobody but its server', async () => {
  const world = await aWorld()
  const { token, leader } = await aWatch(world)
  const { version } = leader.view().run
  const { status, text, headers } = await ask(world, token, 'tap/water', { method: 'GET' })
  expect(status).toBe(200)
  expect(headers.get('content-type')).toContain('text/html')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-robots-tag')).toBe('noindex')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self'/)
  expect(text).not.toContain(token)
  expect(text).not.toMatch(/(src|href)=|https?:/)
  expect(text).toContain('aria-live')
  expect(leader.view().run.version).toBe(version)
})

test('[AD10] who accepts JSON gets the same as data', async () => {
  const world = await aWorld()
  const { phone, dana, press, token } = await aWatch(world)
  const json = async (path: string) => JSON.parse((await ask(world, token, path, { accept: 'application/json' })).text)
  const open = await json('water?wait=0.1')
  const { requestId } = await requestSeenBy(dana)
  expect(open).toEqual({
    ok: true,
    requestId,
    kind: 'water',
    quantity: 1,
    status: 'open',
    helper: null,
    helperDistanceM: null,
    arrivesInMs: null,
    atM: null,
    sentence: 'Asked for water. Nobody has taken it yet.',
  })
  await wish(dana, { type: 'claim-request', requestId })
  expect(await json('water')).toMatchObject({ status: 'claimed', helper: 'Dana', sentence: 'Dana has it' })
  const memberId = phone.view().myId as never
  await wish(phone, { type: 'stop', memberId, reason: 'finished', untilMs: phone.nowMs() })
  expect(await json('gel')).toEqual({
    ok: false,
    code: 'not-out',
    detail: 'You have stopped. Start again on your phone, then ask.',
  })
  expect((await press('gel'))[0]).toBe(409)
})

test('[AD11] the address takes back what it asked for, and may ask again at once', async () => {
  const world = await aWorld()
  const { phone, dana, press } = await aWatch(world)
  expect(await press('cancel')).toEqual([200, 'Nothing was open.'])
  await press('water')
  await press('gel')
  const statuses = () => [...phone.view().run.requests.values()].map(({ kind, status }) => `${kind} ${status}`).sort()
  expect(await press('cancel?kind=gel')).toEqual([200, 'Taken back.'])
  await until(() => expect(statuses()).toEqual(['gel cancelled', 'water open']))
  expect(await press('cancel')).toEqual([200, 'Taken back.'])
  expect(await press('water')).toEqual([200, 'Asked for water.'])
  await until(() => expect(statuses()).toEqual(['gel cancelled', 'water cancelled', 'water open']))
  expect((await press('cancel?kind=help'))[0]).toBe(404)
  await until(() => expect(dana.view().run.requests.size).toBe(3))
})

test('[AD12] a button that is held down is told when to come back', async () => {
  const world = await aWorld()
  const { token, phone } = await aWatch(world)
  const answers = await Promise.all(Array.from({ length: 90 }, () => ask(world, token, 'water')))
  const late = answers.filter(({ status }) => status === 429)
  expect(late.length).toBeGreaterThanOrEqual(30)
  expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true)
  expect(late[0]?.text).toBe('Too many at once. Wait a moment.')
  expect(Number(late[0]?.headers.get('retry-after')) * SECOND_MS).toBeGreaterThan(0)
  await until(() => expect(phone.view().run.requests.size).toBe(1))
})

test('[AD13] it answers in the language that the address names, else in the one that the asker would have', async () => {
  const world = await aWorld()
  const { press, token } = await aWatch(world)
  expect(await press('water', { language: 'fr-FR,ru-RU;q=0.9,en;q=0.8' })).toEqual([200, 'Просьба отправлена: вода.'])
  expect(await press('gel?lang=kk', { language: 'ru' })).toEqual([200, 'Сұралды: гель.'])
  expect(await press('salt?lang=xx', { language: 'kk-KZ' })).toEqual([200, 'Сұралды: тұз.'])
  expect(await press('cancel?lang=ru')).toEqual([200, 'Просьба отменена.'])
  expect(await press('nothing?lang=kk')).toMatchObject([404, expect.stringContaining('Бұл мекенжай')])
  expect(await press('snack', { language: 'de' })).toEqual([200, 'Asked for a snack.'])
  const page = await ask(world, token, 'tap/water', { method: 'GET', language: 'kk' })
  expect(page.text).toContain('<html lang="kk">')
  expect(page.text).toContain('<title>Қазір сұралады: су</title>')
})
