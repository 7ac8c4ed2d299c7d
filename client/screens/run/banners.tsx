import { useEffect, useRef } from 'preact/hooks'
import { alertsOf } from '../../state/alerts.ts'
import { myAlarms } from '../../state/my-requests.ts'
import { me, nameOf } from '../../state/people.ts'
import { alarmsOf, slowDownsOf } from '../../state/queue.ts'
import { isEndAsked } from '../../state/roll.ts'
import { ClaimQuestions } from '../cyclist/claim-question.tsx'
import { reloadNewest } from '../install/register-worker.ts'
import { EndQuestion } from '../leader/end-question.tsx'
import { PairReturn } from '../pair/pair-return.tsx'
import { AreYouFine } from '../runner/are-you-fine.tsx'
import { t } from '../texts.ts'
import { whenLoaded } from '../when-loaded.ts'
import { AlarmCard } from './alarm-card.tsx'
import { soundAlarm } from './alarm-sound.ts'
import { OfflineCard } from './offline-card.tsx'
import { useRun } from './running.ts'
import { UnseenMessages } from './unseen-messages.tsx'

type BannersProps = { readonly onHelp: () => void; readonly isHelpShown: boolean }

/** What must be seen whatever screen is open, the gravest first. */
export function Banners({ onHelp, isHelpShown }: BannersProps) {
  const { view, nowMs } = useRun()
  const alarms = alarmsOf(view, nowMs)
  useCalls([
    ...alarms.filter(({ request }) => request.status === 'open').map(({ request }) => request.requestId),
    ...alertsOf(view, nowMs).flatMap(({ alert, isAudible }) => (isAudible ? [alert.alertId] : [])),
  ])
  // Needed where there may be no network to load it.
  useEffect(() => void whenLoaded(() => import('../runner/help-screen.tsx')), [])
  const isLeader = me(view)?.role === 'leader'
  const { phase } = view.run.head
  // Who sees a part of the run is told of those they know.
  const isMissing = view.run.head.missing.some((id) => id === view.myId)
  const missing = view.run.head.missing.filter((id) => id !== view.myId && view.run.members.has(id))
  return (
    <section class="banners" aria-label={t.settings.attention}>
      {view.link === 'outdated' && (
        <div class="card notice" role="alert">
          <p>{t.link.outdated}</p>
          <button type="button" class="primary" onClick={() => void reloadNewest()}>
            {t.link.reload}
          </button>
        </div>
      )}
      <PairReturn />
      <OfflineCard />
      {!isHelpShown && myAlarms(view, nowMs).length > 0 && (
        <button type="button" class="hold-like" onClick={onHelp}>
          {t.help.mineIsOpen}
        </button>
      )}
      {alarms.map((entry) => (
        <AlarmCard key={entry.request.requestId} entry={entry} />
      ))}
      <AreYouFine onHelp={onHelp} />
      {isLeader && isEndAsked(view) && <EndQuestion />}
      {phase === 'ended' && (
        <div class="card notice">
          <p>
            <strong>{t.phase.endedLong}</strong>
            {isMissing && ` ${t.phase.missingMe}`}
            {missing.length > 0 && ` ${t.phase.missing(missing.map((id) => nameOf(view, id)))}`}
          </p>
        </div>
      )}
      {slowDownsOf(view, nowMs).map(({ request, runner }) => (
        <div key={request.requestId} class="card notice" role="status">
          <p>
            <strong>{t.alarm.slowDown(runner)}</strong>
          </p>
        </div>
      ))}
      <ClaimQuestions />
      {!isHelpShown && <UnseenMessages />}
    </section>
  )
}

/** AX18: what sounds is seen too: it stands on top, and its reader may be anywhere. */
function useCalls(openAlarmIds: readonly string[]): void {
  const heard = useRef(new Set<string>())
  useEffect(() => {
    const fresh = openAlarmIds.filter((id) => !heard.current.has(id))
    for (const id of fresh) heard.current.add(id)
    if (fresh.length === 0) return
    soundAlarm()
    scrollTo(0, 0)
  })
}
