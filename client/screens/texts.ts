/**
 * Words and numbers as the page shows them, in the language that was chosen. There are none before `beginToSpeak`: read `t`
 * while drawing, never while a module is loaded.
 */
import { signal } from '@preact/signals'
import type { Gap } from '../../shared/pack/pack.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { RequestKind } from '../../shared/run/requests.ts'
import { DAY_MS, HOUR_MS, KM_M, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import type { FirstTexts } from './english/first.ts'
import type { Texts } from './english/texts.ts'
import type { Language } from './language.ts'
import { whenLoaded } from './when-loaded.ts'

/** Another one for another language; the words that follow the first ones of the same are put into it. */
const spoken = signal({ words: {} as Texts })

/** Whatever is drawn with it is drawn again when another language is chosen, and else stays as it is. */
export const t: Texts = new Proxy({} as Texts, { get: (_, part) => spoken.value.words[part as keyof Texts] })

const firstWords: Record<Language, () => Promise<{ readonly first: FirstTexts }>> = {
  kk: () => import('./kazakh/first.ts'),
  ru: () => import('./russian/first.ts'),
  en: () => import('./english/first.ts'),
}
const dictionaries: Record<Language, () => Promise<{ readonly texts: Texts }>> = {
  kk: () => import('./kazakh/texts.ts'),
  ru: () => import('./russian/texts.ts'),
  en: () => import('./english/texts.ts'),
}

let all: Promise<void> = Promise.resolve()
/** Whatever is drawn with other than the first words waits for this. */
export const allWords = (): Promise<void> => all

/** Loads the words of a language; until it resolves the words are those before. */
export async function speak(language: Language): Promise<void> {
  spoken.value = { words: (await dictionaries[language]()).texts }
}

/** Resolves with the first words (english/first.ts); the others follow. */
export async function beginToSpeak(language: Language): Promise<void> {
  const first = whenLoaded(firstWords[language])
  // Known at once: what was loaded sooner than the first words waits for all of them too.
  all = first
    .then(() => whenLoaded(dictionaries[language]))
    .then(({ texts }) => {
      spoken.peek().words = texts
    })
  spoken.peek().words = (await first).first as Texts
}

/** "About" says enough of a narrower range. */
const RANGE_FROM_MIN = 2
export const BESIDE_M = 10

/** Those that there are. */
export const joined = (parts: readonly (string | false | null | undefined)[], between = ', '): string =>
  parts.filter(Boolean).join(between)

/** As a sentence begins, where its first part is told in the middle of others too. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "8 s", "4 min", "1 h 05": never rounded to something younger. */
export function ageText(ageMs: number): string {
  if (ageMs < MINUTE_MS) return t.age.seconds(Math.floor(ageMs / SECOND_MS))
  if (ageMs < HOUR_MS) return t.age.minutes(Math.floor(ageMs / MINUTE_MS))
  return t.age.hours(Math.floor(ageMs / HOUR_MS), Math.floor((ageMs % HOUR_MS) / MINUTE_MS))
}

/** As exactly as phones locate: 10 m, from a kilometre 0.1 km. */
export function distanceText(metres: number): string {
  if (metres < KM_M - 5) return t.distance.m(Math.round(metres / 10) * 10)
  return t.distance.km(t.formats.decimal(metres / KM_M, metres < 10 * KM_M ? 1 : 0))
}

/** What a scale stands for is no more and no less: 5 m, 20 km. */
export const scaleText = (metres: number): string =>
  metres < KM_M ? t.distance.m(metres) : t.distance.km(t.formats.decimal(metres / KM_M, 0))

/** As on the signs of the route: 12.4. */
export const kmText = (metres: number): string => t.formats.decimal(metres / KM_M, 1)

export const directionText = (bearingDeg: number): string => t.directions[Math.round(bearingDeg / 45) % 8] ?? ''

export const wayText = (way: { distanceM: number; bearingDeg: number }): string =>
  isAtHand(way) ? t.atHand : t.way(distanceText(way.distanceM), directionText(way.bearingDeg))

/** Nobody can tell which way it is to somebody so near. */
export const isAtHand = ({ distanceM }: { distanceM: number }): boolean => distanceM < 5

/** Minutes and seconds, "6:40"; from an hour on "1:06:40". */
export function stopwatchText(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / SECOND_MS)
  const [h, min, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const padded = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${padded(min)}:${padded(s)}` : `${min}:${padded(s)}`
}

export const paceText = (speedMps: number): string => t.pace(stopwatchText((KM_M / speedMps) * SECOND_MS))

/** "120 m, 0:40"; "2.6 km, about 15 min" where nobody was seen to pass. */
export function gapText({ gapM, gapMs, isByPace }: Gap): string {
  const time = gapMs === null ? null : isByPace ? t.gap.byPace(ageText(gapMs)) : stopwatchText(gapMs)
  return t.gap.aheadBy(distanceText(gapM), time)
}

/** Nobody can tell who of two so near is in front. */
export const isBeside = ({ gapM }: Gap): boolean => gapM < BESIDE_M

/** A moment to come, and the range it lies in; without an end for somebody who stands and may stand on. */
type Expected = { readonly atMs: number; readonly earliestMs: number; readonly latestMs: number | null }

/** "about 6 min (5–8)", "any moment": how long it takes from now. */
export function inText({ atMs, earliestMs, latestMs }: Expected, nowMs: number): string {
  const minutesTo = (momentMs: number) => Math.max(0, Math.round((momentMs - nowMs) / MINUTE_MS))
  const text = (minutes: number) => ageText(minutes * MINUTE_MS)
  const [middle, from, to] = [minutesTo(atMs), minutesTo(earliestMs), latestMs === null ? null : minutesTo(latestMs)]
  if (middle < 1) return t.eta.anyMoment
  if (to === null) return t.eta.about(text(middle), t.eta.orLater(text(from)))
  const isShort = to < HOUR_MS / MINUTE_MS
  const range = isShort ? t.eta.range(String(from), String(to)) : t.eta.range(text(from), text(to))
  return t.eta.about(text(middle), to - from >= RANGE_FROM_MIN ? range : null)
}

/** "about 10:42 (10:40–10:46)", "any moment": the time of day. */
export function atText({ atMs, earliestMs, latestMs }: Expected, nowMs: number): string {
  if (atMs - nowMs < MINUTE_MS / 2) return t.eta.anyMoment
  const clock = (momentMs: number) => clockText(Math.max(nowMs, momentMs), nowMs)
  if (latestMs === null) return t.eta.about(clock(atMs), t.eta.orLater(clock(earliestMs)))
  const isWide = latestMs - earliestMs >= RANGE_FROM_MIN * MINUTE_MS
  return t.eta.about(clock(atMs), isWide ? t.eta.range(clock(earliestMs), clock(latestMs)) : null)
}

/** The phone's own time of day; with the day when it is not within the next or last half day. */
export function clockText(atMs: number, nowMs: number): string {
  const date = new Date(atMs)
  const clock = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
  return Math.abs(atMs - nowMs) < DAY_MS / 2 ? clock : `${t.formats.day(date)}, ${clock}`
}

export const dateText = (atMs: number): string => t.formats.day(new Date(atMs))

export const piecesText = (kind: RequestKind, quantity: number): string => t.pieces(quantity, t.kinds[kind])

/** What is wrong with it; of a file also where. What has no sentence of its own is told as the server names it. */
export function refusalText({ code, field, detail }: Refusal): string {
  if (code !== 'malformed' || !(detail ?? field)) return t.refusals[code]
  const [named, ...within] = (field ?? '').split('.').filter((word) => word !== 'command' && word !== 'change')
  const where = joined([within.join('.'), detail], ': ')
  if (named === 'routeFile') return `${t.fields.routeFile} (${where})`
  const sentence = named && (t.fields as Record<string, string>)[named]
  return sentence || `${t.refusals[code]} (${joined([field, detail], ': ')})`
}
