import { KM_M } from '../../../shared/units.ts'

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const formats = {
  decimal: (value: number, digits: number) => value.toFixed(digits),
  /** "Sun 29 Nov" */
  day: (date: Date) => `${weekdays[date.getDay()]} ${date.getDate()} ${months[date.getMonth()]}`,
}

export const distance = { m: (m: number) => `${m} m`, km: (km: string) => `${km} km` }

/** As exactly as phones locate: 10 m, from a kilometre 0.1 km. */
export const far = (metres: number): string =>
  metres < KM_M - 5 ? distance.m(Math.round(metres / 10) * 10) : distance.km(formats.decimal(metres / KM_M, 1))
