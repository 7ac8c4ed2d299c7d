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
  const isOver = view.run.head.phase === 'ended'
  return (
    <>
      {takesPart(mine.role) && <OwnSummary />}
      {mine.role === 'leader' && <WholeRun />}
      <ReplayCard />
      {mine.role !== 'watcher' && <ServiceLog />}
      <KeepCard />
      {isOver && <AgainButton />}
    </>
  )
}
