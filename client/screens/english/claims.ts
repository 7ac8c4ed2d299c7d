/** What is said of who brings what to whom: to the runner, and to the two of a claim when they are asked. */
import { many } from './many.ts'

export const claims = {
  claims: {
    looking: (age: string) => `Asked ${age} ago. Still looking for someone.`,
    lookingEscalated: (age: string) =>
      `Asked ${age} ago. Still looking for someone; your leader has been told that it takes long.`,
    nobody: 'No cyclist can bring it at the moment.',
    leaderSees: 'Your leader sees it.',
    nearTold: 'Whoever is near you has been told.',
    coming: (name: string, time: string | null, where: string | null) =>
      `${[`${name} is coming`, time, where].filter(Boolean).join(', ')}.`,
    about: (time: string) => `about ${time}`,
    at: (place: string) => `at ${place}`,
    away: (distance: string) => `${distance} away`,
    notHeard: (age: string) => `Not heard for ${age}.`,
    here: (name: string) => `${name} is with you.`,
    met: (name: string) => `You and ${name} have met.`,
    goOn: 'Go on as you are.',
    wait: 'Wait where you are.',
    askedWhether: (name: string) => `${name} has it. Asked whether they still come.`,
    metYou: (name: string) => `You and ${name} have met. Did you get it?`,
    assumed: (name: string | null) =>
      name ? `Taken as handed over by ${name}, since you met.` : 'Taken as handed over, since you met.',
    undo: 'No, I did not get it',

    stillComing: (name: string) => `Still on the way to ${name}?`,
    stillComingHint: 'Without an answer it is offered to others in two minutes.',
    keep: 'Yes, I am coming',
    giveBack: 'Give it back',
    offer: (runner: string, holder: string, time: string) =>
      `You would be with ${runner} ${time} sooner than ${holder}. Take it over?`,
    take: 'Take it over',
    metWho: (name: string, what: string) => `You have met ${name}. ${what}: handed over?`,
    metHint: 'Without an answer it counts as handed over in three minutes.',
    gotIt: 'Yes, got it',
    handedOver: 'Yes, handed over',
    notYet: 'No, not yet',
    nearWish: (name: string, what: string, way: string | null) =>
      `${name} asks for ${what.toLowerCase()}${way ? `, ${way}` : ''}.`,
    nearHint: 'No cyclist can bring it.',
    nearMore: (count: number) => `${many(count, 'other')} near you ${count === 1 ? 'waits' : 'wait'} too.`,
    assumedFor: (name: string, what: string) => `${what}: taken as handed over to ${name}.`,
    notGiven: 'No, it was not',
  },
}
