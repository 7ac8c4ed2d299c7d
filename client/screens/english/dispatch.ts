/** What the companion proposes to a cyclist. */
import { many } from './many.ts'

export const dispatch = {
  proposed: {
    forYou: 'for you',
    due: (name: string) => `${name} may like a drink soon`,
    moreDue: (count: number) => `${count} more may like a drink soon`,
    dueIn: (time: string) => `by their plan in ${time}`,
    dueNow: 'by their plan about now',
    sent: 'A leader asks you to look',
  },
  pass: {
    heading: 'In one ride',
    runners: (count: number, distance: string) => `${many(count, 'runner')} in the next ${distance}`,
    rideAt: (kmh: number) => `ride on at ${kmh} km/h`,
    order: (names: readonly string[]) => `in this order: ${names.join(', ')}`,
    bottlesLeft: (count: number) => `${many(count, 'bottle')} left then`,
    bottlesMissing: (count: number) => `${many(count, 'bottle')} too few`,
    refill: (name: string, km: string) => `refill at ${name}, km ${km}`,
    takeAll: 'I bring all of it',
  },
}
