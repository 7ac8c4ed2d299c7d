import type { SharedRoute } from '../../../shared/protocol/http.ts'
import type { CommandId } from '../../../shared/units.ts'
import { isRefusal, setRoute } from '../../net/http-calls.ts'
import { newId } from '../../net/new-id.ts'
import { DrawRoute } from '../map/draw-route.tsx'
import { ROUTE_FILES } from '../parts/route-file.ts'
import { useRun } from '../run/running.ts'
import { distanceText, kmText, refusalText, t } from '../texts.ts'
import { RouteChanges } from './route-changes.tsx'

const ROUNDING_M = 1

/** The planned line, also when it turns up after the links have been sent, and what becomes of it on the way. */
export function RouteSection() {
  const { view, kept, notice, route } = useRun()
  const { route: head } = view.run.head
  const line = head && route.value
  const start = line ? line.points[0] : view.myId && view.places.get(view.myId)

  const give = async (text: string) => {
    const answer = await setRoute(location.origin, kept.seat, newId<CommandId>('cmd'), text)
    notice.value = isRefusal(answer) ? refusalText(answer) : t.lead.routeTaken
  }
  return (
    <details class="card">
      <summary>{t.lead.route}</summary>
      {head && <p>{t.lead.routeSet(distanceText(head.lengthM))}</p>}
      {line && <RouteFacts route={line} />}
      {head && line && <RouteChanges routeId={head.routeId} route={line} />}
      <label>
        {t.lead.setRoute}
        <input
          type="file"
          accept={ROUTE_FILES}
          onChange={(event) => void event.currentTarget.files?.[0]?.text().then(give)}
        />
      </label>
      <DrawRoute start={start ?? null} onDrawn={(geojson) => void give(geojson)} />
    </details>
  )
}

function RouteFacts({ route: { laps, namedPoints, lengthM } }: { readonly route: SharedRoute }) {
  return (
    <>
      {laps && (
        <p>
          {t.lead.routeLaps(laps.count, distanceText(laps.lengthM), lengthM < laps.count * laps.lengthM - ROUNDING_M)}
        </p>
      )}
      {namedPoints.length > 0 && (
        <ul class="list">
          {namedPoints.map(({ name, latitudeDeg, longitudeDeg, atM = [] }) => (
            <li key={`${name} ${latitudeDeg} ${longitudeDeg}`}>{t.lead.passedAt(name, atM.map(kmText))}</li>
          ))}
        </ul>
      )}
    </>
  )
}
