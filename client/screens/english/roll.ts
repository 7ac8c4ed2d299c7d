/** How all stand, who was seen, and the groups: what leaders, coaches and back markers read. */
import { many } from './many.ts'

/** More names make nobody easier to find. */
const NAMES_MAX = 10
export const listed = (names: readonly string[]): string =>
  names.length > NAMES_MAX
    ? `${names.slice(0, NAMES_MAX).join(', ')} and ${names.length - NAMES_MAX} more`
    : names.join(', ')

export const roll = {
  roll: {
    waiting: (n: number) => `${n} not started`,
    out: (n: number) => `${n} out`,
    paused: (n: number) => `${n} paused`,
    guestsOut: (n: number) => `${many(n, 'guest')} out`,
    in: (n: number) => `${n} in`,
    wentHome: (n: number) => `${n} went home`,
    gotALift: (n: number) => `${n} got a lift`,
    heardOrSeen: (n: number, of: number) => `${n} of ${of} heard or seen`,
    with: (n: number, helper: string, km: string | null) => `${n} with ${helper}${km === null ? '' : ` at km ${km}`}`,
    unseen: (n: number, clock: string, names: readonly string[]) =>
      `${n} not heard now and not seen since ${clock}: ${listed(names)}`,
    silent: (names: readonly string[]) => `${names.length} not heard for 10 min: ${listed(names)}`,
    missing: (names: readonly string[]) => `${names.length} missing: ${listed(names)}`,
    nobody: 'Nobody has joined yet',
  },
  headCount: {
    heading: 'Head count',
    begin: 'Begin a head count',
    beginAgain: 'Begin again',
    since: (clock: string) => `Since ${clock}`,
    lately: 'In the last 15 min',
    heard: (n: number) => `${n} heard`,
    seen: (n: number) => `${n} seen`,
    unseen: (n: number) => `${n} not seen`,
    allMine: 'All mine are here',
    allOf: (group: string) => `All of ${group} are here`,
    counted: 'Counted.',
    number: 'Start number',
    numberSeen: 'Seen here',
    roster: (ticked: number, of: number) => `${ticked} of ${of} ticked`,
    rosterHint: 'Tap a name when you see them, each lap.',
    times: (name: string, times: number) => (times > 1 ? `${name} × ${times}` : name),
    guests: (what: string, n: number) => `${what}: ${n} seen`,
    seenAt: (clock: string, km: string | null) => `seen ${clock}${km === null ? '' : ` at km ${km}`}`,
  },
  groups: {
    heading: 'Groups',
    none: 'No groups yet.',
    out: (out: number, of: number) => `${out} of ${of} out`,
    unheard: (n: number) => `${n} not heard`,
    pace: (real: string, plan: string | null) => (plan === null ? real : `${real}, planned ${plan}`),
    planned: (plan: string) => `planned ${plan}`,
    behindPlan: (age: string) => `${age} behind plan`,
    aheadOfPlan: (age: string) => `${age} ahead of plan`,
    spread: (distance: string) => `${distance} long`,
    last: (name: string, km: string) => `last ${name}, km ${km}`,
    name: 'Name',
    colour: 'Colour',
    target: 'Planned pace, min per km',
    targetWrong: 'Minutes and seconds, like 6:10.',
    leader: 'Leads it',
    backMarker: 'Runs last',
    nobody: 'nobody',
    save: 'Change the group',
    add: 'Add a group',
    addMember: 'Put somebody in it',
    choose: 'choose',
  },
  leadership: { youLead: 'You lead this run now.' },
  family: {
    heading: 'My family',
    hint: 'Whoever opens the link sees where you are, and your leaders, until the run ends. At most ten people.',
    make: 'Make a link for my family',
    label: 'Link for my family',
    withdraw: 'Take the link back',
    withdrawSure: 'Nobody new can open it; who has opened it already keeps seeing you. Sure?',
  },
}
