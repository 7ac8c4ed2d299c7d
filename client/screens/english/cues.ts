/** What a phone says aloud: short, and plain to a stranger's ear. Data for it: client/state/cues.ts. */
import type { AlertRule } from '../../../shared/run/alerts.ts'
import { KM_M, MINUTE_MS } from '../../../shared/units.ts'
import type { CueParams } from '../../state/cues.ts'
import { formats } from './formats.ts'
import { many } from './many.ts'
import { kinds } from './names.ts'

const away = (metres: number): string => (metres < KM_M ? `${metres} m` : `${formats.decimal(metres / KM_M, 1)} km`)
const minutes = (ms: number): string => many(Math.max(1, Math.round(ms / MINUTE_MS)), 'minute')
const pieces = (quantity: number, what: string): string => (quantity === 1 ? what : `${quantity} times ${what}`)

const seems: Partial<Record<AlertRule, string>> = {
  'silent-overdue': 'Nothing has been heard of you for a while.',
  'off-route': 'You seem to be off the route.',
  'wrong-way': 'You seem to go the wrong way.',
  stopped: 'You seem to have stopped.',
}

export const cueSwitch = {
  on: 'I tell you what happens.',
}

export const cues: { readonly [Kind in keyof CueParams]: (params: CueParams[Kind]) => string } = {
  help: ({ name, what }) => `${kinds[what]} for ${name}! Nobody has it yet.`,
  claimed: ({ helper }) => `${helper} takes it.`,
  near: ({ helper, distanceM, side }) =>
    `${helper} ${away(distanceM)} ${side === null ? 'away' : side === 'ahead' ? 'ahead of you' : 'behind you'}.`,
  here: ({ helper }) => `${helper} is here.`,
  delivered: ({ helper }) => `Handed over by ${helper}.`,
  nobody: () => 'No cyclist is there to bring it.',
  'looking-again': () => 'Still looking for someone.',
  met: ({ other, what }) => `${kinds[what]} and ${other}: was it handed over?`,
  'drink-due': ({ takenLastHourMl }) =>
    `By your plan, a drink. ${takenLastHourMl} ml taken in the last hour; drink to thirst.`,
  'all-well': ({ rule }) => [seems[rule], 'Are you fine?'].filter(Boolean).join(' '),
  regroup: ({ place, inMs }) => `All together${place ? ` at ${place}` : ''} in ${minutes(inMs)}.`,
  'slow-down': ({ name }) => `${name} asks: slow down.`,
  asked: ({ name, what, quantity, distanceM }) =>
    `${pieces(quantity, kinds[what])} for ${name}${distanceM === null ? '' : `, ${away(distanceM)}`}.`,
  'claimed-away': ({ helper, name, what }) => `${helper} takes ${kinds[what].toLowerCase()} to ${name}.`,
  'still-coming': ({ name, what }) => `Are you still bringing ${kinds[what].toLowerCase()} to ${name}?`,
  'take-over': ({ name, what, gainMs }) =>
    `You would be with ${name} ${minutes(gainMs)} sooner. Take over the ${kinds[what].toLowerCase()}?`,
}
