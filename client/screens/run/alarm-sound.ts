import { sound } from './tones.ts'

/** For a call for help, and for an alert that is worth it (shared/run/alerts.ts). Sound that nobody has chosen is for nothing else. */
export const soundAlarm = (): void => void sound('alert')
