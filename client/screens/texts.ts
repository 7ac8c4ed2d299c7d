/** Words and numbers as the page shows them, in the language of this visit. */
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { RequestKind } from '../../shared/run/requests.ts'
import type { PauseReason, StopReason } from '../../shared/run/roles.ts'
import { DAY_MS, HOUR_MS, KM_M, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { english, type Texts } from './texts-en.ts'

export const t: Texts = english

export const pauseReasons = Object.keys(t.pauses) as PauseReason[]
export const stopReasons = Object.keys(t.stops) as StopReason[]

/** "8 s", "4 min", "1 h 05": never rounded to something younger. */
export function ageText(ageMs: number): string {
  if (ageMs < MINUTE_MS) return t.age.seconds(Math.floor(ageMs / SECOND_MS))
  if (ageMs < HOUR_MS) return t.age.minutes(Math.floor(ageMs / MINUTE_MS))
  return t.age.hours(Math.floor(ageMs / HOUR_MS), Math.floor((ageMs % HOUR_MS) / MINUTE_MS))
}

/** As exactly as phones locate: 10 m, from a kilometre 0.1 km. */
export function distanceText(metres: number): string {
  if (metres < KM_M - 5) return t.distance.m(Math.round(metres / 10) * 10)
  return t.distance.km((metres / KM_M).toFixed(metres < 10 * KM_M ? 1 : 0))
}

/** As on the signs of the route: 12.4. */
export const kmText = (metres: number): string => (metres / KM_M).toFixed(1)

export const directionText = (bearingDeg: number): string => t.directions[Math.round(bearingDeg / 45) % 8] ?? ''

export const wayText = (way: { distanceM: number; bearingDeg: number }): string =>
  t.way(distanceText(way.distanceM), directionText(way.bearingDeg))

/** The phone's own time of day; with the weekday when it is not within the next or last half day. */
export function clockText(atMs: number, nowMs: number): string {
  const isNear = Math.abs(atMs - nowMs) < DAY_MS / 2
  return new Date(atMs).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(!isNear && { weekday: 'short', day: 'numeric', month: 'short' }),
  })
}

export const dateText = (atMs: number): string =>
  new Date(atMs).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })

export const piecesText = (kind: RequestKind, quantity: number): string => t.pieces(quantity, t.kinds[kind])

export const refusalText = ({ code, field, detail }: Refusal): string =>
  code === 'malformed' && (detail ?? field)
    ? `${t.refusals[code]} (${[field, detail].filter(Boolean).join(': ')})`
    : t.refusals[code]
