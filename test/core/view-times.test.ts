import { beforeAll, expect, test } from 'vitest'
import { atText, gapText, inText, paceText, speak } from '../../client/screens/texts.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'

beforeAll(() => speak('en'))

const NOW_MS = Date.UTC(2026, 4, 3, 8)
const expected = (atMin: number, fromMin: number, toMin: number | null) => ({
  atMs: NOW_MS + atMin * MINUTE_MS,
  earliestMs: NOW_MS + fromMin * MINUTE_MS,
  latestMs: toMin === null ? null : NOW_MS + toMin * MINUTE_MS,
})

test.each<[text: string, atMin: number, fromMin: number, toMin: number | null]>([
  ['about 6 min (5–8)', 6, 5, 8],
  ['about 6 min', 6, 5.6, 6.9],
  ['about 58 min (55 min–1 h 02)', 58, 55, 62],
  ['about 6 min (5 min or later)', 6, 5, null],
  ['any moment', 0.4, 0, 3],
  ['any moment', -3, -4, -2],
])(
  '[VW42] how long it takes is "%s": about, and with its range where that is two minutes or wider',
  (text, ...minutes) => {
    expect(inText(expected(...minutes), NOW_MS)).toBe(text)
  },
)

test('[VW42] a time of day is told the same way, and never one that is past', () => {
  const clock = (min: number) =>
    new Date(NOW_MS + min * MINUTE_MS).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  expect(atText(expected(6, 5, 6.5), NOW_MS)).toBe(`about ${clock(6)}`)
  expect(atText(expected(6, 2, 12), NOW_MS)).toBe(`about ${clock(6)} (${clock(2)}–${clock(12)})`)
  expect(atText(expected(6, 2, null), NOW_MS)).toBe(`about ${clock(6)} (${clock(2)} or later)`)
  expect(atText(expected(1, -9, 12), NOW_MS)).toBe(`about ${clock(1)} (${clock(0)}–${clock(12)})`)
  expect(atText(expected(-1, -3, 2), NOW_MS)).toBe('any moment')
})

test('[VW42] a gap is metres and minutes, with "about" where nobody was seen to pass; a pace is minutes to the kilometre', () => {
  expect(gapText({ gapM: 124, gapMs: 40 * SECOND_MS, isByPace: false })).toBe('120 m, 0:40')
  expect(gapText({ gapM: 1_240, gapMs: HOUR_MS + 59_600, isByPace: true })).toBe('1.2 km, about 1 h 00')
  expect(gapText({ gapM: 124, gapMs: null, isByPace: true })).toBe('120 m')
  expect(paceText(1_000 / 340)).toBe('5:40 min/km')
})
