import { KM_M, MINUTE_MS } from '../../../shared/units.ts'
import type { cues as english, cueSwitch as englishSwitch } from '../english/cues.ts'
import { alerts } from './alerts.ts'
import { formats } from './formats.ts'
import { many } from './many.ts'
import { kinds } from './names.ts'

const away = (metres: number): string =>
  metres < KM_M ? many(metres, 'метр', 'метра', 'метров') : `${formats.decimal(metres / KM_M, 1)} километра`
/** After "через" and "на". */
const minutes = (ms: number): string => many(Math.max(1, Math.round(ms / MINUTE_MS)), 'минуту', 'минуты', 'минут')
const pieces = (quantity: number, what: string): string =>
  quantity === 1 ? what : `${what}, ${many(quantity, 'штука', 'штуки', 'штук')}`

export const cueSwitch: typeof englishSwitch = {
  on: 'Буду говорить, что происходит.',
}

export const cues: typeof english = {
  help: ({ name, what }) => `${kinds[what]}! Зовёт ${name}. Пока никто не едет.`,
  claimed: ({ helper }) => `${helper} едет к вам.`,
  near: ({ helper, distanceM, side }) =>
    side === null
      ? `${helper}: до вас ${away(distanceM)}.`
      : `${helper}: ${away(distanceM)} ${side === 'ahead' ? 'впереди' : 'позади'} вас.`,
  here: ({ helper }) => `${helper} рядом с вами.`,
  delivered: ({ helper }) => `${helper}: передано.`,
  nobody: () => 'Нет велосипедиста, который мог бы привезти.',
  'looking-again': () => 'Снова ищем, кто привезёт.',
  met: ({ other, what }) => `${kinds[what]}, ${other}: передано?`,
  'drink-due': ({ takenLastHourMl }) =>
    `По вашему плану пора попить. За последний час: ${many(takenLastHourMl, 'миллилитр', 'миллилитра', 'миллилитров')}. Пейте по жажде.`,
  'all-well': ({ rule }) => [alerts.areYouFine.questions[rule], alerts.areYouFine.heading].filter(Boolean).join(' '),
  regroup: ({ place, inMs }) => `Сбор через ${minutes(inMs)}${place ? `: ${place}` : ''}.`,
  'slow-down': ({ name }) => `${name} просит бежать потише.`,
  asked: ({ name, what, quantity, distanceM }) =>
    `${pieces(quantity, kinds[what])}. Просит ${name}${distanceM === null ? '' : `, до места ${away(distanceM)}`}.`,
  'claimed-away': ({ helper, name, what }) => `${name}, ${kinds[what].toLowerCase()}: это берёт ${helper}.`,
  'still-coming': ({ name, what }) => `${name} ждёт: ${kinds[what].toLowerCase()}. Вы ещё едете?`,
  'take-over': ({ name, what, gainMs }) =>
    `${name} ждёт: ${kinds[what].toLowerCase()}. Вы успеете быстрее на ${minutes(gainMs)}. Возьмёте на себя?`,
}
