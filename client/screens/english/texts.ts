/**
 * Every word on the page, in English. Another language is another object of the same type: sentences with
 * numbers or names are functions, so that each language may order and inflect them as it needs.
 */
import { alerts } from './alerts.ts'
import { before } from './before.ts'
import { begin } from './begin.ts'
import { claims } from './claims.ts'
import { cueSwitch, cues } from './cues.ts'
import { dispatch } from './dispatch.ts'
import { helper } from './helper.ts'
import { member } from './member.ts'
import * as names from './names.ts'
import { regroup } from './regroup.ts'
import { roll } from './roll.ts'
import { privacy } from './privacy.ts'
import { settings } from './settings.ts'
import { supply } from './supply.ts'

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const texts = {
  ...names,
  ...alerts,
  ...before,
  ...begin,
  ...claims,
  ...member,
  ...helper,
  ...dispatch,
  ...regroup,
  ...roll,
  ...supply,
  ...privacy,
  ...settings,
  cues,
  cueSwitch,
  formats: {
    decimal: (value: number, digits: number) => value.toFixed(digits),
    /** "Sun 29 Nov" */
    day: (date: Date) => `${weekdays[date.getDay()]} ${date.getDate()} ${months[date.getMonth()]}`,
  },
  age: {
    seconds: (s: number) => `${s} s`,
    minutes: (min: number) => `${min} min`,
    hours: (h: number, min: number) => `${h} h ${String(min).padStart(2, '0')}`,
    ago: (age: string) => `${age} ago`,
  },
  distance: { m: (m: number) => `${m} m`, km: (km: string) => `${km} km` },
  along: {
    km: (km: string) => `km ${km}`,
    kmOf: (km: string, length: string) => `km ${km} of ${length}`,
    about: (km: string) => `about km ${km}`,
    orKm: (km: string, other: string) => `km ${km} or ${other}?`,
    lap: (lap: number, of: number) => `lap ${lap} of ${of}`,
    orLap: (lap: number, other: number) => `lap ${lap} or ${other}?`,
    offRoute: 'off the route?',
    wrongWay: 'the wrong way?',
  },
  pace: (time: string) => `${time} min/km`,
  eta: {
    anyMoment: 'any moment',
    about: (time: string, range: string | null) => (range ? `about ${time} (${range})` : `about ${time}`),
    range: (from: string, to: string) => `${from}–${to}`,
    orLater: (from: string) => `${from} or later`,
  },
  gap: {
    aheadBy: (distance: string, time: string | null) => (time ? `${distance}, ${time}` : distance),
    byPace: (time: string) => `about ${time}`,
  },
  directions: ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'],
  way: (distance: string, direction: string) => `${distance} ${direction}`,
  atHand: 'beside you',
  pieces: (quantity: number, what: string) => (quantity === 1 ? what : `${quantity} × ${what}`),
}

export type Texts = typeof texts
