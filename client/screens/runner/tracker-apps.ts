/** The tracker apps there is a door for, one row each: a new door adds a row. The first that runs on the phone is recommended. */
import type { Tracker } from '../../../shared/protocol/http.ts'

export type TrackerApp = {
  readonly name: string
  readonly systems: readonly System[]
  /** Where a phone gets it. */
  readonly store: Readonly<Record<System, string>>
  /** Sets the app up on the phone it is tapped on. */
  readonly setUp: (tracker: Tracker) => string
}
type System = 'android' | 'ios'

export const trackerApps: readonly TrackerApp[] = [
  {
    name: 'Traccar Client',
    systems: ['android', 'ios'],
    store: {
      android: 'https://play.google.com/store/apps/details?id=org.traccar.client',
      ios: 'https://apps.apple.com/app/traccar-client/id843156974',
    },
    setUp: ({ appLink }) => appLink,
  },
]

/** `null`: this is no phone. */
export function systemOf(userAgent: string): System | null {
  if (/android/i.test(userAgent)) return 'android'
  return /iphone|ipad|ipod/i.test(userAgent) ? 'ios' : null
}

export const appsFor = (system: System | null): readonly TrackerApp[] =>
  trackerApps.filter(({ systems }) => system === null || systems.includes(system))
