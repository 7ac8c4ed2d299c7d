/** Ringing is nobody's first need: its code is loaded once the page stands. */
import { lazily } from '../lazily.tsx'

const isQuiet = { isQuiet: true }

export const KeepRinging = lazily(async () => (await import('./keep-ringing.tsx')).KeepRinging, isQuiet)
export const PushCard = lazily(async () => (await import('./push-card.tsx')).PushCard, isQuiet)
export const DataUsed = lazily(async () => (await import('./data-used.tsx')).DataUsed, isQuiet)
