import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { traccarLinks } from '../../server/ingest/traccar-links.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { DAY_MS } from '../../shared/units.ts'
import {
  byForm,
  byJson,
  byQuery,
  byText,
  coords,
  heartbeat,
  help,
  here,
  place,
  read,
  receivedAtMs,
  recorded,
  report,
  takenAtMs,
  timestamp,
  unreadable,
} from '../support/osmand-posts.ts'

const wholeFix: Fix = {
  ...place,
  takenAtMs,
  accuracyM: 8,
  speedMps: 2.8,
  headingDeg: 180,
  altitudeM: 350,
  battery: 0.85,
}
const whole = '&speed=5.4&bearing=180.0&altitude=350.0&accuracy=8.0&batt=85'
/** Knots. */
const wholeFixByPairs: Fix = { ...wholeFix, speedMps: expect.closeTo(2.778, 12) }

describe('the three forms', () => {
  test('[IN1] a query is a fix, with speed in knots and battery in per cent', () => {
    expect(byQuery(here + whole)).toEqual(report(wholeFixByPairs))
  })

  test('[IN1] a form body is a fix, with speed in knots and battery in per cent', () => {
    expect(byForm(`${here + whole}&charge=false`)).toEqual(report(wholeFixByPairs))
  })

  test('[IN1] a JSON body is a fix, with speed in metres a second and battery from 0 to 1', () => {
    expect(byJson(recorded)).toEqual(report(wholeFix))
  })

  test('[IN2] JSON goes before the query, and a query before the form', () => {
    const elsewhere = 'id=1&lat=1&lon=2&timestamp=1739365200'
    const json = JSON.stringify({ location: recorded })
    expect(read('application/json', elsewhere, json)).toEqual(report(wholeFix))
    expect(read('application/json-seq', elsewhere, json)).toEqual(report(wholeFix))
    expect(read('', here, elsewhere)).toEqual(report({ ...place, takenAtMs }))
    expect(read('text/plain', here, json)).toEqual(report({ ...place, takenAtMs }))
    expect(read('application/json', here, '')).toEqual(unreadable)
  })

  test('[IN2] a query that only repeats the settings does not hide the point in the form', () => {
    const { qrUrl } = traccarLinks('https://serik.example', 'abcdefghijklmnop')
    const settings = new URL(qrUrl).search
    expect(read('', settings, here)).toEqual(report({ ...place, takenAtMs }))
    expect(read('', settings, 'id=48241179')).toEqual(heartbeat)
  })
})

const atIso = '2025-02-12T13:00:00'
test.each([
  ['seconds', '1739365200'],
  ['seconds with a fraction', '1739365200.0'],
  ['milliseconds', '1739365200000'],
  ['ISO', `${atIso}.000Z`],
  ['ISO without seconds', '2025-02-12T13:00Z'],
  ['ISO in Astana', '2025-02-12T18:00:00%2B05:00'],
  ['ISO with a plus not encoded', '2025-02-12T18:00:00+0500'],
  ['ISO in New York', '2025-02-12T08:00:00-05:00'],
  ['a date with a space', '2025-02-12%2013:00:00'],
  ['a date with a plus for the space', '2025-02-12+13:00:00'],
])('[IN3] the time is read from %s', (_form, time) => {
  expect(byQuery(`id=1&lat=51.128&lon=71.4304&timestamp=${time}`)).toEqual(report({ ...place, takenAtMs }))
})

test('[IN3] a date without a zone is UTC, wherever the server stands', () => {
  vi.stubEnv('TZ', 'Asia/Almaty')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(new Date(takenAtMs).getTimezoneOffset()).toBe(-300)
  for (const time of [atIso, '2025-02-12 13:00:00'])
    expect(byQuery(`lat=51.128&lon=71.4304&timestamp=${time}`)).toEqual(report({ ...place, takenAtMs }))
})

test('[IN3] a time below 2147483647 is seconds, from there on milliseconds', () => {
  const at = (time: string) => byQuery(`lat=51.128&lon=71.4304&timestamp=${time}`).fixes[0]?.takenAtMs
  expect([at('2147483646'), at('2147483647')]).toEqual([2_147_483_646_000, 2_147_483_647])
})

test('[IN4] a point without a time was taken when it arrived', () => {
  const arrived = report({ ...place, takenAtMs: receivedAtMs })
  expect(byQuery('id=1&lat=51.128&lon=71.4304')).toEqual(arrived)
  expect(byForm('id=1&lat=51.128&lon=71.4304&timestamp=')).toEqual(arrived)
  expect(byJson({ coords: { latitude: 51.128, longitude: 71.4304 } })).toEqual(arrived)
})

const ROLLOVER_MS = 619_315_200_000
test.each([
  ['put right when that lands within a day of arrival', receivedAtMs - ROLLOVER_MS - DAY_MS, receivedAtMs - DAY_MS],
  ['put right when the clock is ahead', receivedAtMs - ROLLOVER_MS + DAY_MS, receivedAtMs + DAY_MS],
  ['left alone further off', receivedAtMs - ROLLOVER_MS - DAY_MS - 1, receivedAtMs - ROLLOVER_MS - DAY_MS - 1],
  ['left alone when merely old', receivedAtMs - 9 * DAY_MS, receivedAtMs - 9 * DAY_MS],
])('[IN5] a time 1,024 weeks back is %s', (_how, sentMs, expectedMs) => {
  expect(byQuery(`lat=51.128&lon=71.4304&timestamp=${sentMs}`)).toEqual(report({ ...place, takenAtMs: expectedMs }))
  const sentIso = new Date(sentMs).toISOString()
  expect(byJson({ ...recorded, timestamp: sentIso })).toEqual(report({ ...wholeFix, takenAtMs: expectedMs }))
})

test.each([
  ['accuracy', '-1 0 0.0 NaN 1e999 near 0x10'],
  ['speed', '-1 -0.5 NaN Infinity 1e999'],
  ['bearing', '-1 361 NaN north'],
  ['altitude', '-9999 -9999.0 NaN 1e999'],
  ['batt', '-1 -100 101 NaN full'],
])('[IN6] a %s that is unknown or nonsense is left out, and the fix stays', (word, values) => {
  for (const value of values.split(' '))
    expect(byQuery(`${here}&${word}=${value}`)).toEqual(report({ ...place, takenAtMs }))
})

test('[IN6] what a phone writes for unknown is left out, and 0 is a speed, a heading, an altitude and a battery', () => {
  const unknown = { ...coords, accuracy: 0, speed: -1, heading: -1, altitude: -9999 }
  expect(byJson({ ...recorded, coords: unknown, battery: { level: -1 } })).toEqual(report({ ...place, takenAtMs }))
  expect(byJson({ ...recorded, coords: { ...unknown, altitude: null }, battery: null })).toEqual(
    report({ ...place, takenAtMs }),
  )
  expect(byQuery(`${here}&speed=0&bearing=0&altitude=0&batt=0`)).toEqual(
    report({ ...place, takenAtMs, speedMps: 0, headingDeg: 0, altitudeM: 0, battery: 0 }),
  )
})

test.each([
  ['deviceid for id', 'deviceid=1&lat=51.128&lon=71.4304&timestamp=1739365200', {}],
  ['location for lat and lon', 'id=1&location=51.128,71.4304&timestamp=1739365200', {}],
  ['heading for bearing', `${here}&heading=90`, { headingDeg: 90 }],
  ['a word said twice alike', `${here}&lat=51.128&id=other`, {}],
  ['words of other devices', `${here}&hdop=6&rpm=933&ignition=true&cell=257,02,16,2224&wifi=00-14-22,-80&valid=1`, {}],
])('[IN7] %s is understood', (_what, pairs, more) => {
  const understood = report({ ...place, takenAtMs, ...more })
  expect(byQuery(pairs)).toEqual(understood)
  expect(byForm(pairs)).toEqual(understood)
})

test('[IN8] a heartbeat has no fix and nothing unreadable', () => {
  for (const pairs of ['id=48241179', `id=1&timestamp=1739365200&batt=85`, 'id=1&lat=&lon=&timestamp=', ''])
    expect([byQuery(pairs), byForm(pairs)]).toEqual([heartbeat, heartbeat])
  expect(byJson({ timestamp, event: 'heartbeat', extras: {} })).toEqual(heartbeat)
  expect(byJson({ timestamp, coords: null })).toEqual(heartbeat)
})

test('[IN9] an SOS is a call for help, with a place, without one and with an unreadable one', () => {
  expect(byForm(`${here}&alarm=sos`)).toEqual({ ...report({ ...place, takenAtMs }), isCallForHelp: true })
  expect(byQuery('id=48241179&alarm=sos')).toEqual(help)
  expect(byQuery('id=48241179&lat=NaN&lon=1&alarm=sos')).toEqual({ ...unreadable, isCallForHelp: true })
  expect(byJson({ ...recorded, alarm: 'sos' })).toEqual({ ...report(wholeFix), isCallForHelp: true })
  expect(byJson({ timestamp, alarm: 'sos' })).toEqual(help)
  expect(byJson({ timestamp, alarm: 'general', extras: { alarm: 'sos' } })).toEqual(help)
})

test('[IN9] other alarms are no call for help', () => {
  expect(byForm(`${here}&alarm=lowBattery`)).toEqual(report({ ...place, takenAtMs }))
  expect(byJson({ timestamp, alarm: ['sos'], extras: 'alarm=sos' })).toEqual(heartbeat)
  expect(byText(`{"location":{"timestamp":"${timestamp}","__proto__":{"alarm":"sos"}}}`)).toEqual(heartbeat)
})
