import { expect, test } from 'vitest'
import { push as english } from '../../client/screens/english/push.ts'
import { noteText } from '../../client/worker/note-text.ts'
import { type PushNote, pushWhats, replacesKey } from '../../shared/run/push.ts'
import type { RunId } from '../../shared/units.ts'
import { aidar, alert, dana, request } from '../support/people.ts'

const note = (more: Partial<PushNote>): PushNote => ({
  runId: 'run_000000000000' as RunId,
  toId: dana,
  atMs: 0,
  what: 'asked',
  aboutId: aidar,
  ...more,
})

test('[PW4] a notification names who it is about in the language of the phone, as far as the phone knows', () => {
  const asked = note({ kind: 'water', requestId: request(1) })
  expect(noteText('en', asked, 'Aidar')).toEqual({ title: 'Water', body: 'Aidar waits for it' })
  expect(noteText('ru', asked, 'Айдар')).toEqual({ title: 'Вода', body: 'Ждёт: Айдар' })
  expect(noteText('kk', asked, null)).toEqual({ title: 'Су', body: 'Біреу күтіп тұр' })
  expect(noteText(undefined, note({ what: 'near', kind: 'gel' }), 'Dana').title).toBe('Dana is near')
  expect(noteText('en', note({ what: 'alert', rule: 'water-out' }), null).title).toBe('Water is running out')
  expect(noteText('en', note({ what: 'help', kind: 'first-aid' }), null).title).toBe('FIRST AID')
})

test('[PW4] everything that may be pushed has words in each language, and what is not known yet a general sentence', () => {
  for (const language of ['en', 'ru', 'kk'])
    for (const what of pushWhats)
      for (const name of [null, 'Aidar']) {
        const { title, body } = noteText(language, note({ what }), name)
        expect(title.length, `${language} ${what}`).toBeGreaterThan(3)
        expect(`${title} ${body}`).not.toMatch(/undefined|null/)
      }
  expect(noteText('xx', note({ what: 'of-tomorrow' as never }), null).body).toBe(english.notes.unknown)
  expect(noteText('en', undefined, null).body).toBe(english.notes.unknown)
})

test('[PW5] a later note about the same takes the place of an earlier one, and about another does not', () => {
  const one = note({ requestId: request(1) })
  expect(replacesKey(one)).toBe(replacesKey({ ...one, what: 'help' }))
  const others = [
    note({ requestId: request(2) }),
    note({ alertId: alert(1) }),
    note({ what: 'started' }),
    note({ what: 'test' }),
  ]
  expect(new Set([one, ...others].map(replacesKey)).size).toBe(5)
})
