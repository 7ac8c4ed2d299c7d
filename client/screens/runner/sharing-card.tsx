import { DAY_MS, MINUTE_MS } from '../../../shared/units.ts'
import { sharingOf } from '../../state/sharing.ts'
import { HttpsNotice } from '../parts/https-notice.tsx'
import { canLocate } from '../run/locate.ts'
import { type Run, useRun } from '../run/running.ts'
import { ageText, clockText, t } from '../texts.ts'
import { TrackerCard } from './later.tsx'

const SILENT_AFTER_MS = 2 * MINUTE_MS

/** Start and stop of sharing one's place, and what keeps the phone from knowing it. */
export function SharingCard() {
  const run = useRun()
  const { view, mine, wish, phone, locates, kept } = run
  const { phase, plannedStartMs, retentionMs } = view.run.head
  const sharing = sharingOf(view)
  const isStartDue = mine?.role === 'leader' && phase === 'planned' && plannedStartMs <= run.nowMs

  const start = () => {
    locates.value = canLocate() && !kept.isDemo
    void wish({ type: 'start-sharing', sinceMs: Math.round(phone.nowMs()) })
    // The smallest run needs two taps: who planned it for now starts it by starting.
    if (isStartDue) void wish({ type: 'start-run' })
  }
  const stop = () => void wish({ type: 'stop-sharing', untilMs: Math.round(phone.nowMs()) })

  if (sharing === 'off' || sharing === 'stopping') {
    if (mine?.status === 'stopped') return null // the way back is under "I stop"
    const isAgain = mine?.status === 'out' || mine?.status === 'paused'
    const withPlace = isAgain ? t.sharing.again : isStartDue ? t.sharing.startAndRun : t.sharing.start
    const label = canLocate() ? withPlace : t.sharing.startWithout
    return (
      <section class="card">
        {!canLocate() && <HttpsNotice />}
        <button type="button" class="primary big" onClick={start}>
          {label}
        </button>
        <p class="hint">{t.sharing.promise(Math.round(retentionMs / DAY_MS))}</p>
        <TrackerCard />
      </section>
    )
  }
  return (
    <section class="card sharing">
      <div class="row spread">
        <p class="grow">
          <strong>{t.sharing.on}</strong> {storedText(run)}
        </p>
        <button type="button" onClick={stop}>
          {t.sharing.stop}
        </button>
      </div>
      <Silent />
      <LocatingTrouble />
      {locates.value && <p class="hint">{t.sharing.screenLock}</p>}
      <TrackerCard />
    </section>
  )
}

function storedText({ view, nowMs }: Run): string {
  return view.receiptAtMs === null
    ? t.sharing.noneStored
    : t.sharing.stored(ageText(Math.max(0, nowMs - view.receiptAtMs)))
}

/** A page that was dark sent nothing, and may not know it. */
function Silent() {
  const { view, nowMs } = useRun()
  const { receiptAtMs } = view
  if (receiptAtMs === null || nowMs - receiptAtMs < SILENT_AFTER_MS) return null
  return (
    <p class="trouble" role="status">
      {t.apps.silentSince(clockText(receiptAtMs, nowMs))}
    </p>
  )
}

/** What keeps this page from knowing its place, and what to do about it. */
export function LocatingTrouble() {
  const { locating, locates, retryLocating, mine, kept } = useRun()
  const state = locating.value
  if (!locates.value) {
    if (!canLocate()) return <p class="hint">{t.sharing.needsHttpsLong}</p>
    // Shared on another phone, or by an app: this one takes it up when it is told to.
    if (kept.isDemo || mine?.trackerIds.length) return null
    return (
      <button
        type="button"
        class="primary"
        onClick={() => {
          locates.value = true
        }}
      >
        {t.sharing.locateHere}
      </button>
    )
  }
  if (state.is === 'trouble')
    return (
      <div role="alert">
        <p class="trouble">{t.sharing[state.why]}</p>
        {state.why === 'denied' && (
          <button type="button" onClick={retryLocating}>
            {t.join.again}
          </button>
        )}
      </div>
    )
  if (state.is === 'looking') return <p role="status">{t.sharing.looking}</p>
  return null
}
