/** Coming together at a place and a time. */
import type { RegroupAnswer } from '../../../shared/run/regroup.ts'
import { listed, many } from './many.ts'

const answers: Record<RegroupAnswer, string> = {
  coming: 'I come',
  here: 'I am here',
  'not-coming': 'Not coming',
}

export const regroup = {
  regroup: {
    heading: 'Regroup',
    at: (place: string, clock: string) => `Regroup at ${place}, ${clock}`,
    ofGroup: (group: string) => `(${group})`,
    here: (n: number) => `${n} here`,
    coming: (n: number) => `${n} coming`,
    passed: (n: number) => `${n} past it`,
    unknown: (n: number) => `${n} not known`,
    notComing: (n: number) => `${n} not coming`,
    last: (name: string, clock: string) => `last one in at ${clock}: ${name}`,
    lastKnown: (name: string, clock: string) => `the last of them at ${clock}: ${name}`,
    missing: (names: readonly string[]) => `${names.length} missing: ${listed(names)}`,
    guests: (n: number) => `${many(n, 'guest')} out besides`,
    isHere: 'here',
    isComing: 'says they come',
    isPassed: 'past it',
    isUnknown: 'not known',
    isNotComing: 'does not come',
    place: 'Where',
    whereIAm: 'Where I am now',
    byLeader: (name: string) => `where ${name} is`,
    end: 'The end of the route',
    passedAt: (name: string, km: string) => `${name}, km ${km}`,
    inMinutes: 'In how many minutes',
    whom: 'Who',
    everybody: 'everybody',
    call: 'Call everybody together',
    callGroup: 'Call them together',
    over: 'It is over',
    youAbout: (time: string) => `You are there ${time}.`,
    answers,
  },
}
