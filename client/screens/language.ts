/** Which language the pages speak: the one chosen here, else the first of the phone's own that is one of ours. */
import { signal } from '@preact/signals'
import { type Language, languageFor } from '../../shared/language.ts'
import { chosenLanguage } from './kept.ts'
import { beginToSpeak, speak } from './texts.ts'

export { type Language, languages } from '../../shared/language.ts'

export const language = signal<Language>('en')

function tell(spoken: Language): void {
  document.documentElement.lang = spoken
  language.value = spoken
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  chosenLanguage.set(wanted)
  await speak(wanted)
  tell(wanted)
}

/** Before anything is drawn. */
export async function startLanguage(): Promise<void> {
  const wanted = languageFor(chosenLanguage.get(), navigator.languages)
  await beginToSpeak(wanted)
  tell(wanted)
}
