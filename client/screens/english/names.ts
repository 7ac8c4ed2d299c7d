/** What has a name of its own on the wire: each must have one here, or it does not compile. */
import type { RefusalCode } from '../../../shared/protocol/errors.ts'
import type { RequestKind } from '../../../shared/run/requests.ts'
import type { PauseReason, Role, StopReason } from '../../../shared/run/roles.ts'
import type { Member } from '../../../shared/run/state.ts'

export const refusals: Record<RefusalCode, string> = {
  'not-a-member': 'This link is not valid, or not any more. Ask your leader for a new one.',
  'not-for-your-role': 'Your role in this run may not do that.',
  'run-not-live': 'The run has not started yet.',
  'run-has-ended': 'The run is over.',
  'too-early': 'Too early: you can start 45 minutes before the run at most.',
  'not-out': 'You are not out on the run. Tap "I am here, start" first.',
  'already-open': 'You have asked for that already.',
  'someone-else-has-it': 'Somebody else has it already.',
  'already-ended': 'That is done already.',
  'no-such-thing': 'That is gone.',
  'someone-is-missing': 'Somebody is still out.',
  'last-leader': 'A run needs a leader. Pass leadership on first.',
  malformed: 'Something in it cannot be right.',
  'protocol-too-old': 'This page is too old. Reload it.',
  'too-many': 'Too many at once. Wait a moment.',
  'retry-later': 'No answer from the server. Try again in a moment.',
  internal: 'The server had a problem. Try again in a moment.',
}

/** Where a wish cannot be right, by the field that the server names. */
export const fields = {
  routeFile: 'The file of the route cannot be read.',
  routeLaps: 'So many laps cannot be made of this route.',
  laps: 'So many laps cannot be made of this route.',
  atM: 'Such a point is not on the route.',
  startNumber: 'Nobody, or more than one, has this start number.',
  count: 'There are not so many left.',
  plannedStartMs: 'The run cannot start then.',
  phone: 'A phone number has digits, spaces and + alone.',
}

export const kinds: Record<RequestKind, string> = {
  water: 'Water',
  isotonic: 'Isotonic',
  gel: 'Gel',
  snack: 'Snack',
  salt: 'Salt',
  mechanical: 'Repair',
  'slow-down': 'Slow down, wait',
  'first-aid': 'First aid',
  help: 'Help',
}

export const roles: Record<Role, string> = {
  runner: 'runner',
  cyclist: 'cyclist',
  leader: 'leader',
  watcher: 'watcher',
  guardian: 'guardian',
}

export const pauses: Record<PauseReason, string> = { toilet: 'Toilet', shoe: 'Shoe', rest: 'Rest', other: 'Other' }
export const stops: Record<StopReason, string> = {
  finished: 'Finished',
  'going-home': 'Going home',
  'got-a-lift': 'Got a lift',
}
export const statuses: Record<Member['status'], string> = {
  joined: 'not started',
  out: 'out',
  paused: 'paused',
  stopped: 'in',
  removed: 'removed',
}
