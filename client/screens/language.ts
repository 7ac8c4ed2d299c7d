/** Which language the pages speak: the one chosen here, else the first of the phone's own that is one of ours. */
import { signal } from '@preact/signals'
import { type Language, languageFor } from '../../shared/language.ts'
import { chosenLanguage } from './kept.ts'
import { speak } from './texts.ts'

export { type Language, languages } from '../../shared/language.ts'

export const language = signal<Language>('en')

export async function setLanguage(wanted: Language): Promise<void> {
  await speak(wanted)
  document.documentElement.lang = wanted
  language.value = wanted
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  chosenLanguage.set(wanted)
  await setLanguage(wanted)
}

/** Before anything is drawn. */
export const startLanguage = (): Promise<void> => setLanguage(languageFor(chosenLanguage.get(), navigator.languages))
