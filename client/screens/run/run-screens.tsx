import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Role } from '../../../shared/run/roles.ts'
import { nameOf, titleOf } from '../../state/people.ts'
import { changeSeat } from '../kept.ts'
import { lazily } from '../lazily.tsx'
import { usePairView } from '../pair/pair-view.ts'
import { Pocket } from '../pocket/pocket.tsx'
import { KeepRinging } from '../push/later.tsx'
import { t } from '../texts.ts'
import { Banners } from './banners.tsx'
import { DemoSwitch } from './demo-switch.tsx'
import { Notice } from './notice.tsx'
import { useRun } from './running.ts'
import { SpokenCues } from './spoken-cues.tsx'
import { TopBar } from './top-bar.tsx'
import { isWide } from './wide.ts'

const LeadScreen = lazily(async () => (await import('../leader/lead-screen.tsx')).LeadScreen)
const QueueScreen = lazily(async () => (await import('../cyclist/queue-screen.tsx')).QueueScreen)
const AskScreen = lazily(async () => (await import('../runner/ask-screen.tsx')).AskScreen)
const WhereScreen = lazily(async () => (await import('../where/where-screen.tsx')).WhereScreen)
const WatchScreen = lazily(async () => (await import('../watch/watch-screen.tsx')).WatchScreen)
const GuardScreen = lazily(async () => (await import('../watch/guard-screen.tsx')).GuardScreen)
const PairScreen = lazily(async () => (await import('../pair/pair-screen.tsx')).PairScreen)
const AfterScreen = lazily(async () => (await import('../after/after-screen.tsx')).AfterScreen)
const HelpScreen = lazily(async () => (await import('../runner/help-screen.tsx')).HelpScreen)

type TabName = 'after' | 'lead' | 'queue' | 'ask' | 'where' | 'help'

const screens: Record<TabName, ComponentType> = {
  after: AfterScreen,
  lead: LeadScreen,
  queue: QueueScreen,
  ask: AskScreen,
  where: WhereScreen,
  help: HelpScreen,
}

/** The first one is what this role came for. */
const tabsOf: Record<Role, readonly TabName[]> = {
  runner: ['ask', 'where', 'help'],
  cyclist: ['queue', 'ask', 'where', 'help'],
  leader: ['lead', 'ask', 'where', 'help'],
  watcher: ['where'],
  guardian: ['where'],
}

export function RunScreens({ onOtherSeat }: { readonly onOtherSeat: () => void }) {
  const { view, kept, mine, notice } = useRun()
  const role = mine?.role ?? kept.role
  const isOver = view.run.head.phase === 'ended'
  const tabs: readonly TabName[] = isOver ? ['after', ...tabsOf[role]] : tabsOf[role]
  const [chosen, setChosen] = useState<TabName | null>(kept.isDemo && kept.role === 'leader' ? 'where' : null)
  const first = tabs[0] ?? 'where'
  const wanted = chosen && tabs.includes(chosen) ? chosen : first
  // Where there is room the plan stands beside every screen and needs no tab of its own.
  const tab = isWide.value && wanted === 'where' ? first : wanted

  const isPair = usePairView() === 'map' && tab !== 'help' && tab !== 'after'
  // Whatever screen was open, what the run has been comes first when it is over.
  useEffect(() => {
    if (isOver) setChosen(null)
  }, [isOver])
  const title = titleOf(view)
  const myName = mine ? nameOf(view, mine.memberId) : null
  useEffect(() => {
    if (myName) changeSeat(kept.seat, { role, name: myName, ...(title && { title }) })
  }, [kept.seat, role, myName, title])
  // LS3: whoever takes up the lead did not ask for it. A seat that came as a link has not said yet whose it is.
  const roleBefore = useRef(kept.name === null ? null : kept.role)
  useEffect(() => {
    if (myName === null) return
    const before = roleBefore.current
    if (role === 'leader' && before !== null && before !== 'leader') notice.value = t.leadership.youLead
    roleBefore.current = role
  }, [role, myName, notice])
  useEffect(() => {
    document.title = title ? `${title} · Serik` : 'Serik'
  }, [title])

  const onlyScreen = role === 'watcher' ? WatchScreen : role === 'guardian' ? GuardScreen : null
  const Screen = tab === 'after' ? AfterScreen : (onlyScreen ?? screens[tab])
  const choose = (name: TabName) => {
    setChosen(name)
    scrollTo(0, 0)
  }
  return (
    <div class={`run tab-${tab} tabs-${tabs.length}`}>
      <TopBar />
      {kept.isDemo && <DemoSwitch onOtherSeat={onOtherSeat} />}
      <Banners onHelp={() => choose('help')} isHelpShown={tab === 'help'} />
      <main class="left">{isPair ? <PairScreen onHelp={() => choose('help')} /> : <Screen />}</main>
      {isWide.value && tab !== 'where' && tab !== 'after' && !isPair && (
        <aside class="right" aria-label={t.where.heading}>
          <WhereScreen />
        </aside>
      )}
      {tabs.length > 1 && !isPair && (
        <nav class="tabs" aria-label={t.tabs.label}>
          {tabs.map((name) => (
            <button
              key={name}
              type="button"
              class={`tab to-${name}`}
              aria-current={name === tab ? 'page' : undefined}
              onClick={() => choose(name)}
            >
              {name === 'ask' && role !== 'runner' ? t.tabs.me : t.tabs[name]}
            </button>
          ))}
        </nav>
      )}
      <Notice />
      <SpokenCues />
      <KeepRinging />
      <Pocket isHelpShown={tab === 'help'} />
    </div>
  )
}
