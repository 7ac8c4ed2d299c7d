/** Ages, places along the route, paces, and when somebody is expected. */
export const measures = {
  age: {
    seconds: (s: number) => `${s} s`,
    minutes: (min: number) => `${min} min`,
    hours: (h: number, min: number) => `${h} h ${String(min).padStart(2, '0')}`,
    ago: (age: string) => `${age} ago`,
  },
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
