import { KM_M } from '../../../shared/units.ts'
import type { formats as english, distance as englishDistance } from '../english/formats.ts'

/** Chromium knows no Kazakh names of days and months. */
const weekdays = ['жс', 'дс', 'сс', 'ср', 'бс', 'жм', 'сб']
const months = [
  'қаңтар',
  'ақпан',
  'наурыз',
  'сәуір',
  'мамыр',
  'маусым',
  'шілде',
  'тамыз',
  'қыркүйек',
  'қазан',
  'қараша',
  'желтоқсан',
]

export const formats: typeof english = {
  decimal: (value, digits) => value.toFixed(digits).replace('.', ','),
  day: (date) => `${date.getDate()}\u00a0${months[date.getMonth()]}, ${weekdays[date.getDay()]}`,
}

export const distance: typeof englishDistance = { m: (m) => `${m}\u00a0м`, km: (km) => `${km}\u00a0км` }

export const far = (metres: number): string =>
  metres < KM_M - 5 ? distance.m(Math.round(metres / 10) * 10) : distance.km(formats.decimal(metres / KM_M, 1))
