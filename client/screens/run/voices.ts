/** Whether this phone can say a sentence of a language: a Kazakh one read by an English voice is noise. */
import type { Language } from '../../../shared/language.ts'

type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService'>

/** Browsers that have not loaded their voices yet, or never tell of them, speak the language of the phone all the same. */
const SPOKEN_UNTOLD: readonly Language[] = ['ru', 'en']

const speaks = (language: Language) => (voice: Voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language

/** CE11: one of the phone's own before one that needs the network. */
export const voiceOf = <V extends Voice>(voices: readonly V[], language: Language): V | null => {
  const fit = voices.filter(speaks(language))
  return fit.find(({ localService }) => localService) ?? fit[0] ?? null
}

export const canSay = (voices: readonly Voice[], language: Language): boolean =>
  voices.length === 0 ? SPOKEN_UNTOLD.includes(language) : voices.some(speaks(language))

const voicesHere = (): readonly SpeechSynthesisVoice[] =>
  'speechSynthesis' in globalThis ? speechSynthesis.getVoices() : []

export const hasVoice = (language: Language): boolean =>
  'speechSynthesis' in globalThis && canSay(voicesHere(), language)

/** Says nothing, and answers `false`, where no voice speaks the language. */
export function sayAloud(sentence: string, language: Language): boolean {
  if (!hasVoice(language)) return false
  const spoken = new SpeechSynthesisUtterance(sentence)
  spoken.lang = language
  spoken.voice = voiceOf(voicesHere(), language)
  speechSynthesis.speak(spoken)
  return true
}
