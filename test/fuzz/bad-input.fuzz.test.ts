import fc from 'fast-check'
import type { Socket } from 'socket.io-client'
import { expect, test } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import { refusals } from '../../shared/protocol/errors.ts'
import { aScene, aSocket, ask } from '../support/raw-doors.ts'
import { asCommand, fixes, water } from '../support/raw-messages.ts'
import { aSeat } from '../support/world.ts'

/** Each has its own limit: enough that no message is turned away for its number. */
const SEATS = 6
const MESSAGES = 300

const wellFormed: readonly [event: string, body: object][] = [
  ['command', water()],
  ['command', asCommand({ type: 'start-sharing', sinceMs: Date.now() })],
  ['command', asCommand({ type: 'stop', memberId: newId('mbr'), reason: 'finished', untilMs: 1 })],
  ['command', asCommand({ type: 'send-message', messageId: newId('msg'), text: 'hello', groupId: null })],
  ['fixes', fixes({ accuracyM: 5, speedMps: 3, headingDeg: 90, altitudeM: 350, battery: 0.5 })],
  ['catch-up', { fromVersion: 1, mac: 'x', page: 0 }],
  ['key-frame', {}],
  ['look', { isLooking: true }],
]

/** Paths to every place in a message, from outside in. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

function withAt(value: unknown, [key, ...rest]: readonly string[], spoiled: unknown): unknown {
  if (key === undefined) return spoiled
  const copy = structuredClone(value) as Record<string, unknown>
  copy[key] = withAt(copy[key], rest, spoiled)
  return copy
}

const nonsense: fc.Arbitrary<[string, unknown]> = fc.tuple(
  fc.oneof(
    fc.constantFrom('command', 'fixes', 'catch-up', 'key-frame', 'look'),
    fc.constantFrom('x', 'error', '__proto__'),
  ),
  fc.jsonValue({ maxDepth: 6 }),
)
const spoiled: fc.Arbitrary<[string, unknown]> = fc
  .constantFrom(...wellFormed)
  .chain(([event, body]) =>
    fc
      .tuple(fc.constantFrom(...placesIn(body)), fc.oneof(fc.jsonValue(), fc.double(), fc.string({ unit: 'binary' })))
      .map(([path, value]): [string, unknown] => [event, withAt(body, path, value)]),
  )

test('[BI18] whatever JSON comes under whatever name, it is answered and breaks nothing', async () => {
  const { world, planned, unharmed, settle } = await aScene()
  const sockets: Socket[] = []
  for (let i = 0; i < SEATS; i++)
    sockets.push(await aSocket(world, await aSeat(world, planned.invites.runner, `Mallory ${i}`)))
  let sent = 0
  await fc.assert(
    fc.asyncProperty(fc.oneof(nonsense, spoiled), async ([event, body]) => {
      const socket = sockets[sent++ % SEATS] as Socket
      const said = await ask(socket, event, body)
      expect(said.ok === true || (said.code !== undefined && said.code in refusals)).toBe(true)
      expect(said.code).not.toBe('internal')
      if (said.code === 'malformed') expect(said.field).toMatch(/./)
      expect(world.faults).toEqual([])
    }),
    { numRuns: MESSAGES },
  )
  await settle() // a spoiled wish may be a good one still
  await unharmed()
})
