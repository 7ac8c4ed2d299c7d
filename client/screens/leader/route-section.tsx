import type { CommandId } from '../../../shared/units.ts'
import { isRefusal, setRoute } from '../../net/http-calls.ts'
import { newId } from '../../net/new-id.ts'
import { useRun } from '../run/running.ts'
import { distanceText, refusalText, t } from '../texts.ts'

/** The planned line, also when it turns up after the links have been sent. */
export function RouteSection() {
  const { view, kept, notice } = useRun()
  const { route } = view.run.head

  const give = async (file: File | undefined) => {
    if (!file) return
    const answer = await setRoute(location.origin, kept.seat, newId<CommandId>('cmd'), await file.text())
    notice.value = isRefusal(answer) ? refusalText(answer) : t.lead.routeTaken
  }
  return (
    <details class="card">
      <summary>{t.lead.route}</summary>
      {route && <p>{t.lead.routeSet(distanceText(route.lengthM))}</p>}
      <label>
        {t.lead.setRoute}
        <input
          type="file"
          accept=".gpx,application/gpx+xml"
          onChange={(event) => void give(event.currentTarget.files?.[0])}
        />
      </label>
    </details>
  )
}
