import { useEffect, useState } from 'preact/hooks'
import type { Tracker, TrackerHeard } from '../../../shared/protocol/http.ts'
import type { CommandId } from '../../../shared/units.ts'
import { askTracker, isRefusal, trackerHeard } from '../../net/http-calls.ts'
import { newId } from '../../net/new-id.ts'
import { myTracker } from '../kept.ts'
import { language } from '../language.ts'
import { LinkToGive, QrCode } from '../parts/link-to-give.tsx'
import { useRun } from '../run/running.ts'
import { ageText, refusalText, t } from '../texts.ts'
import { appsFor, systemOf, type TrackerApp } from './tracker-apps.ts'

const LOOK_EVERY_MS = 10_000
const system = systemOf(navigator.userAgent)
const [best, ...others] = appsFor(system)

/** A tracker app goes on locating when the screen locks: its address, and when it was heard last. */
export function TrackerCard() {
  const { kept, notice } = useRun()
  const [tracker, setTracker] = useState<Tracker | null>(null)
  const [isOpen, setOpen] = useState(false)

  const get = async () => {
    const answer = await askTracker(location.origin, kept.seat, newId<CommandId>('cmd'), myTracker.get() || null)
    if (isRefusal(answer)) {
      notice.value = refusalText(answer)
      return
    }
    myTracker.set(answer.trackerToken)
    setTracker(answer)
  }

  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.sharing.trackerInstead}</summary>
      <p>{t.tracker.why}</p>
      {!tracker && (
        <button type="button" onClick={get}>
          {t.tracker.get}
        </button>
      )}
      {tracker && (
        <>
          {best && <AppLinks app={best} tracker={tracker} isBest />}
          {isOpen && <Heard token={tracker.trackerToken} />}
          <p class="hint">{t.tracker.onlyWhileSharing}</p>
          <details>
            <summary>{t.apps.others}</summary>
            {others.map((app) => (
              <AppLinks key={app.name} app={app} tracker={tracker} />
            ))}
            <p class="hint">{t.apps.otherHow}</p>
            <LinkToGive url={tracker.serverUrl} label={t.tracker.heading} hasCode={false} />
          </details>
          <details>
            <summary>{t.tracker.scan}</summary>
            <QrCode text={tracker.qrUrl} label={t.tracker.scan} />
          </details>
          <AskWithout token={tracker.trackerToken} />
        </>
      )}
    </details>
  )
}

type AppLinksProps = { readonly app: TrackerApp; readonly tracker: Tracker; readonly isBest?: boolean }

/** From the store, then set up: both on the phone that is to be located. */
function AppLinks({ app, tracker, isBest = false }: AppLinksProps) {
  const { name, store, setUp } = app
  return (
    <>
      {isBest && <p>{t.apps.recommended(name)}</p>}
      <div class="row">
        {system && (
          <a class="button" href={store[system]} target="_blank" rel="noreferrer">
            {t.apps.get(name)}
          </a>
        )}
        <a class={isBest ? 'button primary' : 'button'} href={setUp(tracker)}>
          {t.apps.setUp(name)}
        </a>
      </div>
    </>
  )
}

/** AD1, AD9: the same address asks too. */
function AskWithout({ token }: { readonly token: string }) {
  const address = `${location.origin}/u/${token}`
  return (
    <details>
      <summary>{t.tracker.tag}</summary>
      <p class="hint">{t.tracker.tagHint}</p>
      <LinkToGive url={`${address}/tap/water?lang=${language.value}`} label={t.tracker.tagAddress} hasCode={false} />
      <LinkToGive
        url={`${address}/water?wait=90&lang=${language.value}`}
        label={t.tracker.buttonAddress}
        hasCode={false}
      />
    </details>
  )
}

function Heard({ token }: { readonly token: string }) {
  const { kept, nowMs } = useRun()
  const [heard, setHeard] = useState<TrackerHeard | null>(null)
  useEffect(() => {
    const look = async () => {
      const answer = await trackerHeard(location.origin, kept.seat, token)
      if (!isRefusal(answer)) setHeard(answer)
    }
    void look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [kept.seat, token])
  if (!heard) return null
  return (
    <p role="status">
      {heard.heardAtMs === null ? t.tracker.neverHeard : t.tracker.heard(ageText(Math.max(0, nowMs - heard.heardAtMs)))}
      {heard.heardAtMs !== null && ` ${t.tracker.counts(heard.acceptedCount, heard.asideCount)}`}
      {heard.lastTrouble && ` ${t.tracker.trouble(t.tracker.troubles[heard.lastTrouble])}`}
    </p>
  )
}
