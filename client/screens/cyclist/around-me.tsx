import { useMemo } from 'preact/hooks'
import { routeLine } from '../../../shared/geo/route.ts'
import type { NearestRunner } from '../../../shared/pack/nearest-runners.ts'
import { aroundMe } from '../../state/around-me.ts'
import { nameOf } from '../../state/people.ts'
import { useRun } from '../run/running.ts'
import { BESIDE_M, distanceText, t } from '../texts.ts'

/** Who runs in front of me along the route, and who comes next. */
export function AroundMe() {
  const { view, nowMs, outlook, route } = useRun()
  const shared = route.value
  const line = useMemo(() => shared && routeLine(shared.points), [shared])
  const { ahead, behind } = aroundMe(view, outlook.value.pack, line, nowMs)
  if (!ahead && !behind) return null
  const near = ({ memberId, gapM }: NearestRunner, text: (name: string, gap: string) => string) =>
    gapM < BESIDE_M ? t.progress.beside(nameOf(view, memberId)) : text(nameOf(view, memberId), distanceText(gapM))
  return (
    <section class="around" aria-label={t.job.around}>
      {ahead && <p>↑ {near(ahead, t.job.ahead)}</p>}
      {behind && <p>↓ {near(behind, t.job.behind)}</p>}
    </section>
  )
}
