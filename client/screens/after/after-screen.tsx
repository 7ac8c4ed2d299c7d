import { takesPart } from '../../../shared/run/roles.ts'
import { AgainButton } from '../plan/again-button.tsx'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { KeepCard } from './keep-card.tsx'
import { OwnSummary } from './own-summary.tsx'
import { ReplayCard } from './replay-card.tsx'
import { ServiceLog } from './service-log.tsx'
import { WholeRun } from './whole-run.tsx'

/** What there is to say of a run when it is over, or so far: one's own way, what was brought, the whole once more, and what may be kept. */
export function AfterScreen() {
  const { view, mine } = useRun()
  if (!mine) return <p role="status">{t.common.loading}</p>
  const takes = takesPart(mine.role)
  // Who leads from the bank has no way of their own to read.
  const hasOwn = takes && (mine.role !== 'leader' || mine.windows.length > 0)
  const isOver = view.run.head.phase === 'ended'
  return (
    <div class="after">
      <div class="after-half">
        {mine.role === 'leader' && <WholeRun />}
        {hasOwn && <OwnSummary />}
        {takes && <KeepCard />}
      </div>
      <div class="after-half">
        <ReplayCard />
        {mine.role !== 'watcher' && <ServiceLog />}
        {!takes && <KeepCard />}
        {isOver && <AgainButton />}
      </div>
    </div>
  )
}
