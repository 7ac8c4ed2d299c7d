import type { measures as english } from '../english/measures.ts'

export const measures: typeof english = {
  age: {
    seconds: (s) => `${s}\u00a0с`,
    minutes: (min) => `${min}\u00a0мин`,
    hours: (h, min) => `${h}\u00a0сағ\u00a0${String(min).padStart(2, '0')}`,
    ago: (age) => `${age} бұрын`,
  },
  along: {
    km: (km) => `${km}\u2011км`,
    kmOf: (km, length) => `${km} / ${length}\u00a0км`,
    about: (km) => `шамамен ${km}\u2011км`,
    orKm: (km, other) => `${km}\u2011км әлде ${other}\u2011км?`,
    lap: (lap, of) => `${lap}/${of} айналым`,
    orLap: (lap, other) => `${lap}-айналым әлде ${other}-айналым?`,
    offRoute: 'маршруттан тыс?',
    wrongWay: 'кері бағытта?',
  },
  pace: (time) => `${time}\u00a0мин/км`,
  eta: {
    anyMoment: 'қазір-ақ',
    about: (time, range) => (range ? `шамамен ${time} (${range})` : `шамамен ${time}`),
    range: (from, to) => `${from}–${to}`,
    orLater: (from) => `${from} не одан кеш`,
  },
  gap: {
    aheadBy: (distance, time) => (time ? `${distance}, ${time}` : distance),
    byPace: (time) => `шамамен ${time}`,
  },
  directions: [
    'солтүстікке',
    'солтүстік-шығысқа',
    'шығысқа',
    'оңтүстік-шығысқа',
    'оңтүстікке',
    'оңтүстік-батысқа',
    'батысқа',
    'солтүстік-батысқа',
  ],
  way: (distance, direction) => `${direction} ${distance}`,
  atHand: 'қасыңызда',
  pieces: (quantity, what) => (quantity === 1 ? what : `${quantity} × ${what}`),
}
