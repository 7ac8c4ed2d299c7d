import { KM_M, MINUTE_MS } from '../../../shared/units.ts'
import type { cues as english, cueSwitch as englishSwitch } from '../english/cues.ts'
import { alerts } from './alerts.ts'
import { formats } from './formats.ts'
import { kinds } from './names.ts'

const away = (metres: number): string =>
  metres < KM_M ? `${metres} метр` : `${formats.decimal(metres / KM_M, 1)} километр`
const minutesOf = (ms: number): number => Math.max(1, Math.round(ms / MINUTE_MS))
const pieces = (quantity: number, what: string): string => (quantity === 1 ? what : `${what}, ${quantity} дана`)

export const cueSwitch: typeof englishSwitch = {
  on: 'Не болғанын айтып тұрамын.',
}

export const cues: typeof english = {
  help: ({ name, what }) => `${kinds[what]}! Шақырған ${name}. Әзірге ешкім бара жатқан жоқ.`,
  claimed: ({ helper }) => `${helper} сізге келе жатыр.`,
  near: ({ helper, distanceM, side }) =>
    side === null
      ? `${helper}: сізге дейін ${away(distanceM)}.`
      : `${helper}: ${away(distanceM)} ${side === 'ahead' ? 'алдыңызда' : 'артыңызда'}.`,
  here: ({ helper }) => `${helper} қасыңызда.`,
  delivered: ({ helper }) => `${helper}: берілді.`,
  nobody: () => 'Әкелетін велосипедші жоқ.',
  'looking-again': () => 'Апаратын адам қайта ізделуде.',
  met: ({ other, what }) => `${kinds[what]}, ${other}: берілді ме?`,
  'drink-due': ({ takenLastHourMl }) =>
    `Жоспарыңыз бойынша су ішетін уақыт. Соңғы сағатта ${takenLastHourMl} миллилитр. Шөлдесеңіз ішіңіз.`,
  'all-well': ({ rule }) => [alerts.areYouFine.questions[rule], alerts.areYouFine.heading].filter(Boolean).join(' '),
  regroup: ({ place, inMs }) => `Жиналу ${minutesOf(inMs)} минуттан кейін${place ? `: ${place}` : ''}.`,
  'slow-down': ({ name }) => `${name} баяулауды сұрайды.`,
  asked: ({ name, what, quantity, distanceM }) =>
    `${pieces(quantity, kinds[what])}. Сұраған ${name}${distanceM === null ? '' : `, арасы ${away(distanceM)}`}.`,
  'claimed-away': ({ helper, name, what }) => `${name}, ${kinds[what].toLowerCase()}: мұны ${helper} алды.`,
  'still-coming': ({ name, what }) => `${name} күтіп тұр: ${kinds[what].toLowerCase()}. Әлі бара жатырсыз ба?`,
  'take-over': ({ name, what, gainMs }) =>
    `${name} күтіп тұр: ${kinds[what].toLowerCase()}. Сіз ${minutesOf(gainMs)} минут ертерек жетесіз. Өзіңіз аласыз ба?`,
}
