import { KM_M } from '../../../shared/units.ts'
import type { formats as english, distance as englishDistance } from '../english/formats.ts'

const weekdays = ['вс', 'пн', 'вт', 'ср', 'чт', 'пт', 'сб']
const months = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
]

export const formats: typeof english = {
  decimal: (value, digits) => value.toFixed(digits).replace('.', ','),
  day: (date) => `${weekdays[date.getDay()]} ${date.getDate()}\u00a0${months[date.getMonth()]}`,
}

export const distance: typeof englishDistance = { m: (m) => `${m}\u00a0м`, km: (km) => `${km}\u00a0км` }

export const far = (metres: number): string =>
  metres < KM_M - 5 ? distance.m(Math.round(metres / 10) * 10) : distance.km(formats.decimal(metres / KM_M, 1))
