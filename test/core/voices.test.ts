import { expect, test } from 'vitest'
import { canSay, voiceOf } from '../../client/screens/run/voices.ts'

const [english, russian, russianByNetwork, kazakh] = [
  { lang: 'en-US', localService: true },
  { lang: 'ru_RU', localService: true },
  { lang: 'ru-RU', localService: false },
  { lang: 'kk-KZ', localService: false },
]

test('[CE11] a sentence is said only by a voice of its language, the phone’s own first', () => {
  expect(canSay([english, russian], 'kk')).toBe(false)
  expect(canSay([english, russian], 'ru')).toBe(true)
  expect(canSay([english, kazakh], 'kk')).toBe(true)
  expect(voiceOf([english, russianByNetwork, russian], 'ru')).toBe(russian)
  expect(voiceOf([english, russian], 'kk')).toBeNull()
})

test('[CE11] a browser that tells of no voices is trusted with Russian and English, and with Kazakh not', () => {
  expect((['kk', 'ru', 'en'] as const).map((language) => canSay([], language))).toEqual([false, true, true])
})
