/** Which language the pages speak: the one chosen here, else the first of the phone's own that is one of ours. */
import { signal } from '@preact/signals'
import { chosenLanguage } from './kept.ts'
import { speak } from './texts.ts'

export const languages = ['kk', 'ru', 'en'] as const
export type Language = (typeof languages)[number]

const known = (tag: string): Language | undefined =>
  languages.find((language) => tag.toLowerCase().startsWith(language))

/** `chosen` and the phone's own as language tags, "ru-KZ". */
export const languageFor = (chosen: string, own: readonly string[]): Language =>
  [chosen, ...own].map(known).find((language) => language !== undefined) ?? 'en'

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
