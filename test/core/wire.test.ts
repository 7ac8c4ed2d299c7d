import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readHistory } from '../../docs/wire-doc/docstrings.ts'
import { wireDocument } from '../../docs/wire-doc/document.ts'
import { httpCalls } from '../../docs/wire-doc/http-calls.ts'
import { asSent, fixEncoder } from '../../shared/frame/fix-codec.ts'
import { frameLane } from '../../shared/frame/frame-lane.ts'
import { refusals } from '../../shared/protocol/errors.ts'
import * as http from '../../shared/protocol/http.ts'
import * as plans from '../../shared/protocol/http-plan.ts'
import { OLDEST_ACCEPTED_WIRE_VERSION, WIRE_VERSION } from '../../shared/protocol/version.ts'
import * as wire from '../../shared/protocol/wire.ts'

const root = join(import.meta.dirname, '../..')

test('[WI1] docs/WIRE.md is what the schemas say', () => {
  const written = readFileSync(join(root, 'docs/WIRE.md'), 'utf8')
  expect(written === wireDocument(), 'docs/WIRE.md is out of date: npm run wire-doc').toBe(true)
})

test('[WI2] the messages are those of the current wire version', () => {
  const calls = Object.entries({ ...http, ...plans }).filter(([name]) => name.endsWith('Schema')) as [
    string,
    z.core.$ZodType,
  ][]
  const answers = { accepted: wire.acceptedSchema, catchUp: wire.catchUpAnswerSchema, greeting: wire.greetingSchema }
  const socket = [wire.upSchemas, wire.downSchemas, answers].flatMap((each) => Object.entries(each))
  const texts = [...calls, ...socket].map(([name, schema]) => `${name} ${JSON.stringify(z.toJSONSchema(schema))}`)
  const place = {
    memberNo: 7,
    latitudeDeg: 51.1,
    longitudeDeg: 71.4,
    takenAtMs: 1_778_399_999_100,
    accuracyM: 5,
    speedMps: 3,
    headingDeg: 90,
    progress: null,
  }
  const progress = {
    atM: 12_400,
    spreadM: 8,
    speedMps: 3,
    forecastMps: 2.9,
    forecastSpreadMps: 0.1,
    confidence: 0.9,
    rival: { atM: 17_400, share: 0.1 },
    isOffRoute: false,
    isWrongWay: false,
    isStopped: true,
  }
  const lane = frameLane()
  const places = [place, { ...place, memberNo: 8, progress }]
  const moved = places.map((each) => ({ ...each, latitudeDeg: 51.100_04, takenAtMs: each.takenAtMs + 5_000 }))
  const frames = [lane.next(1_778_400_000_000, places), lane.next(1_778_400_005_000, moved), lane.key(() => true)]
  const { memberNo: _, progress: __, ...seen } = place
  const fix = {
    ...asSent({ ...seen, accuracyM: 5, speedMps: 3, headingDeg: 90, altitudeM: 350, battery: 0.8 }),
    seq: 7,
  }
  const fixes = fixEncoder().encode({ streamId: 'k3v9x0aa', fixes: [fix] })
  const bytes = [...frames, fixes].map((each) => Buffer.from(each ?? []).toString('hex'))
  const wireNow = [...texts.sort(), ...bytes, Object.keys(refusals).sort()]
  const fingerprint = createHash('sha256').update(JSON.stringify(wireNow)).digest('hex').slice(0, 12)
  const say =
    'The wire has changed. If its version was released: raise WIRE_VERSION in shared/protocol/version.ts and add a line to the history there. Paste the new fingerprint here, and run npm run wire-doc.'
  expect({ version: WIRE_VERSION, fingerprint }, say).toEqual({ version: 6, fingerprint: '43f64c17e4c3' })
})

test('[WI3] the history of the wire has a line for each version', () => {
  expect(readHistory().map((line) => Number(/\d+/.exec(line)?.[0]))).toEqual(
    Array.from({ length: WIRE_VERSION }, (_, i) => i + 1),
  )
  expect(OLDEST_ACCEPTED_WIRE_VERSION).toBeGreaterThanOrEqual(WIRE_VERSION - 1)
  expect(OLDEST_ACCEPTED_WIRE_VERSION).toBeLessThanOrEqual(WIRE_VERSION)
})

test('[WI4] every call over HTTP is documented, and no other', () => {
  const transport = join(root, 'server/transport')
  const files = readdirSync(transport).filter((file) => file.endsWith('.ts'))
  const served = files.flatMap((file) =>
    [
      ...readFileSync(join(transport, file), 'utf8').matchAll(
        /app\.(get|post|put|patch|delete)\(\s*'(\/(?:api|u)\/[^']+)'/g,
      ),
    ].map(([, method, path]) => `${method?.toUpperCase()} ${path}`),
  )
  expect(httpCalls.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(served.sort())
})
