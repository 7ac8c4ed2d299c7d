import { expect, test } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import { MESSAGE_BYTES_MAX } from '../../shared/protocol/wire.ts'
import { aScene, aSocket, ask, askInText } from '../support/raw-doors.ts'
import { asCommand, fixes, malformedAt, water } from '../support/raw-messages.ts'

test('[BI6] text nested 20,000 deep is refused like any other wrong shape', async () => {
  const { bad, unharmed } = await aScene()
  const arrays = '['.repeat(20_000) + ']'.repeat(20_000)
  const objects = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
  const messages: readonly [event: string, json: string, field: string][] = [arrays, objects].flatMap((deep) => [
    ['steal', deep, 'event'],
    ['look', deep, deep === arrays ? 'body' : 'isLooking'],
    ['command', `{"commandId":"${newId('cmd')}","command":${deep}}`, deep === arrays ? 'command' : 'command.type'],
    ['command', JSON.stringify(water()).replace('null', deep), 'command.note'],
    ['fixes', JSON.stringify(fixes()).replace('51.128', deep), 'fixes.0.latitudeDeg'],
  ])
  for (const [i, [event, json, field]] of messages.entries())
    expect([event, await askInText(bad, 9_000 + i, event, json)]).toEqual([event, malformedAt(field)])
  await unharmed()
})

test('[BI8] without an answer to give, or with too many arguments, a message does no harm', async () => {
  const { bad, unharmed } = await aScene()
  bad.emit('command')
  bad.emit('command', null)
  bad.emit('command', asCommand({ type: 'start-run' }))
  bad.emit('fixes', fixes(), 'no function')
  bad.emit('fixes', fixes({ latitudeDeg: 99 }))
  bad.emit('steal')
  bad.emit('error', 'mine')
  expect(await ask(bad, 'command')).toEqual(malformedAt('body'))
  expect(await ask(bad, 'command', water(), 'extra')).toEqual(malformedAt('arguments'))
  expect(await ask(bad, 'look', ...Array.from({ length: 1_000 }, () => ({})))).toEqual(malformedAt('arguments'))
  await unharmed()
})

test('[BI9] a text of any size up to the message limit is refused, and above it only its sender is cut off', async () => {
  const { world, bad, badSeat, unharmed } = await aScene()
  const text = 'a'.repeat(MESSAGE_BYTES_MAX - 1_000)
  expect(await ask(bad, 'command', water({ note: text }))).toEqual(malformedAt('command.note'))
  expect(await ask(bad, 'command', { ...water(), [text]: 1 })).toMatchObject({ ok: false, code: 'malformed' })
  expect(await ask(bad, text, {})).toEqual(malformedAt('event'))
  await unharmed()

  const cutOff = new Promise((resolve) => bad.on('disconnect', resolve))
  bad.emit('command', water({ note: 'a'.repeat(MESSAGE_BYTES_MAX + 1_000) }))
  await cutOff
  expect(await ask(await aSocket(world, badSeat), 'look', { isLooking: true })).toEqual({ ok: true })
  await unharmed()
})

test('[BI10] what is no Socket.IO packet ends its own connection and nothing else', async () => {
  const { world, badSeat, unharmed } = await aScene()
  const deep = `51-["look",${'['.repeat(20_000)}{"_placeholder":true,"num":0}${']'.repeat(20_000)}]`
  const packets = [
    '2["command"',
    'x',
    '2{}',
    '2["disconnect"]',
    '2[null]',
    '2[]',
    '59999999999-["look"]',
    '2/x,["look"]',
  ]
  for (const packet of [...packets, deep]) {
    const socket = await aSocket(world, badSeat)
    const gone = new Promise((resolve) => socket.on('disconnect', resolve))
    socket.io.engine.write(packet)
    if (packet === deep) socket.io.engine.write(Buffer.from('bytes') as never)
    await gone
  }
  const socket = await aSocket(world, badSeat)
  for (const packet of ['2', '3999["an answer to nothing"]', '1', '51-["look",{"_placeholder":true,"num":9}]'])
    socket.io.engine.write(packet)
  await unharmed()
})
