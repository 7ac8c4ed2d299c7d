import { expect, test } from 'vitest'
import { askedSentence, askWords, refusalSentence } from '../../server/transport/ask-words.ts'
import type { AskedNow } from '../../server/usecase/asking.ts'
import { languages } from '../../shared/language.ts'
import { type RefusalCode, refusals } from '../../shared/protocol/errors.ts'
import { MINUTE_MS } from '../../shared/units.ts'

const open: AskedNow = {
  kind: 'water',
  quantity: 1,
  status: 'open',
  helper: null,
  helperDistanceM: null,
  arrivesInMs: null,
  atM: null,
}
const claimed: AskedNow = { ...open, status: 'claimed', helper: 'Dana' }

test.each<[AskedNow, string]>([
  [open, 'Asked for water.'],
  [{ ...open, quantity: 3, kind: 'gel' }, 'Asked for 3 × gel.'],
  [claimed, 'Dana has it'],
  [{ ...claimed, atM: 18_240 }, 'Dana has it, km 18.2'],
  [{ ...claimed, arrivesInMs: 3.2 * MINUTE_MS, atM: 18_240 }, 'Dana, about 4 min, km 18.2'],
  [{ ...claimed, arrivesInMs: 0 }, 'Dana, about 1 min'],
  [{ ...open, status: 'delivered', helper: 'Dana' }, 'Handed over by Dana.'],
  [{ ...open, status: 'delivered' }, 'Handed over.'],
  [{ ...open, status: 'cancelled' }, 'Taken back.'],
])('[AD10] one sentence says what is true: %#', (asked, sentence) => {
  expect(askedSentence(askWords.en, asked, false, false)).toBe(sentence)
})

const coming: AskedNow = { ...claimed, arrivesInMs: 3.2 * MINUTE_MS, atM: 18_240 }

test.each([
  ['ru', ['Просьба отправлена: вода.', 'Dana, около 4 мин, км 18,2', 'Просьба отправлена: 3 × гель.']],
  ['kk', ['Сұралды: су.', 'Dana, шамамен 4 мин, 18,2-км', 'Сұралды: 3 × гель.']],
] as const)('[AD13] the sentence in the language of whoever asks: %s', (language, sentences) => {
  const asked = [open, coming, { ...open, quantity: 3, kind: 'gel' as const }]
  expect(asked.map((one) => askedSentence(askWords[language], one, false, false))).toEqual(sentences)
})

test('[AD13] what a server says in one language, it says in all', () => {
  const shapes = languages.map((language) => Object.keys(askWords[language]).sort())
  expect(new Set(shapes.map(String)).size).toBe(1)
  for (const code of Object.keys(refusals) as RefusalCode[])
    expect(new Set(languages.map((language) => refusalSentence(askWords[language], code))).size).toBe(3)
})
