import { useRun } from '../run/running.ts'
import { isWide } from '../run/wide.ts'
import { AlertRules } from './alert-rules.tsx'
import { EndSection } from './end-section.tsx'
import { HandOn } from './hand-on.tsx'
import { Invites } from './invites.tsx'
import { RouteSection } from './route-section.tsx'

/** The run itself: who may come, where it goes, what is watched, who leads, and its end. */
export function LeadRun() {
  const { view } = useRun()
  const isOver = view.run.head.phase === 'ended'
  const isAlone = view.run.members.size <= 1
  return (
    <>
      {(!isAlone || !isWide.value) && !isOver && <Invites isOpen={isAlone} />}
      {!isOver && <RouteSection />}
      {!isAlone && !isOver && <AlertRules />}
      {!isOver && <HandOn />}
      <EndSection />
    </>
  )
}
