import type { dispatch as english } from '../english/dispatch.ts'
import { bottles, runners } from './many.ts'

export const dispatch: typeof english = {
  proposed: {
    forYou: 'для вас',
    due: (name) => `${name}: скоро пора попить`,
    moreDue: (count) => `Скоро пора попить: ещё ${count}`,
    dueIn: (time) => `по плану через ${time}`,
    dueNow: 'по плану примерно сейчас',
    sent: 'Ведущий просит вас посмотреть',
  },
  pass: {
    heading: 'За один проезд',
    runners: (count, distance) => `${runners(count)} на ближайшие ${distance}`,
    rideAt: (kmh) => `дальше со скоростью ${kmh} км/ч`,
    order: (names) => `по порядку: ${names.join(', ')}`,
    bottlesLeft: (count) => `потом останется: ${bottles(count)}`,
    bottlesMissing: (count) => `не хватит: ${bottles(count)}`,
    refill: (name, km) => `пополнить запас: ${name}, км ${km}`,
    takeAll: 'Везу всё',
  },
}
