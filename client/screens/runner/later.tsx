/** What stands around the targets: its code comes after theirs. */
import { lazily } from '../lazily.tsx'

const isQuiet = { isQuiet: true }

export const AlertsCard = lazily(async () => (await import('../pack/alerts-card.tsx')).AlertsCard, isQuiet)
export const HeadCountCard = lazily(async () => (await import('../pack/head-count-card.tsx')).HeadCountCard, isQuiet)
export const RegroupAnswers = lazily(async () => (await import('./regroup-answer.tsx')).RegroupAnswers, isQuiet)
export const DrinkCard = lazily(async () => (await import('./drink-card.tsx')).DrinkCard, isQuiet)
export const MyFigures = lazily(async () => (await import('./figures.tsx')).MyFigures, isQuiet)
export const MyGoal = lazily(async () => (await import('./figures.tsx')).MyGoal, isQuiet)
export const AboutMe = lazily(async () => (await import('./about-me.tsx')).AboutMe, isQuiet)
export const TrackerCard = lazily(async () => (await import('./tracker-card.tsx')).TrackerCard, isQuiet)
export const CueSwitch = lazily(async () => (await import('../run/spoken-cues.tsx')).CueSwitch, isQuiet)
export const MyRequests = lazily(async () => (await import('./my-requests.tsx')).MyRequests, isQuiet)
export const Pocket = lazily(async () => (await import('../pocket/pocket.tsx')).Pocket, isQuiet)
export const PocketButton = lazily(async () => (await import('../pocket/pocket-button.tsx')).PocketButton, isQuiet)
export const PocketByItself = lazily(async () => (await import('../pocket/pocket-button.tsx')).PocketByItself, isQuiet)
export const SpokenCues = lazily(async () => (await import('../run/spoken-cues.tsx')).SpokenCues, isQuiet)
export const SoFar = lazily(async () => (await import('../after/so-far.tsx')).SoFar, isQuiet)
