import { type Dispatch, type StateUpdater, useEffect, useState } from 'preact/hooks'
import { isClosed, LAPS_MAX } from '../../../shared/geo/laps.ts'
import { routeLine } from '../../../shared/geo/route.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { SharedRoute } from '../../../shared/protocol/http.ts'
import { isRefusal, readRouteFile, sharedRoute } from '../../net/http-calls.ts'
import { fieldOfRefusal, lapsFrom } from '../../state/plan-draft.ts'
import { lazily } from '../lazily.tsx'
import { Field } from '../parts/field.tsx'
import { ROUTE_FILES } from '../parts/route-file.ts'
import { distanceText, joined, refusalText, t } from '../texts.ts'
import { isAt, type PartProps, type Told, TroubleAt } from './part.tsx'
import { RouteSketch } from './route-sketch.tsx'

const RouteDrawing = lazily(async () => (await import('../map/route-drawing.tsx')).RouteDrawing)
const FILE_BYTES_MAX = 16_000_000
const TYPED_FOR_MS = 400

type RoutePartProps = PartProps & {
  readonly route: SharedRoute | null
  /** What the server makes of the file, the drawing or the earlier run; `null` while it is not known. */
  readonly onRead: (route: SharedRoute | null) => void
  readonly onTold: Dispatch<StateUpdater<Told | null>>
}

/** A line from a file, drawn, or taken over, and how often round. */
export function RoutePart({ draft, change, told, route, onRead, onTold }: RoutePartProps) {
  const { route: given, again, laps } = draft
  const [isDrawing, setDrawing] = useState(false)
  const [isOver, setOver] = useState(false)
  const [isReading, setReading] = useState(false)
  const count = lapsFrom(laps) ?? null
  const source = given ? `file ${count} ${given.text}` : again ? `again ${again.seat}` : ''

  useEffect(() => {
    if (source === '') return onRead(null)
    let isCurrent = true
    const read = async () => {
      setReading(true)
      const answer = given
        ? await readRouteFile(location.origin, given.text, count)
        : await sharedRoute(location.origin, again?.seat ?? '')
      if (!isCurrent) return
      setReading(false)
      const trouble = given && isRefusal(answer) ? toldOf(answer) : null
      // What only has too many laps is a route still, and its laps are to be corrected.
      if (trouble?.field !== 'laps') onRead(isRefusal(answer) ? null : answer)
      onTold((told) => trouble ?? (told?.field === 'route' ? null : told))
    }
    const timer = setTimeout(() => void read(), laps === '' ? 0 : TYPED_FOR_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [source])

  const take = async (file: File | undefined) => {
    if (!file) return
    if (file.size > FILE_BYTES_MAX) return onTold({ field: 'route', text: t.planning.largeFile })
    onTold(null)
    change({ route: { text: await file.text(), from: file.name }, laps: '' })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer?.files[0])
  }
  const mayHaveLaps = given && route && (route.laps !== undefined || isClosed(routeLine(route.points)))
  return (
    <section
      class={`card drop ${isOver ? 'over' : ''}`}
      aria-labelledby="plan-route"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 id="plan-route">{t.planning.route}</h2>
      {route && <Chosen route={route} />}
      {given ? (
        <p class="route-from">{given.from ?? t.planning.drawn}</p>
      ) : (
        again && <p class="route-from">{t.planning.ofEarlier}</p>
      )}
      {isReading && <p role="status">{t.planning.reading}</p>}
      {mayHaveLaps && (
        <Field
          label={t.start.laps}
          type="number"
          min="1"
          max={LAPS_MAX}
          placeholder={String(route.laps?.count ?? 1)}
          value={laps}
          aria-invalid={isAt(told, 'laps')}
          onText={(text) => change({ laps: text })}
        >
          <TroubleAt told={told} field="laps" />
        </Field>
      )}
      <label>
        <small>{t.planning.drop}</small>
        <input
          type="file"
          accept={ROUTE_FILES}
          aria-invalid={isAt(told, 'route')}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
        <TroubleAt told={told} field="route" />
        <TroubleAt told={told} field="again" />
      </label>
      <div class="row">
        <button type="button" onClick={() => setDrawing(true)}>
          {t.planning.draw}
        </button>
        {(given || again) && (
          <button type="button" onClick={() => change({ route: null, again: null, laps: '' })}>
            {t.planning.noRoute}
          </button>
        )}
      </div>
      {isDrawing && (
        <RouteDrawing
          start={route?.points[0] ?? null}
          onCancel={() => setDrawing(false)}
          onDrawn={(text) => {
            setDrawing(false)
            change({ route: { text, from: null }, laps: '' })
          }}
        />
      )}
    </section>
  )
}

function Chosen({ route }: { readonly route: SharedRoute }) {
  const { laps, lengthM, namedPoints } = route
  const length = distanceText(lengthM)
  return (
    <>
      <RouteSketch route={route} label={t.planning.sketch(length)} />
      <p>
        <strong>{length}</strong>
        {(laps || namedPoints.length > 0) && ' · '}
        {joined([
          laps && t.planning.lapsOf(laps.count, distanceText(laps.lengthM)),
          namedPoints.length > 0 && t.planning.points(namedPoints.length),
        ])}
      </p>
    </>
  )
}

/** No network yet is no fault of the file: it is sent with the plan. */
function toldOf(refusal: Refusal): Told | null {
  if (refusal.code !== 'malformed') return null
  const field = fieldOfRefusal(refusal)
  return field === 'laps' ? { field, text: refusalText(refusal) } : { field: 'route', text: t.planning.wrongFile }
}
