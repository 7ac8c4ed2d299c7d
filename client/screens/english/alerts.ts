/** Alerts as leaders, helpers and whom they are about read them. */
import type { AlertRule } from '../../../shared/run/alerts.ts'
import { far } from './formats.ts'
import { many } from './many.ts'

/** What is told of somebody, or of the run. `value` as the rule measured it. */
const sentences: Record<AlertRule, (name: string, value: number | null) => string> = {
  'silent-overdue': (name) => `${name} is not heard, and overdue`,
  'off-route': (name) => `${name} is off the route`,
  'wrong-way': (name) => `${name} goes the wrong way`,
  stopped: (name) => `${name} has stopped`,
  straggling: (name, m) => (m ? `${name} falls behind, by ${far(m)}` : `${name} falls behind`),
  'no-contact': (name) => `No contact with ${name}`,
  'low-battery': (name, percent) => (percent === null ? `${name}’s phone is low` : `${name}’s phone: ${percent} %`),
  'split-pack': (_name, m) => (m ? `The group is apart by ${far(m)}` : 'The group is apart'),
  'water-out': (_name, bottles) => (bottles ? `Water runs out: ${many(bottles, 'bottle')} left` : 'No water left'),
  network: (_name, count) => `The network is gone: ${many(count ?? 0, 'phone')} fell silent together`,
  'cyclist-far': (name) => `${name} is far from all runners`,
}

const questions: Partial<Record<AlertRule, string>> = {
  'silent-overdue': 'You have not been heard for a while.',
  'off-route': 'You seem to be off the route.',
  'wrong-way': 'You seem to go the wrong way.',
  stopped: 'You seem to have stopped.',
}

const ruleNames: Record<AlertRule, string> = {
  'silent-overdue': 'Silent and overdue',
  'off-route': 'Off the route',
  'wrong-way': 'Wrong way',
  stopped: 'Stopped',
  straggling: 'Falling behind',
  'no-contact': 'No contact for long',
  'low-battery': 'Low battery',
  'split-pack': 'Group apart',
  'water-out': 'Water runs out',
  network: 'Network gone',
  'cyclist-far': 'Cyclist far from all',
}

export const alerts = {
  alerts: {
    heading: 'To look after',
    sentences,
    forSince: (age: string) => `for ${age}`,
    needsHelp: 'says: I need help',
    owned: (name: string) => `${name} looks after it`,
    yours: 'You look after it',
    sentTo: (names: string) => `sent to ${names}`,
    own: 'I look after it',
    seenTo: 'Seen to',
    send: 'Send to a helper',
    more: (count: number) => `${count} more`,
    watch: 'What to watch',
    watchLong: 'You are told of what is marked.',
    ruleNames,
  },
  areYouFine: {
    heading: 'Are you fine?',
    questions,
    told: 'Your leader has been told.',
    toldIn: (s: number) => `Your leader is told in ${s} s.`,
    fine: 'I am fine',
    help: 'I need help',
  },
}
