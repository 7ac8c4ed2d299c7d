import { expect, test } from 'vitest'
import { listed as listedEn, many as manyEn } from '../../client/screens/english/many.ts'
import { many as manyRu } from '../../client/screens/russian/many.ts'
import * as shown from '../../client/screens/texts.ts'
import { type Language, languageFor } from '../../shared/language.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/units.ts'
import { dictionaries } from '../support/dictionaries.ts'

const { ru, kk, en } = dictionaries

test('[LG3] a Russian count has the form of its last digits, as the standard has it', () => {
  const standard = new Intl.PluralRules('ru')
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'место', few: 'места', many: 'мест' }
  for (let count = 0; count <= 1_200; count++)
    expect(manyRu(count, 'место', 'места', 'мест')).toBe(`${count} ${forms[standard.select(count)]}`)
})

test.each([
  [1, '1 bottle', '1 бутылка', '1 бөтелке'],
  [2, '2 bottles', '2 бутылки', '2 бөтелке'],
  [5, '5 bottles', '5 бутылок', '5 бөтелке'],
  [11, '11 bottles', '11 бутылок', '11 бөтелке'],
  [21, '21 bottles', '21 бутылка', '21 бөтелке'],
  [22, '22 bottles', '22 бутылки', '22 бөтелке'],
  [112, '112 bottles', '112 бутылок', '112 бөтелке'],
])('[LG3] %i bottles', (count, english, russian, kazakh) => {
  expect(manyEn(count, 'bottle')).toBe(english)
  expect([en, ru, kk].map((texts) => texts.carry.needs(count, 0, 0))).toEqual([english, russian, kazakh])
})

test('[LG3] a verb and what it is about agree with the count', () => {
  expect([1, 3, 5].map(ru.lead.openRequests)).toEqual([
    'Ещё открыта 1 просьба.',
    'Ещё открыты 3 просьбы.',
    'Ещё открыто 5 просьб.',
  ])
  expect([1, 3, 5].map(kk.lead.openRequests)).toEqual([
    'Әлі 1 өтініш ашық.',
    'Әлі 3 өтініш ашық.',
    'Әлі 5 өтініш ашық.',
  ])
  expect([1, 2, 11].map(ru.claims.nearMore)).toEqual([
    'Рядом с вами ждёт ещё 1 человек.',
    'Рядом с вами ждут ещё 2 человека.',
    'Рядом с вами ждут ещё 11 человек.',
  ])
})

const sunday = new Date(2026, 10, 29, 9, 5)

test.each<[Language, Record<string, string>]>([
  [
    'en',
    {
      km: '12.4 km',
      near: '120 m',
      scale: '5 m,2 km',
      pace: '6:40 min/km',
      age: '1 h 05',
      ago: '4 min ago',
      day: 'Sun 29 Nov',
      other: 'Sun 29 Nov, 09:05',
      sign: 'km 12.4',
    },
  ],
  [
    'ru',
    {
      km: '12,4 км',
      near: '120 м',
      scale: '5 м,2 км',
      pace: '6:40 мин/км',
      age: '1 ч 05',
      ago: '4 мин назад',
      day: 'вс 29 ноября',
      other: 'вс 29 ноября, 09:05',
      sign: 'км 12,4',
    },
  ],
  [
    'kk',
    {
      km: '12,4 км',
      near: '120 м',
      scale: '5 м,2 км',
      pace: '6:40 мин/км',
      age: '1 сағ 05',
      ago: '4 мин бұрын',
      day: '29 қараша, жс',
      other: '29 қараша, жс, 09:05',
      sign: '12,4-км',
    },
  ],
])('[LG4] numbers, distances and dates: %s', async (language, written) => {
  await shown.speak(language)
  const told = {
    km: shown.t.distance.km(shown.kmText(12_430)),
    near: shown.distanceText(118),
    scale: [5, 2_000].map(shown.scaleText).join(),
    pace: shown.paceText(2.5),
    age: shown.ageText(HOUR_MS + 5 * MINUTE_MS + 900),
    ago: shown.t.age.ago(shown.ageText(4 * MINUTE_MS)),
    day: shown.dateText(sunday.getTime()),
    other: shown.clockText(sunday.getTime(), sunday.getTime() + DAY_MS),
    sign: shown.t.along.km(shown.kmText(12_430)),
  }
  // No line ends between a number and its unit.
  const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2011', '-')
  expect(Object.fromEntries(Object.entries(told).map(([what, text]) => [what, plain(text)]))).toEqual(written)
})

test('[LG4] a Kazakh clock ends as it is read', () => {
  const read = ['08:41', '08:40', '08:10', '08:06', '08:35', '08:50', '09:00', '10:00', '29 қараша, жс, 20:00']
  expect(read.map((clock) => kk.headCount.since(clock).replace('\u2011', '-'))).toEqual([
    '08:41-ден бері',
    '08:40-тан бері',
    '08:10-нан бері',
    '08:06-дан бері',
    '08:35-тен бері',
    '08:50-ден бері',
    '09:00-дан бері',
    '10:00-нан бері',
    '29 қараша, жс, 20:00-дан бері',
  ])
  expect(['08:10', '08:40', '08:05'].map((clock) => kk.headCount.seenAt(clock, null).replace('\u2011', '-'))).toEqual([
    '08:10-да көрінді',
    '08:40-та көрінді',
    '08:05-те көрінді',
  ])
})

test('[LG4] every month and day of the week has a name of its own', () => {
  for (const { formats } of [en, ru, kk]) {
    const days = Array.from({ length: 12 }, (_, month) => formats.day(new Date(2026, month, 15)).replace(/\d+/, ''))
    expect(new Set(days.map((day) => day.toLowerCase())).size).toBe(12)
    const week = Array.from({ length: 7 }, (_, day) => formats.day(new Date(2026, 10, 1 + day)).replace(/\d+/, ''))
    expect(new Set(week).size).toBe(7)
    expect([...days, ...week].join()).not.toContain('undefined')
  }
})

test.each<[string, readonly string[], Language]>([
  ['', ['kk-KZ', 'ru-KZ'], 'kk'],
  ['', ['de-DE', 'ru-RU', 'en'], 'ru'],
  ['kk', ['ru-RU'], 'kk'],
  ['', ['en-GB'], 'en'],
  ['', ['fr', 'ky', 'kkj'], 'en'],
  ['', [], 'en'],
  ['xx', ['RU'], 'ru'],
])('[LG5] chosen %j, of the phone %j: %s', (chosen, own, language) => {
  expect(languageFor(chosen, own)).toBe(language)
})

test('[LG4] of many names the first ten are told, and how many more there are', () => {
  const names = Array.from({ length: 12 }, (_, i) => `Name ${i + 1}`)
  expect(listedEn(names)).toMatch(/Name 10 and 2 more$/)
  expect(ru.phase.missing(names)).toMatch(/Name 10 и ещё 2$/)
  expect(kk.phase.missing(names)).toMatch(/Name 10 және тағы 2$/)
})
