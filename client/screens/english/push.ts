/** A phone that rings while nobody looks, the page on the home screen, and what both need. The worker reads `notes` alone. */
import type { RequestKind } from '../../../shared/run/requests.ts'

type Name = string | null

const things: Record<RequestKind, string> = {
  water: 'Water',
  isotonic: 'Isotonic',
  gel: 'Gel',
  snack: 'Snack',
  salt: 'Salt',
  mechanical: 'Repair',
  'slow-down': 'Slow down',
  'first-aid': 'First aid',
  help: 'Help',
}

export const push = {
  notes: {
    things,
    asked: { title: 'A request', body: (name: Name) => (name ? `${name} waits for it` : 'Somebody waits for it') },
    help: { title: 'HELP', body: (name: Name) => (name ? `${name} calls for help` : 'Somebody calls for help') },
    firstAid: 'FIRST AID',
    claimed: (name: Name) => (name ? `${name} is coming to you` : 'Somebody is coming to you'),
    near: (name: Name) => (name ? `${name} is near` : 'Your helper is near'),
    nobody: 'Nobody could come yet',
    silent: (name: Name) => (name ? `${name} is silent and overdue` : 'Somebody is silent and overdue'),
    waterOut: 'Water is running out',
    sent: (name: Name) => (name ? `Please look after ${name}` : 'A leader asks you to look at something'),
    areYouFine: 'Are you fine?',
    regroup: 'All come together',
    started: 'The run has begun',
    startSharing: 'Open it and tap "I am here, start"',
    test: 'It rings',
    testBody: 'This phone can be reached while it is locked.',
    look: 'Tap to see',
    answer: 'Tap to answer',
    unknown: 'Somebody in your run needs you.',
  },
  card: {
    heading: 'Ring me when locked',
    forHelpers: 'New requests and calls for help ring this phone while it is locked in your pocket.',
    forRunners: 'Rings when somebody comes, is near, or nobody could.',
    forLeaders: 'Calls for help, and who is silent and overdue, ring this phone while it is locked.',
    on: 'This phone rings when locked.',
    notTried: 'Not tried yet.',
    turnOn: 'Let it ring',
    turnOff: 'Let it not ring',
    test: 'Ring me in 10 s',
    lockNow: (s: number) => `Lock the phone now: it rings in ${s} s`,
    didIt: 'Did it ring?',
    yes: 'It rang',
    no: 'It did not',
    good: 'Good: you will hear it.',
    came: 'It came. With a locked phone it rings.',
    whatToDo: 'What to try',
    android: [
      'Turn the volume up, and "do not disturb" off.',
      'Settings, Apps, your browser: allow notifications, with sound.',
      'Settings, Battery: no limits for your browser.',
    ],
    ios: [
      'Turn the volume up, and the silent switch and Focus off.',
      'Settings, Notifications, Serik: allow, with sounds and on the lock screen.',
    ],
    denied: 'Notifications are not allowed for this page. Allow them in the settings of the phone or the browser.',
    noHttps: 'A browser rings only over https.',
    iosHome: 'An iPhone rings only from the home screen: put Serik there first (iOS 16.4 or newer).',
    inApp: 'Not inside another app: open this page in the browser.',
    unable: 'This browser cannot ring. Keep the page open, or use another browser.',
    failed: 'That did not work. Try again in a moment.',
  },
  data: {
    heading: 'Data used',
    used: (size: string, time: string) => `${size} in ${time}`,
    kb: (kb: string) => `${kb} KB`,
    mb: (mb: string) => `${mb} MB`,
    hint: 'Places and messages of this run, on this phone.',
  },
}

export const install = {
  heading: 'Serik on the home screen',
  why: 'One tap, also without network.',
  add: 'Add to home screen',
  ios: 'Tap Share below, then "Add to Home Screen".',
  later: 'Not now',
  inApp: {
    heading: (app: string | null) => (app ? `You are inside ${app}` : 'You are inside another app'),
    why: 'Here your place, ringing and the home screen may not work. You can join here all the same.',
    open: 'Open in the browser',
    ios: 'Tap the dots or the compass, then "Open in browser". Or copy the link.',
    copy: 'Copy link',
    copied: 'Copied: paste it in the browser',
  },
}
