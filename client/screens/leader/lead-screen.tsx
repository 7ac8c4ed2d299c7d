import { isPair } from '../../state/cyclist-queue.ts'
import { queueOf } from '../../state/queue.ts'
import { HandOverForm } from '../cyclist/hand-over-form.tsx'
import { QueueList } from '../cyclist/queue-list.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { AlertRules } from './alert-rules.tsx'
import { AlertsCard } from './alerts-card.tsx'
import { CarryCard } from './carry-card.tsx'
import { EndSection } from './end-section.tsx'
import { GroupsCard } from './groups-card.tsx'
import { Guests } from './guests.tsx'
import { HeadCountCard } from './head-count-card.tsx'
import { Invites } from './invites.tsx'
import { Messages } from './messages.tsx'
import { PackCard } from './pack-card.tsx'
import { People } from './people.tsx'
import { RegroupCard } from './regroup-card.tsx'
import { RollSentence } from './roll-sentence.tsx'
import { RouteSection } from './route-section.tsx'
import { StartSection } from './start-section.tsx'

/** The oldest; cyclists see them all. */
const SHOWN_AT_ONCE = 3

/** Accounting for everybody: how they stand in one sentence, who must be looked at, then all the rest. */
export function LeadScreen() {
  const { view, nowMs } = useRun()
  if (!view.isCaughtUp && view.run.version === 0) return <p role="status">{t.common.loading}</p>
  const { phase } = view.run.head
  const requests = queueOf(view, nowMs).filter((entry) => !entry.isAlarm)
  const isAlone = view.run.members.size <= 1
  return (
    <>
      <RollSentence />
      <AlertsCard />
      <PackCard />
      <StartSection />
      <CarryCard />
      {isAlone && phase !== 'ended' && <Invites isOpen />}
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
      <HeadCountCard />
      <RegroupCard />
      <GroupsCard />
      <People />
      <Guests />
      <Messages />
      {!isAlone && phase !== 'ended' && <Invites isOpen={false} />}
      {phase === 'live' && <HandOverForm />}
      {phase !== 'ended' && <RouteSection />}
      {!isAlone && phase !== 'ended' && <AlertRules />}
      <EndSection />
    </>
  )
}
