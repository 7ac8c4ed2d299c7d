import type { PushNote } from '../../shared/run/push.ts'
import { push as english } from '../screens/english/push.ts'
import { push as kazakh } from '../screens/kazakh/push.ts'
import { push as russian } from '../screens/russian/push.ts'

const languages: Readonly<Record<string, typeof english>> = { en: english, ru: russian, kk: kazakh }

/** @param name of whom the note is about, as far as this phone knows it. */
export function noteText(
  language: string | undefined,
  note: PushNote | undefined,
  name: string | null,
): { readonly title: string; readonly body: string } {
  const { notes } = languages[language ?? 'en'] ?? english
  if (!note) return { title: 'Serik', body: notes.unknown }
  const { what, kind, rule } = note
  const thing = kind ? notes.things[kind] : null
  switch (what) {
    case 'asked':
      return { title: thing ?? notes.asked.title, body: notes.asked.body(name) }
    case 'help':
      return { title: kind === 'first-aid' ? notes.firstAid : notes.help.title, body: notes.help.body(name) }
    case 'claimed':
    case 'near':
      return { title: notes[what](name), body: thing ?? '' }
    case 'nobody':
      return { title: notes.nobody, body: thing ?? '' }
    case 'alert':
      return rule === 'water-out'
        ? { title: notes.waterOut, body: notes.look }
        : { title: notes.silent(name), body: notes.look }
    case 'sent':
      return { title: notes.sent(name), body: notes.look }
    case 'are-you-fine':
      return { title: notes.areYouFine, body: notes.answer }
    case 'regroup':
      return { title: notes.regroup, body: notes.look }
    case 'started':
      return { title: notes.started, body: notes.startSharing }
    case 'test':
      return { title: notes.test, body: notes.testBody }
    default:
      return { title: 'Serik', body: notes.unknown } // of a newer server
  }
}
