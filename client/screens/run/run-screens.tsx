import { useEffect, useRef, useState } from 'preact/hooks'
import { isAlarm } from '../../../shared/run/requests.ts'
import { askedKinds } from '../../state/asked.ts'
import { nameOf, titleOf } from '../../state/people.ts'
import { changeSeat } from '../kept.ts'
import { keepPart, openPart, useBack } from '../navigate.ts'
import { usePairView } from '../pair/pair-view.ts'
import { KeepRinging } from '../push/later.tsx'
import { Pocket, SpokenCues } from '../runner/later.tsx'
import { t } from '../texts.ts'
import { DemoSwitch } from './demo-switch.tsx'
import { Notice, SHOWN_MS } from './notice.tsx'
import { Banners, onlyScreens, PairScreen, screens, type TabName, tabsOf, WhereScreen } from './role-screens.ts'
import { useRun } from './running.ts'
import { TopBar } from './top-bar.tsx'
import { isWide } from './wide.ts'

export function RunScreens({ onOtherSeat }: { readonly onOtherSeat: () => void }) {
  const { view, kept, mine, notice } = useRun()
  const role = mine?.role ?? kept.role
  const isOver = view.run.head.phase === 'ended'
  // A run that is over answers no call for help; one that somebody still looks after can be read.
  const hasHelp = !isOver || [...askedKinds(view)].some(isAlarm)
  const running = tabsOf[role].filter((name) => name !== 'help' || hasHelp)
  const tabs: readonly TabName[] = isOver ? ['after', ...running] : running
  const first = tabs[0] ?? 'where'
  const home = kept.isDemo && kept.role === 'leader' && !isOver ? 'where' : first
  const [chosen, setChosen] = useState(openPart)
  const open = tabs.find((name) => name === chosen) ?? home
  // Where there is room the plan stands beside every screen and needs no tab of its own.
  const tab = isWide.value && open === 'where' ? first : open
  useEffect(() => keepPart(chosen), [chosen])
  // Whoever leaves by mistake is followed no longer: it takes two presses.
  useBack(() => {
    notice.value = t.tabs.backLeaves
    return SHOWN_MS
  })
  useBack(() => choose(home), open !== home)

  const isMapForTwo = usePairView() === 'map'
  const isPair = isMapForTwo && tab !== 'help' && tab !== 'after'
  const isKnown = view.run.version > 0
  useEffect(() => {
    if (isKnown) changeSeat(kept.seat, { isMapForTwo })
  }, [kept.seat, isKnown, isMapForTwo])
  // Whatever screen was open, what the run has been comes first when it is over.
  const wasLive = useRef(false)
  useEffect(() => {
    if (isOver && wasLive.current) setChosen(null)
    wasLive.current = view.run.head.phase === 'live'
  }, [view.run.head.phase])
  // The demo is named by the page, in its language.
  const title = kept.isDemo ? t.demo.heading : titleOf(view)
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

  const Screen = tab === 'after' ? screens.after : (onlyScreens[role] ?? screens[tab])
  const choose = (name: TabName) => {
    setChosen(name === home ? null : name)
    scrollTo(0, 0)
  }
  return (
    <div class={`run tab-${tab} tabs-${tabs.length}`}>
      <TopBar />
      {kept.isDemo && <DemoSwitch onOtherSeat={onOtherSeat} />}
      <Banners onHelp={() => choose('help')} isHelpShown={tab === 'help'} />
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
      <main class="left" tabIndex={-1}>
        {isPair ? <PairScreen onHelp={() => choose('help')} /> : <Screen />}
      </main>
      {isWide.value && tab !== 'where' && tab !== 'after' && !isPair && (
        <aside class="right" aria-label={t.tabs.where}>
          <WhereScreen />
        </aside>
      )}
      <Notice />
      <SpokenCues />
      <KeepRinging />
      <Pocket isHelpShown={tab === 'help'} />
    </div>
  )
}
