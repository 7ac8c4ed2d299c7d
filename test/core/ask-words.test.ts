import { expect, test } from 'vitest'
import { askedSentence } from '../../server/transport/ask-words.ts'
import type { AskedNow } from '../../server/usecase/asking.ts'
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
  expect(askedSentence(asked, false, false)).toBe(sentence)
})
