import { takesPart } from '../../../shared/run/roles.ts'
import { titleOf } from '../../state/people.ts'
import { sharingOf } from '../../state/sharing.ts'
import { followHere } from '../navigate.ts'
import { SettingsButton } from '../settings/settings-button.tsx'
import { ageText, clockText, t } from '../texts.ts'
import { type Run, useRun } from './running.ts'

/** On every screen: which run, whether this phone is connected, whether it shares. */
export function TopBar() {
  const run = useRun()
  const { view, kept, mine } = run
  const shared = sharingText(run)
  const isSeen = shared === t.link.sharing || shared === t.link.sharingByTracker
  return (
    <header class="top">
      <div class="top-line">
        <a class="home" href="/" onClick={followHere}>
          <span class="unseen">{t.common.home}</span>
          <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M15 5l-7 7 7 7" />
          </svg>
        </a>
        <h1 class="grow">{(kept.isDemo ? t.demo.heading : (titleOf(view) ?? kept.title)) ?? t.common.untitled}</h1>
        <SettingsButton />
      </div>
      <div class="top-state">
        <span>{phaseText(run)}</span>
        <div class="state" role="status">
          <span class={`dot ${view.link}`}>{linkText(run)}</span>
          {mine && takesPart(mine.role) && view.run.head.phase !== 'ended' && (
            <span class={`dot ${isSeen ? 'sharing' : 'silent'}`}>{shared}</span>
          )}
        </div>
      </div>
    </header>
  )
}

function phaseText({ view, nowMs }: Run): string {
  const { phase, plannedStartMs, startedAtMs } = view.run.head
  if (phase === 'live') return t.phase.live(ageText(Math.max(0, nowMs - (startedAtMs ?? nowMs))))
  if (phase === 'ended') return t.phase.ended
  if (phase === 'unplanned') return ''
  return plannedStartMs > nowMs ? t.phase.planned(clockText(plannedStartMs, nowMs)) : t.phase.plannedNow
}

function linkText({ view }: Run): string {
  if (view.link === 'online') return t.link.online
  return view.link === 'connecting' ? t.link.connecting : t.link.offline
}

function sharingText({ view, mine, locating, kept, locates }: Run): string {
  const sharing = sharingOf(view)
  if (sharing === 'off' || sharing === 'stopping') return t.link.notSharing
  if (sharing === 'starting') return t.link.sharingSoon
  if (kept.isDemo) return t.link.sharing
  if (view.link === 'offline' && locating.value.is === 'found') return t.link.sharingLater
  if (!locates.value) return mine?.trackerIds.length ? t.link.sharingByTracker : t.link.sharingNoPlace
  return locating.value.is === 'found' ? t.link.sharing : t.link.sharingNoPlace
}
