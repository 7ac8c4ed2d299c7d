/** Which screens a role has, each loaded when it is first shown; and what stands around all of them. */
import type { Role } from '../../../shared/run/roles.ts'
import { type Lazily, lazily } from '../lazily.tsx'

export type TabName = 'after' | 'lead' | 'queue' | 'ask' | 'where' | 'help'
type Screen = Lazily<object>

export const WhereScreen = lazily(async () => (await import('../where/where-screen.tsx')).WhereScreen)
export const PairScreen = lazily(async () => (await import('../pair/pair-screen.tsx')).PairScreen)
export const Banners = lazily(async () => (await import('./banners.tsx')).Banners, { isQuiet: true })

export const screens: Record<TabName, Screen> = {
  after: lazily(async () => (await import('../after/after-screen.tsx')).AfterScreen),
  lead: lazily(async () => (await import('../leader/lead-screen.tsx')).LeadScreen),
  queue: lazily(async () => (await import('../cyclist/queue-screen.tsx')).QueueScreen),
  ask: lazily(async () => (await import('../runner/ask-screen.tsx')).AskScreen, { isFirst: true }),
  where: WhereScreen,
  help: lazily(async () => (await import('../runner/help-screen.tsx')).HelpScreen),
}

/** Who looks on has a screen of its own for it. */
export const onlyScreens: Partial<Record<Role, Screen>> = {
  watcher: lazily(async () => (await import('../watch/watch-screen.tsx')).WatchScreen),
  guardian: lazily(async () => (await import('../watch/guard-screen.tsx')).GuardScreen),
}

/** The first one is what this role came for. */
export const tabsOf: Record<Role, readonly TabName[]> = {
  runner: ['ask', 'where', 'help'],
  cyclist: ['queue', 'ask', 'where', 'help'],
  leader: ['lead', 'ask', 'where', 'help'],
  watcher: ['where'],
  guardian: ['where'],
}

const firstScreenOf = (role: Role): Screen => onlyScreens[role] ?? screens[tabsOf[role][0] ?? 'where']

export const RunPage = lazily(async () => (await import('./run-page.tsx')).RunPage, { isFirst: true })

/** Begins to load what somebody in this role will see first. */
export function foresee(role: Role, isMapForTwo = false): void {
  RunPage.load()
  const first = isMapForTwo ? PairScreen : firstScreenOf(role)
  first.load()
}
