import type { measures as english } from '../english/measures.ts'

export const measures: typeof english = {
  age: {
    seconds: (s) => `${s}\u00a0с`,
    minutes: (min) => `${min}\u00a0мин`,
    hours: (h, min) => `${h}\u00a0ч\u00a0${String(min).padStart(2, '0')}`,
    ago: (age) => `${age} назад`,
  },
  along: {
    km: (km) => `км\u00a0${km}`,
    kmOf: (km, length) => `км\u00a0${km} из ${length}`,
    about: (km) => `около км\u00a0${km}`,
    orKm: (km, other) => `км\u00a0${km} или ${other}?`,
    lap: (lap, of) => `круг ${lap} из ${of}`,
    orLap: (lap, other) => `круг ${lap} или ${other}?`,
    offRoute: 'вне маршрута?',
    wrongWay: 'не в ту сторону?',
  },
  pace: (time) => `${time}\u00a0мин/км`,
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
