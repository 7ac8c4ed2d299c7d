import { useMemo } from 'preact/hooks'
import { routeLine } from '../../../shared/geo/route.ts'
import { aroundMe } from '../../state/around-me.ts'
import { nameOf } from '../../state/people.ts'
import { useRun } from '../run/running.ts'
import { distanceText, t } from '../texts.ts'

/** Who runs in front of me along the route, and who comes next. */
export function AroundMe() {
  const { view, nowMs, outlook, route } = useRun()
  const shared = route.value
  const line = useMemo(() => shared && routeLine(shared.points), [shared])
  const { ahead, behind } = aroundMe(view, outlook.value.pack, line, nowMs)
  if (!ahead && !behind) return null
  return (
    <section class="around" aria-label={t.job.around}>
      {ahead && <p>↑ {t.job.ahead(nameOf(view, ahead.memberId), distanceText(ahead.gapM))}</p>}
      {behind && <p>↓ {t.job.behind(nameOf(view, behind.memberId), distanceText(behind.gapM))}</p>}
    </section>
  )
}
