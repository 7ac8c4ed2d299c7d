import type { measures as english } from '../english/measures.ts'

export const measures: typeof english = {
  age: {
    seconds: (s) => `${s} с`,
    minutes: (min) => `${min} мин`,
    hours: (h, min) => `${h} ч ${String(min).padStart(2, '0')}`,
    ago: (age) => `${age} назад`,
  },
  along: {
    km: (km) => `км ${km}`,
    kmOf: (km, length) => `км ${km} из ${length}`,
    about: (km) => `около км ${km}`,
    orKm: (km, other) => `км ${km} или ${other}?`,
    lap: (lap, of) => `круг ${lap} из ${of}`,
    orLap: (lap, other) => `круг ${lap} или ${other}?`,
    offRoute: 'вне маршрута?',
    wrongWay: 'не в ту сторону?',
  },
  pace: (time) => `${time} мин/км`,
  eta: {
    anyMoment: 'с минуты на минуту',
    about: (time, range) => (range ? `около ${time} (${range})` : `около ${time}`),
    range: (from, to) => `${from}–${to}`,
    orLater: (from) => `${from} или позже`,
  },
  gap: {
    aheadBy: (distance, time) => (time ? `${distance}, ${time}` : distance),
    byPace: (time) => `около ${time}`,
  },
  directions: [
    'к северу',
    'к северо-востоку',
    'к востоку',
    'к юго-востоку',
    'к югу',
    'к юго-западу',
    'к западу',
    'к северо-западу',
  ],
  way: (distance, direction) => `${distance} ${direction}`,
  atHand: 'рядом с вами',
  pieces: (quantity, what) => (quantity === 1 ? what : `${quantity} × ${what}`),
}
