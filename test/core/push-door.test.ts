import { createECDH } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { endpointTrouble } from '../../server/core/push-endpoint.ts'
import { wordsOfFacts, wordsSeenBy } from '../../server/core/snapshot.ts'
import { isPrivateAddress } from '../../server/transport/private-address.ts'
import { type Pushed, type PushJob, pushQueueOf, WAITING_MAX } from '../../server/usecase/push-queue.ts'
import { sealsFrom } from '../../server/usecase/seals.ts'
import { newTally } from '../../server/usecase/tally.ts'
import { PersistentMap } from '../../shared/persistent-map.ts'
import { isForServerAlone } from '../../shared/run/words.ts'
import { factsOf, given, runOf } from '../support/given-run.ts'
import { aidar, changed, dana, lena, sunday } from '../support/people.ts'
import { until } from '../support/until.ts'

const subscription = {
  endpoint: 'https://push.example.org/send/abc',
  p256dh: 'B'.repeat(87),
  auth: 'a'.repeat(22),
}
const given1 = { type: 'push-set', memberId: aidar, isGiven: true } as const
const taken = { ...given1, isGiven: false }
const noWord = { key: `push:${aidar}`, ownerId: null, text: '' }

test('[PU1] where a phone is pushed to is a word, and is taken back by one without text', () => {
  given(...sunday)
    .when({ type: 'set-push', subscription }, aidar)
    .givesWithWords([{ key: `push:${aidar}`, ownerId: aidar, text: JSON.stringify(subscription) }], given1)
  given(...sunday, given1)
    .when({ type: 'set-push', subscription: null }, aidar)
    .givesWithWords([noWord], taken)
  given(...sunday)
    .when({ type: 'set-push', subscription: null }, aidar)
    .givesNothing()
})

test('[PU2] the key that pushes is one pair on the curve, the same of the same secret, and of no other', () => {
  const pairs = [1, 2, 3, 1].map((fill) => sealsFrom(Buffer.alloc(32, fill)).vapid)
  expect(pairs[0]).toEqual(pairs[3])
  expect(new Set(pairs.map(({ publicKey }) => publicKey)).size).toBe(3)
  for (const { publicKey, privateKey } of pairs) {
    const pair = createECDH('prime256v1')
    pair.setPrivateKey(Buffer.from(privateKey, 'base64url'))
    expect(pair.getPublicKey('base64url')).toBe(publicKey)
    expect(Buffer.from(privateKey, 'base64url')).toHaveLength(32)
  }
})

test('[PU3] no seat is told where a phone is pushed to, not its owner, nor who sees everything', () => {
  const run = runOf(...sunday, given1)
  const secret = { key: `push:${aidar}`, ownerId: aidar, text: JSON.stringify(subscription) }
  const name = { key: `name:${aidar}`, ownerId: aidar, text: 'Aidar' }
  const words = PersistentMap.empty<string, typeof name>().set(secret.key, secret).set(name.key, name)
  expect(isForServerAlone(secret.key)).toBe(true)
  const facts = factsOf([...sunday, given1])
  for (const id of [lena, aidar, dana]) {
    const viewer = run.members.get(id)
    if (!viewer) throw new Error('nobody')
    expect(wordsSeenBy(words.values(), run, viewer)).toEqual([name])
    expect(wordsOfFacts(facts, words, run, viewer)).toEqual([name])
  }
})

test('[PU4] where a phone is pushed to goes with the seat', () => {
  given(...sunday, given1)
    .when({ type: 'remove-member', memberId: aidar }, lena)
    .givesWithWords([noWord], { type: 'member-removed', memberId: aidar })
  given(...sunday, given1)
    .when({ type: 'reseat-member', memberId: aidar }, lena)
    .givesWithWords([noWord], { type: 'member-reseated', memberId: aidar, seatNo: 2 })
  for (const event of [
    { type: 'member-removed', memberId: aidar },
    { type: 'member-reseated', memberId: aidar, seatNo: 2 },
    { type: 'member-erased', memberId: aidar },
  ] as const)
    expect(runOf(...sunday, given1, event).members.get(aidar)?.hasPush).toBe(false)
  expect(runOf(...sunday, given1, changed(aidar, 'cyclist', null)).members.get(aidar)?.hasPush).toBe(true)
})

test.each([
  ['http://push.example.org/a', 'https only'],
  ['https://10.0.0.1/a', 'a name, no number'],
  ['https://0x7f.1/a', 'a name, no number'],
  ['https://2130706433/a', 'a name, no number'],
  ['https://[::1]/a', 'a name, no number'],
  ['https://[::ffff:10.0.0.1]/a', 'a name, no number'],
  ['https://localhost/a', 'no public name'],
  ['https://redis/a', 'no public name'],
  ['https://db.internal/a', 'no public name'],
  ['https://push.example.org:6379/a', 'no port of its own'],
  ['https://me:secret@push.example.org/a', 'no names in it'],
  ['http://127.0.0.1:80/a', 'https only'],
  ['nonsense', 'no address'],
])('[PU5] %s is nothing to push to', (endpoint, trouble) => {
  expect(endpointTrouble(endpoint, false)).toBe(trouble)
  given(...sunday)
    .when({ type: 'set-push', subscription: { ...subscription, endpoint } }, aidar)
    .isRefused('malformed', 'command.subscription.endpoint')
})

test('[PU5] a public name is pushed to, unless it leads into a private net', () => {
  expect(endpointTrouble('https://fcm.googleapis.com/fcm/send/x:y', false)).toBeUndefined()
  expect(endpointTrouble('https://updates.push.services.mozilla.com/wpush/v2/x', false)).toBeUndefined()
  expect(endpointTrouble('http://127.0.0.1:80/a', true)).toBeUndefined()
  const secret = [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
  ]
  const six = ['::1', '::', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '2001:0:1::']
  for (const address of [...secret, ...six]) expect(isPrivateAddress(address), address).toBe(true)
  for (const address of ['142.250.1.95', '2a00:1450:4001::5f', '172.32.0.1', '100.128.0.1', '::ffff:142.250.1.95'])
    expect(isPrivateAddress(address), address).toBe(false)
})

test('[PU5] a subscription of before, in a private net, is sent nothing', async () => {
  const send = vi.fn(async () => 'sent' as const)
  const tally = newTally()
  const queue = pushQueueOf(send, tally)
  queue.add(job('127.0.0.1', 'loopback'))
  queue.add(job('push.example.org', 'public'))
  await until(() => expect(tally).toMatchObject({ pushesSent: 1, pushesFailed: 1 }))
  expect(send).toHaveBeenCalledTimes(1)
})

const job = (host: string, body: string, more: Partial<PushJob> = {}): PushJob => ({
  subscription: { ...subscription, endpoint: `https://${host}/x` },
  body,
  ttlMs: 60_000,
  isUrgent: true,
  isFirst: false,
  replaces: body,
  onGone: () => undefined,
  ...more,
})

test('[PU15] what is over is said, a busy service is asked three times more, and what it refuses is not asked again', async () => {
  const tally = newTally()
  const asked: string[] = []
  const onGone = vi.fn()
  const answers: Record<string, Pushed> = { gone: 'gone', refused: 'refused', later: 'later', sent: 'sent' }
  const queue = pushQueueOf(
    async (_, body) => {
      asked.push(body)
      if (body === 'lost') throw new Error('no network')
      return answers[body] ?? 'sent'
    },
    tally,
    { againAfterMs: [1, 1, 1] },
  )
  for (const body of ['gone', 'refused', 'later', 'sent', 'lost']) queue.add(job('a.example', body, { onGone }))
  queue.add(job('a.example', 'too late', { ttlMs: 0 }))
  await until(() => expect(tally).toMatchObject({ pushesSent: 1, pushesGone: 1, pushesFailed: 4 }))
  const times = (body: string) => asked.filter((each) => each === body).length
  expect([times('gone'), times('refused'), times('later'), times('lost')]).toEqual([1, 1, 4, 4])
  expect(times('too late')).toBe(0)
  expect(onGone).toHaveBeenCalledTimes(1)
})

test('[PU15] a service that is busy is not asked again once the push says nothing true, and is told how long it does', async () => {
  const tally = newTally()
  const told: number[] = []
  const queue = pushQueueOf(
    async (_subscription, _body, { ttlMs }) => {
      told.push(ttlMs)
      return 'later'
    },
    tally,
    { againAfterMs: [50, 60_000] },
  )
  queue.add(job('a.example', 'short', { ttlMs: 30_000 }))
  await until(() => expect(tally.pushesFailed).toBe(1))
  expect(told).toHaveLength(2)
  expect(told[1]).toBeLessThan(30_000 - 45)
})

test('[PU18] what a busy service is asked again goes by its lane, and counts among what waits', async () => {
  const tally = newTally()
  let [underWay, mostUnderWay, asked] = [0, 0, 0]
  const queue = pushQueueOf(
    async () => {
      mostUnderWay = Math.max(mostUnderWay, ++underWay)
      await new Promise(setImmediate)
      underWay--
      return ++asked > 200 ? 'sent' : 'later'
    },
    tally,
    { againAfterMs: [5] },
  )
  for (let i = 0; i < 200; i++) queue.add(job('busy.example', `${i}`))
  await until(() => expect(tally.pushesSent).toBe(200))
  expect(mostUnderWay).toBe(16)

  const full = newTally()
  const bodies: string[] = []
  const away = pushQueueOf(
    async (_, body) => {
      bodies.push(body)
      return 'later'
    },
    full,
    { againAfterMs: [50_000] },
  )
  for (let i = 0; i < WAITING_MAX; i++) away.add(job('away.example', `${i}`))
  await until(() => expect(bodies).toHaveLength(WAITING_MAX))
  away.add(job('away.example', 'too much'))
  away.add(job('away.example', 'help', { isFirst: true }))
  expect(full.pushesDropped).toBe(2)
  await until(() => expect(bodies.at(-1)).toBe('help'))
  expect(bodies).not.toContain('too much')
  away.close()
})

test('[PU18] a push service that does not answer keeps nobody waiting but its own, and what is too much is dropped, calls for help last', async () => {
  const tally = newTally()
  const asked: string[] = []
  let goOn: (pushed: Pushed) => void = () => undefined
  const stalled = new Promise<Pushed>((resolve) => {
    goOn = resolve
  })
  const queue = pushQueueOf(async ({ endpoint }, body) => {
    asked.push(body)
    return endpoint.includes('slow') ? stalled : 'sent'
  }, tally)
  for (let i = 0; i < WAITING_MAX + 16; i++) queue.add(job('slow.example', `slow ${i}`))
  expect(asked).toHaveLength(16)
  expect(tally.pushesDropped).toBe(0)
  queue.add(job('slow.example', 'too much'))
  queue.add(job('slow.example', 'help', { isFirst: true }))
  expect(tally.pushesDropped).toBe(2)
  queue.add(job('fast.example', 'help elsewhere', { isFirst: true }))
  await until(() => expect(tally.pushesSent).toBe(1))
  expect(asked.at(-1)).toBe('help elsewhere')
  goOn('sent')
  await until(() => expect(tally.pushesSent).toBe(WAITING_MAX + 16))
  expect(asked[17]).toBe('help')
  expect(asked).not.toContain('too much')
  expect(tally.pushesDropped).toBe(3)
})
