/** What is carried and drunk. Neutral: nobody is told to drink more. */
import type { Heat } from '../../../shared/run/drink.ts'
import type { Helping } from '../../../shared/run/helping.ts'
import { many } from './many.ts'
import { kinds } from './names.ts'

const helperKinds: Record<Helping['kind'], string> = { bike: 'By bike', car: 'By car', table: 'At a table' }
const helperStates: Record<Helping['state'], string> = {
  available: 'Available',
  refilling: 'Refilling',
  puncture: 'Puncture',
  'with-injured': 'With an injured runner',
}
const heats: Record<Heat, string> = { frost: 'Frost', cool: 'Cool', mild: 'Mild', warm: 'Warm', hot: 'Hot' }
const { water, isotonic, gel, snack, salt } = kinds

export const supply = {
  stockKinds: { water, isotonic, gel, snack, salt, tube: 'Tube' },
  stock: {
    heading: 'What I carry',
    unknown: 'not said yet',
    nothing: 'nothing left',
    hint: 'A bottle is 500 ml. It goes down by itself with each hand-over.',
    kind: 'I help',
    state: 'Just now I am',
    kinds: helperKinds,
    states: helperStates,
    notOffered: (state: string) => `${state}: you are offered nothing new.`,
    gaveBack: 'What you had taken on is open to all again.',
    available: 'Available again',
    less: (what: string) => `One ${what} less`,
    more: (what: string) => `One ${what} more`,
    named: (name: string, what: string) => `${what} for ${name}`,
    nameOne: 'Something for one person',
    emptiesCount: (n: number) => `${many(n, 'empty bottle', 'empty bottles')} back`,
    empties: 'Empty bottles',
    save: 'That is what I carry',
    refilled: 'Refilled: that is what I carry',
    sending: 'Not sent yet…',
    supply: {
      named: 'You carry one for them.',
      nobody: 'Nobody carries it, as far as they have said.',
      'not-me': 'You carry none, as you have said.',
    },
  },
  drink: {
    heading: 'Drink plan',
    taken: (ml: number) => `${ml} ml taken in the last hour; drink to thirst.`,
    noneTaken: 'Nothing counted in the last hour; drink to thirst.',
    nextAt: (clock: string) => `By your plan the next drink is at ${clock}.`,
    nextNow: 'By your plan a drink is due about now.',
    nextKm: (km: string) => `By your plan the next drink is at km ${km}.`,
    have: (ml: number) => `I have drunk ${ml} ml`,
    by: 'A drink',
    byTime: 'by time',
    byDistance: 'by distance',
    every: 'Every',
    minutes: (min: number) => `${min} min`,
    km: (km: number) => `${km} km`,
    howMuch: 'How much',
    ml: (ml: number) => `${ml} ml`,
    carb: 'Carbohydrate, grams an hour (leave it empty for none)',
    carbSet: (g: number, min: number) => `Carbohydrate: ${g} g an hour, as you set it: about a gel each ${min} min.`,
    carbWrong: 'From 10 to 120 grams an hour, or nothing.',
    carbMuch: 'More than 60 g an hour is for those who have trained it.',
    noCarb: 'No carbohydrate plan under 18.',
    minor: 'I am under 18',
    minorSure: 'You get no carbohydrate plan; only a leader can change it back. Sure?',
    underAge: 'Under 18',
    save: 'Keep this plan',
    none: 'No plan',
    counted: 'Counted: what you are handed, and what you say you have drunk.',
    heat: (heat: string) => `The leader says: ${heat.toLowerCase()}. The plan follows.`,
  },
  carry: {
    heading: 'What to carry',
    heat: 'How warm is it?',
    heats,
    needs: (bottles: number, gels: number, salt: number) =>
      [many(bottles, 'bottle'), gels > 0 && many(gels, 'gel'), salt > 0 && many(salt, 'salt tablet')]
        .filter(Boolean)
        .join(', '),
    basis: (runners: number, time: string, pace: string) => `For ${many(runners, 'runner')}, about ${time} at ${pace}.`,
    byTime: 'Without a route, reckoned from the expected end.',
    can: (helpers: number, bottles: number) =>
      `${many(helpers, 'helper')} can carry ${many(bottles, 'bottle')} at once.`,
    enough: 'That is enough.',
    refill: (places: readonly string[]) => `Refill at ${places.join(', ')}.`,
    refillPlace: (name: string, km: string) => `${name} (km ${km})`,
    dry: (km: string) => `Nothing is left from km ${km} on: a place to refill before it, or one more helper.`,
    noHelper: 'Nobody is there to carry it yet.',
    water: (bottles: number) => `${many(bottles, 'bottle')} with the helpers`,
    rate: (perHour: number) => `${perHour} an hour`,
    outAt: (clock: string) => `out of water about ${clock}`,
    out: 'no bottle left',
    notSaid: (said: number, of: number) =>
      of === 1 ? 'the cyclist has not said what they carry' : `${said} of ${of} cyclists have said what they carry`,
    waterHeading: 'Water',
  },
}
