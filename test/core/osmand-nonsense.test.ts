import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixSchema } from '../../shared/geo/fix.ts'
import { byForm, byJson, byQuery, byText, here, read, recorded, report, unreadable } from '../support/osmand-posts.ts'

describe('what cannot be read', () => {
  const at = (latitude: string, longitude = '71.4304') => `id=1&lat=${latitude}&lon=${longitude}&timestamp=1739365200`
  test.each([
    ['half a place', 'id=1&lat=51.128'],
    ['half a location', 'id=1&location=51.128'],
    ['NaN', at('NaN')],
    ['1e999', at('1e999')],
    ['hexadecimal', at('0x33')],
    ['a number with a tail', at('51.128N')],
    ['a latitude beyond the pole', at('90.1')],
    ['a longitude beyond the line', at('51', '-180.1')],
    ['a place said twice and differently', `${at('51.128')}&lat=52`],
    ['a time said twice and differently', `${at('51.128')}&timestamp=1739365201`],
    ['a time in words', 'id=1&lat=51.128&lon=71.4304&timestamp=yesterday'],
    ['a thirteenth month', 'id=1&lat=51.128&lon=71.4304&timestamp=2025-13-01T00:00:00Z'],
    ['a time before 1970', 'id=1&lat=51.128&lon=71.4304&timestamp=-5'],
    ['a time beyond whole numbers', 'id=1&lat=51.128&lon=71.4304&timestamp=99999999999999999'],
    ['broken percent-encoding', at('%zz%', '%E0%A4%A')],
    ['none of its words', 'foo=1&__proto__=2'],
    ['very long digits', at(`${'1'.repeat(60_000)}x`)],
  ])('[IN10] %s is counted, never a fix', (_what, pairs) => {
    expect([byQuery(pairs), byForm(pairs)]).toEqual([unreadable, unreadable])
  })

  test.each([
    ['no text', ''],
    ['half a JSON', '{"location":{'],
    ['null', 'null'],
    ['a number', '1e999'],
    ['a list', `[${JSON.stringify({ location: recorded })}]`],
    ['a list of locations', JSON.stringify({ location: [recorded] })],
    ['no location', '{"device_id":"1"}'],
    ['a location in the prototype', `{"__proto__":{"location":${JSON.stringify(recorded)}}}`],
    ['a place in the prototype', `{"location":{"coords":{"latitude":1,"__proto__":{"longitude":2}}}}`],
    ['coordinates that are a list', '{"location":{"coords":[51,71]}}'],
    ['an infinite latitude', `{"location":{"coords":{"latitude":1e999,"longitude":71}}}`],
    ['a time that is an object', `{"location":{"timestamp":{},"coords":{"latitude":51,"longitude":71}}}`],
    ['20,000 levels', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['20,000 levels of place', `{"location":{"coords":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}}`.slice(0, -1)],
  ])('[IN10] JSON with %s is counted, never a fix', (_what, text) => {
    expect(byText(text)).toEqual(unreadable)
  })

  test('[IN10] a megabyte is counted unread, in any form', () => {
    for (const text of [
      'x'.repeat(1_000_000),
      `${here}&pad=${'&a=b'.repeat(250_000)}`,
      JSON.stringify({ location: recorded, pad: 'x'.repeat(1_000_000) }),
    ])
      expect([byForm(text), byText(text)]).toEqual([unreadable, unreadable])
  })
})

describe('whatever is posted', () => {
  const nonsense = fc.oneof(
    fc.string(),
    fc.double(),
    fc.constantFrom(null, '', 'NaN', '1e999', '-0', '%', 'sos', '2025-02-30T25:61:00Z', [], {}),
  )
  const words = [
    'id',
    'lat',
    'lon',
    'location',
    'timestamp',
    'speed',
    'bearing',
    'altitude',
    'accuracy',
    'batt',
    'alarm',
  ]
  const pairs = fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...words), fc.string()), nonsense))
    .map((list) => list.map(([word, value]) => `${word}=${value}`).join('&'))
  const location = fc.record(
    {
      timestamp: nonsense,
      coords: fc.oneof(
        nonsense,
        fc.record(
          { latitude: nonsense, longitude: nonsense, accuracy: nonsense, speed: nonsense },
          { requiredKeys: [] },
        ),
      ),
      battery: fc.oneof(nonsense, fc.record({ level: nonsense })),
      alarm: nonsense,
      extras: nonsense,
    },
    { requiredKeys: [] },
  )
  const text = fc.oneof(
    pairs,
    location.map((sent) => JSON.stringify({ location: sent })),
    fc.json(),
    fc.string(),
  )

  test('[IN11] it never throws, and is at most one valid fix or one unreadable point', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'application/json', 'text/plain'),
        fc.oneof(pairs, fc.constant('')),
        text,
        (...post) => {
          const { fixes, unreadable } = read(...post)
          expect(fixes.length + unreadable).toBeLessThanOrEqual(1)
          for (const fix of fixes) expect(fixSchema.parse(fix)).toEqual(fix)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('[IN11] a true point comes back with the same doubles, by JSON and by query', () => {
    const degrees = (max: number) => fc.double({ min: -max, max, noNaN: true }).map((value) => value + 0) // no -0 in JSON
    fc.assert(
      fc.property(degrees(90), degrees(180), fc.nat(2 ** 40), (latitudeDeg, longitudeDeg, sinceMs) => {
        const fix = { latitudeDeg, longitudeDeg, takenAtMs: 2 ** 40 + sinceMs }
        const iso = new Date(fix.takenAtMs).toISOString()
        expect(byJson({ timestamp: iso, coords: { latitude: latitudeDeg, longitude: longitudeDeg } })).toEqual(
          report(fix),
        )
        expect(byQuery(`lat=${latitudeDeg}&lon=${longitudeDeg}&timestamp=${iso}`)).toEqual(report(fix))
      }),
    )
  })
})
