import { followHere } from '../navigate.ts'
import { useRun } from '../run/running.ts'
import { planAgainPath } from '../run-address.ts'
import { t } from '../texts.ts'

/** Where a run is over, or while it goes on: its leader plans the next one like it. */
export function AgainButton() {
  const { kept, mine } = useRun()
  if (mine?.role !== 'leader' || kept.isDemo) return null
  return (
    <a class="button" href={planAgainPath(kept.key)} onClick={followHere}>
      {t.again.nextWeek}
    </a>
  )
}
