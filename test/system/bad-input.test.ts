import { expect, test } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import { FIXES_MAX } from '../../shared/frame/fix-layout.ts'
import { aScene, ask } from '../support/raw-doors.ts'
import { aFix, asCommand, fixes, malformedAt, water } from '../support/raw-messages.ts'
import { startsSharing } from '../support/world.ts'

test('[BI1] an event nobody knows is refused, whatever its name', async () => {
  const { bad, unharmed } = await aScene()
  for (const name of [
    'steal',
    '',
    '__proto__',
    'constructor',
    'toString',
    'error',
    'frame',
    'welcome',
    'x'.repeat(9_000),
  ])
    expect(await ask(bad, name, { a: 1 })).toEqual(malformedAt('event'))
  expect(await ask(bad, 7 as never, { a: 1 })).toEqual(malformedAt('event'))
  await unharmed()
})

test('[BI2] a message of a wrong shape is refused with the field that is wrong', async () => {
  const { bad, unharmed } = await aScene()
  const nonsense: readonly [event: string, body: unknown, field: string][] = [
    ...['command', 'fixes', 'catch-up', 'key-frame', 'look'].flatMap((event) =>
      [null, 'text', 1, true, [], [{}]].map((body): [string, unknown, string] => [event, body, 'body']),
    ),
    ['command', {}, 'commandId'],
    ['command', { commandId: 'cmd_1', command: { type: 'start-run' } }, 'commandId'],
    ['command', { commandId: newId('cmd') }, 'command'],
    ['command', asCommand({ type: 'steal-run' }), 'command.type'],
    ['command', asCommand({ type: ['pause'] }), 'command.type'],
    ['command', asCommand({ type: 'pause', reason: 'beer' }), 'command.reason'],
    ['command', asCommand({ type: 'pause', reason: 'toilet', more: 1 }), 'command.more'],
    ['command', { ...water(), more: 1 }, 'more'],
    ['command', water({ kind: 'gold' }), 'command.kind'],
    ['command', water({ note: 'a'.repeat(141) }), 'command.note'],
    ['command', water({ note: 'two\nlines' }), 'command.note'],
    ['command', water({ note: ' ' }), 'command.note'],
    ['command', asCommand({ type: 'see-message', messageId: '../../etc/passwd' }), 'command.messageId'],
    ['fixes', { streamId: 'stream01', fixes: [] }, 'fixes'],
    ['fixes', { streamId: 'no', fixes: [aFix()] }, 'streamId'],
    ['fixes', { streamId: 'stream01', fixes: { length: 3 } }, 'fixes'],
    [
      'fixes',
      { streamId: 'stream01', fixes: Array.from({ length: FIXES_MAX + 1 }, (_, i) => aFix({ seq: i + 1 })) },
      'fixes',
    ],
    ['fixes', fixes({ seq: 0 }), 'fixes.0.seq'],
    ['fixes', fixes({ seq: 1.5 }), 'fixes.0.seq'],
    ['fixes', fixes({ mock: true }), 'fixes.0.mock'],
    ['catch-up', { fromVersion: -1, mac: '', page: 0 }, 'fromVersion'],
    ['catch-up', { fromVersion: 0, mac: 'x'.repeat(65), page: 0 }, 'mac'],
    ['catch-up', { fromVersion: 0, mac: 'x', page: 99 }, 'page'],
    ['look', { isLooking: 'yes' }, 'isLooking'],
    ['key-frame', { all: true }, 'all'],
  ]
  for (const [event, body, field] of nonsense)
    expect([event, body, await ask(bad, event, body)]).toEqual([event, body, malformedAt(field)])
  await unharmed()
})

test('[BI3] a coordinate that is none, or out of range, is refused', async () => {
  const { bad, unharmed } = await aScene()
  const none = [null, Number.NaN, Number.POSITIVE_INFINITY, 'NaN', '51.1', '', {}, [51.1], true, 1e308, -1e308]
  for (const latitudeDeg of [...none, 90.000001, -91])
    expect(await ask(bad, 'fixes', fixes({ latitudeDeg }))).toEqual(malformedAt('fixes.0.latitudeDeg'))
  for (const longitudeDeg of [...none, 180.000001, -181])
    expect(await ask(bad, 'fixes', fixes({ longitudeDeg }))).toEqual(malformedAt('fixes.0.longitudeDeg'))
  await unharmed()
})

test('[BI4] a number that is too large, no whole one, or below its smallest is refused', async () => {
  const { bad, unharmed } = await aScene()
  for (const takenAtMs of [2 ** 53, 1e300, -1, 0.5, '0', null])
    expect(await ask(bad, 'fixes', fixes({ takenAtMs }))).toEqual(malformedAt('fixes.0.takenAtMs'))
  for (const [name, value] of Object.entries({ accuracyM: -1, speedMps: -0.1, headingDeg: 361, battery: 85 }))
    expect(await ask(bad, 'fixes', fixes({ [name]: value }))).toEqual(malformedAt(`fixes.0.${name}`))
  for (const quantity of [0, -1, 6, 1e100, 1.5, '1', null])
    expect(await ask(bad, 'command', water({ quantity }))).toEqual(malformedAt('command.quantity'))
  await unharmed()
})

test('[BI5] bytes in the place of a field, or of a message, are refused', async () => {
  const { bad, unharmed } = await aScene()
  const bytes = Buffer.from([1, 2, 3])
  expect(await ask(bad, 'command', bytes)).toEqual(malformedAt('commandId'))
  expect(await ask(bad, 'look', [bytes])).toEqual(malformedAt('body'))
  expect(await ask(bad, 'command', { commandId: bytes, command: { type: 'start-run' } })).toEqual(
    malformedAt('commandId'),
  )
  expect(await ask(bad, 'command', water({ note: bytes }))).toEqual(malformedAt('command.note'))
  expect(await ask(bad, 'fixes', fixes({ latitudeDeg: bytes }))).toEqual(malformedAt('fixes.0.latitudeDeg'))
  expect(await ask(bad, 'fixes', { streamId: 'stream01', fixes: bytes })).toEqual(malformedAt('fixes'))
  await unharmed()
})

test('[BI7] keys of every object, like __proto__ and constructor, are unknown keys', async () => {
  const { bad, unharmed } = await aScene()
  for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
    const evil = (body: object): object =>
      JSON.parse(JSON.stringify(body).replace(/\}$/, `,"${key}":{"role":"leader","ok":true}}`))
    expect(await ask(bad, 'look', evil({ isLooking: true }))).toEqual(malformedAt(key))
    expect(await ask(bad, 'command', evil(water()))).toEqual(malformedAt(key))
    expect(await ask(bad, 'command', asCommand(evil(water().command)))).toEqual(malformedAt(`command.${key}`))
    expect(await ask(bad, 'fixes', { streamId: 'stream01', fixes: [evil(aFix())] })).toEqual(
      malformedAt(`fixes.0.${key}`),
    )
    expect(await ask(bad, 'command', asCommand({ type: key }))).toEqual(malformedAt('command.type'))
  }
  expect(({} as Record<string, unknown>).role).toBeUndefined()
  await unharmed()
})

test('[BI11] a fix from the future, of last week or of nowhere is answered as received, and counted as put aside', async () => {
  const { bad, unharmed, settle, runner } = await aScene()
  await startsSharing(runner)
  expect(await ask(bad, 'command', asCommand({ type: 'start-sharing', sinceMs: Date.now() }))).toMatchObject({
    ok: true,
  })
  await settle()
  const nowMs = Date.now()
  const odd = [
    aFix({ seq: 1, takenAtMs: nowMs + 3_600_000 }),
    aFix({ seq: 2, takenAtMs: nowMs - 7 * 86_400_000 }),
    aFix({ seq: 3, latitudeDeg: 0, longitudeDeg: 0, takenAtMs: nowMs }),
    aFix({ seq: 4, takenAtMs: 2 ** 53 - 1 }),
    aFix({ seq: 5, takenAtMs: 0 }),
  ]
  expect(await ask(bad, 'fixes', { streamId: 'stream01', fixes: odd })).toEqual({
    ok: true,
    streamId: 'stream01',
    ranges: [[1, 5]],
    aside: { 'from-the-future': 2, 'outside-sharing': 2, nowhere: 1 },
  })
  await unharmed()
})
