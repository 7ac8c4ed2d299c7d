import { isPair } from '../../state/cyclist-queue.ts'
import { alarmsOf, queueOf } from '../../state/queue.ts'
import { toLookAfterCount } from '../../state/to-look-after.ts'
import { QueueList } from '../cyclist/queue-list.tsx'
import { AlertsCard } from '../pack/alerts-card.tsx'
import { PackStrip } from '../pack/pack-strip.tsx'
import { PlanCard } from '../plan/plan-card.tsx'
import { useRun } from '../run/running.ts'
import { isVeryWide } from '../run/wide.ts'
import { t } from '../texts.ts'
import { CarryCard } from './carry-card.tsx'
import { Invites } from './invites.tsx'
import { RegroupCard } from './regroup-card.tsx'
import { StartSection } from './start-section.tsx'
import { UnheardCard } from './unheard-card.tsx'

/** The oldest; cyclists see them all. */
const SHOWN_AT_ONCE = 3

/** What must be looked at now, the gravest first; a quiet run is a short page. */
export function LeadNow() {
  const { view, nowMs } = useRun()
  const { phase } = view.run.head
  const requests = queueOf(view, nowMs).filter((entry) => !entry.isAlarm)
  const isAlone = view.run.members.size <= 1
  const isAnybodyWaiting = requests.length > 0 || alarmsOf(view, nowMs).length > 0
  const isCalm = phase === 'live' && !isAlone && !isAnybodyWaiting && toLookAfterCount(view, nowMs) === 0
  return (
    <>
      {/* To set out oneself can wait until those who have are looked after. */}
      {phase !== 'live' && <StartSection />}
      <PlanCard />
      <AlertsCard />
      <UnheardCard />
      {phase === 'live' && <StartSection />}
      {isCalm && <p class="calm">{t.lookAfter.calm}</p>}
      {isAlone && phase !== 'ended' && <Invites isOpen />}
      {!isVeryWide.value && <PackStrip />}
      {requests.length > 0 && (
        <section aria-labelledby="requests">
          <h2 id="requests" class={isPair(view) ? 'unseen' : undefined}>
            {t.queue.heading}
          </h2>
          <QueueList entries={requests.slice(0, SHOWN_AT_ONCE)} />
          {requests.length > SHOWN_AT_ONCE && (
            <details class="card">
              <summary>{t.queue.more(requests.length - SHOWN_AT_ONCE)}</summary>
              <QueueList entries={requests.slice(SHOWN_AT_ONCE)} />
            </details>
          )}
        </section>
      )}
      <RegroupCard />
      <CarryCard />
    </>
  )
}
