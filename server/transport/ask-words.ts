/** One plain sentence for a watch's small screen, or for a voice, in the language of whoever asks. */
import type { Request } from 'express'
import { type Language, languageFor } from '../../shared/language.ts'
import type { RefusalCode } from '../../shared/protocol/errors.ts'
import { KM_M, MINUTE_MS } from '../../shared/units.ts'
import type { AskedNow } from '../usecase/asking.ts'
import { type AskWords, english } from './words/english.ts'
import { kazakh } from './words/kazakh.ts'
import { russian } from './words/russian.ts'

export const askWords: Record<Language, AskWords> = { kk: kazakh, ru: russian, en: english }

/** AD13: the one that the address names, else the first that the browser or app would have. */
export const languageOf = (request: Request): Language =>
  languageFor(String(request.query.lang ?? ''), request.acceptsLanguages())

/**
 * @param isEarlier asked for by another press, a while ago.
 * @param hasWaited whether the caller was kept waiting for somebody to take it.
 */
export function askedSentence(words: AskWords, asked: AskedNow, isEarlier: boolean, hasWaited: boolean): string {
  const { kind, quantity, status, helper, arrivesInMs, atM } = asked
  switch (status) {
    case 'open': {
      const what = quantity === 1 ? words.things[kind] : `${quantity} × ${words.counted[kind]}`
      const first = isEarlier ? words.askedAlready(what) : words.asked(what)
      return isEarlier || hasWaited ? `${first} ${words.nobodyYet}` : first
    }
    case 'claimed': {
      const name = helper ?? ''
      const who =
        arrivesInMs === null ? words.has(name) : words.comes(name, Math.max(1, Math.ceil(arrivesInMs / MINUTE_MS)))
      return atM === null ? who : `${who}, ${words.atKm(atM / KM_M)}`
    }
    case 'delivered':
      return words.handedOver(helper)
    default:
      return words.takenBack
  }
}

export const takenBackSentence = (words: AskWords, count: number): string =>
  count === 0 ? words.nothingOpen : words.takenBack

export const refusalSentence = ({ refusals, fault }: AskWords, code: RefusalCode): string =>
  (refusals as Partial<Record<RefusalCode, string>>)[code] ?? fault
