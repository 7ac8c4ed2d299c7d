import { expect, onTestFinished, test, vi } from 'vitest'
import { type Answer, commandOutbox } from '../../client/net/command-outbox.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import type { Command, SentCommand } from '../../shared/run/commands.ts'
import type { RequestId } from '../../shared/units.ts'
import { until } from '../support/until.ts'

const requestId = 'req_aaaaaaaaaaaa' as RequestId
const help: Command = { type: 'raise-request', requestId, kind: 'help', quantity: 1, note: null }
const startRun: Command = { type: 'start-run' }
const accepted: Answer = { ok: true, version: 1, isFact: true }
const never = new Promise<Answer>(() => undefined)

test('[OB1] a call for help, and taking it back, does not wait behind another wish', async () => {
  const outbox = commandOutbox(memoryPhoneStorage(), () => undefined)
  outbox.open(({ command }) => (command.type === 'start-run' ? never : Promise.resolve(accepted)))
  void outbox.send(startRun)
  expect(await outbox.send(help)).toEqual(accepted)
  expect(await outbox.send({ type: 'cancel-request', requestId })).toEqual(accepted)
  expect(outbox.waiting().map(({ command }) => command.type)).toEqual(['start-run'])
})

test('[OB2] a wish is sent again with its own id until it is answered, and the next goes after it', async () => {
  const outbox = commandOutbox(memoryPhoneStorage(), () => undefined)
  const sent: SentCommand[] = []
  const answers = [{ ok: false, code: 'retry-later', retryAfterMs: 1 }, accepted, accepted] as Answer[]
  outbox.open(async (command) => {
    sent.push(command)
    return answers.shift() as Answer
  })
  await Promise.all([outbox.send(startRun), outbox.send({ type: 'erase-me' })])
  expect(sent.map(({ command }) => command.type)).toEqual(['start-run', 'start-run', 'erase-me'])
  expect(sent[0]?.commandId).toBe(sent[1]?.commandId)
})

test.each([
  ['before the pause', 0],
  ['in the pause', 20],
])('[OB3] a new way to the server that opens %s is used at once', async (_when, turns) => {
  vi.useFakeTimers() // no pause ever ends by itself
  onTestFinished(() => void vi.useRealTimers())
  const outbox = commandOutbox(memoryPhoneStorage(), () => undefined)
  let tries = 0
  outbox.open(() => {
    tries++
    return Promise.reject(new Error('no answer'))
  })
  const answer = outbox.send(startRun)
  for (let turn = 0; turn < turns; turn++) await Promise.resolve()
  expect(tries).toBe(1)
  outbox.shut()
  outbox.open(() => Promise.resolve(accepted))
  expect(await answer).toEqual(accepted)
})

test('[OB4] a wish that meets the same fault five times is answered with it and lets the next one go', async () => {
  const outbox = commandOutbox(memoryPhoneStorage(), () => undefined)
  const fault: Answer = { ok: false, code: 'internal', retryAfterMs: 1 }
  outbox.open(({ command }) => Promise.resolve(command.type === 'start-run' ? fault : accepted))
  const [first, second] = await Promise.all([outbox.send(startRun), outbox.send({ type: 'erase-me' })])
  expect([first, second]).toEqual([fault, accepted])
})

test('[OB5] once the seat is over every wish is refused at once', async () => {
  const outbox = commandOutbox(memoryPhoneStorage(), () => undefined)
  const waiting = outbox.send(startRun)
  const refusal = { ok: false, code: 'not-a-member' } as const
  outbox.refuseAll(refusal)
  expect([await waiting, await outbox.send(help)]).toEqual([refusal, refusal])
})

test('[OB8] what was granted is sent again under its id when the server may have lost it, as far as it may, also after a reload', async () => {
  const storage = memoryPhoneStorage()
  const first = commandOutbox(storage, () => undefined)
  let version = 0
  const nothing = { ok: true, version: 9, isFact: false } as const
  first.open(async ({ command }) =>
    command.type === 'return' ? nothing : { ok: true, version: ++version, isFact: true },
  )
  for (const command of [startRun, help, { type: 'erase-me' }] as const) await first.send(command)
  await first.send({ type: 'return', memberId: 'mbr_aaaaaaaaaaaa' as never })
  const outbox = commandOutbox(storage, () => undefined)
  await outbox.load()
  const sent: SentCommand[] = []
  outbox.open(async (one) => {
    sent.push(one)
    return accepted
  })
  outbox.again(1)
  await until(() => expect(outbox.waiting()).toEqual([]))
  expect(sent.map(({ command }) => command.type).sort()).toEqual(['erase-me', 'raise-request'])
  expect(new Set(sent.map(({ commandId }) => commandId)).size).toBe(2)
})

test('[OB9] what is given back and stands on something not there yet is sent once more later, and a refusal ends it', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const outbox = commandOutbox(memoryPhoneStorage(), () => undefined)
  outbox.open(async () => accepted)
  await outbox.send({ type: 'claim-request', requestId })
  const answers: Answer[] = [{ ok: false, code: 'no-such-thing' }, { ok: false, code: 'no-such-thing' }, accepted]
  let tries = 0
  outbox.open(async () => {
    tries++
    return answers.shift() ?? { ok: false, code: 'someone-else-has-it' }
  })
  outbox.again(0)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(tries).toBe(3)
  outbox.again(0)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(tries).toBe(4)
  outbox.again(0)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(tries).toBe(4)
})

test('[OB11] what is given back goes before what waits; until that is known calls for help go alone', async () => {
  const outbox = commandOutbox(memoryPhoneStorage(), () => undefined)
  const sent: string[] = []
  const way = async ({ command }: SentCommand) => {
    sent.push(command.type)
    return accepted
  }
  outbox.open(way)
  await outbox.send(startRun)
  outbox.shut()
  void outbox.send({ type: 'erase-me' })
  outbox.hold(true)
  outbox.open(way)
  expect(await outbox.send(help)).toEqual(accepted)
  expect(sent).toEqual(['start-run', 'raise-request'])
  outbox.again(0)
  outbox.hold(false)
  await until(() => expect(outbox.waiting()).toEqual([]))
  expect(sent.slice(2).filter((type) => type !== 'raise-request')).toEqual(['start-run', 'erase-me'])
})
