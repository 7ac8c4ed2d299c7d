import { useEffect, useState } from 'preact/hooks'
import { forgetBrowserStorage } from '../../net/browser-storage.ts'
import { forgetSeat, keepSeat, seatFor } from '../kept.ts'
import { followHere } from '../navigate.ts'
import { PlainPage } from '../start/plain-page.tsx'
import { t } from '../texts.ts'
import { type OneTab, oneTab } from './one-tab.ts'
import { RunScreens } from './run-screens.tsx'
import { openRunning, type Running, RunningContext } from './running.ts'

/** A storage that takes longer is not waited for. */
const READ_WITHIN_MS = 500

/** Opens the seat this browser used last in the run, and closes it when the page is left. */
export function RunPage({ runKey }: { readonly runKey: string }) {
  const [running, setRunning] = useState<Running | null>(null)
  const [isElsewhere, setElsewhere] = useState(false)
  const [openings, setOpenings] = useState(0)

  useEffect(() => {
    const kept = seatFor(runKey)
    if (!kept) return
    keepSeat(kept)
    let opened: Running | null = null
    let isLeft = false
    const giveUp = async () => {
      isLeft = true
      setElsewhere(true)
      setRunning(null)
      await opened?.close()
    }
    const tab: OneTab = oneTab(kept.seat, giveUp)
    void tab.taken.then(async () => {
      if (isLeft) return
      opened = openRunning(kept)
      // What it knows already is drawn once, and not after an empty page.
      if (kept.keptAtMs < performance.timeOrigin)
        await Promise.race([opened.whenRead(), new Promise((resolve) => setTimeout(resolve, READ_WITHIN_MS))])
      if (!isLeft) setRunning(opened)
    })
    return () => {
      isLeft = true
      tab.close()
      setRunning(null)
      void opened?.close()
    }
  }, [runKey, openings])

  const openAgain = () => {
    setElsewhere(false)
    setOpenings(openings + 1)
  }
  if (isElsewhere) return <Elsewhere onUseHere={openAgain} />
  if (!running)
    return (
      <main class="page">
        <p role="status">{t.common.loading}</p>
      </main>
    )
  const { link, goneReason } = running.view.value
  if (link === 'gone') return <Gone running={running} reason={goneReason ?? 'removed'} />
  return (
    <RunningContext.Provider value={running}>
      <RunScreens key={running.kept.seat} onOtherSeat={() => setOpenings(openings + 1)} />
    </RunningContext.Provider>
  )
}

function Elsewhere({ onUseHere }: { readonly onUseHere: () => void }) {
  return (
    <PlainPage>
      <p>{t.link.elsewhere}</p>
      <button type="button" class="primary big" onClick={onUseHere}>
        {t.link.useHere}
      </button>
    </PlainPage>
  )
}

function Gone({ running, reason }: { readonly running: Running; readonly reason: 'removed' | 'forgotten' }) {
  const { seat } = running.kept
  // G8: a phone forgets with the run. Otherwise it keeps what it has: a server that does not know its own
  // people may only have been started on other data, and needs their tracks back when it is put right.
  useEffect(() => {
    if (reason !== 'forgotten') return
    forgetSeat(seat)
    void running.close().then(() => forgetBrowserStorage(seat))
  }, [running, seat, reason])
  return (
    <PlainPage>
      <p>{reason === 'forgotten' ? t.link.forgotten : t.link.removed}</p>
      <a class="button" href="/" onClick={followHere}>
        {t.common.home}
      </a>
    </PlainPage>
  )
}
