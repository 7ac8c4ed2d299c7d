import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Place } from '../../../shared/geo/fix.ts'
import { routeLine } from '../../../shared/geo/route.ts'
import type { Camera } from '../../state/plan-camera.ts'
import {
  canClose,
  closedLoop,
  drawnLengthM,
  geojsonOf,
  isFull,
  nothingDrawn,
  type RouteDrawn,
  thereAndBack,
  undone,
  withPoint,
} from '../../state/route-drawing.ts'
import { useBack } from '../navigate.ts'
import { distanceText, t } from '../texts.ts'
import { ZOOM_STEP } from '../where/gestures.ts'
import { useSheet } from '../where/use-sheet.tsx'
import { DrawnLine } from './drawn-line.tsx'

type RouteDrawingProps = {
  /** Where to begin looking; without one where this phone is. */
  readonly start: Place | null
  /** The text of a GeoJSON file, as `routeFile` is. */
  readonly onDrawn: (geojson: string) => void
  readonly onCancel: () => void
}

/** Where to look while nobody has said where: the town Serik comes from. */
const ASTANA: Place = { latitudeDeg: 51.1283, longitudeDeg: 71.4305 }
/** A few kilometres across a phone. */
const FIRST_M_PER_PX = 8
const LOCATE_WITHIN_MS = 10_000
const ROUGHLY_MS = 600_000

/** A route tapped point by point on the map, or on a grid in metres where there is none. Covers the whole page. */
export function RouteDrawing({ start, onDrawn, onCancel }: RouteDrawingProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  useBack(onCancel)
  const [drawn, setDrawn] = useState<RouteDrawn>(nothingDrawn)
  const camera = useSignal<Camera | null>(lookingAt(start ?? ASTANA))
  useEffect(() => {
    if (start) return
    // Whoever has begun to draw or to look around is where they want to be.
    const first = camera.peek()
    navigator.geolocation?.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        if (camera.peek() === first) camera.value = lookingAt({ latitudeDeg: latitude, longitudeDeg: longitude })
      },
      () => undefined,
      { timeout: LOCATE_WITHIN_MS, maximumAge: ROUGHLY_MS },
    )
  }, [start, camera])
  const line = useMemo(() => (drawn.points.length > 1 ? routeLine(drawn.points) : null), [drawn])
  const sheet = useSheet({ camera, line, onTap: (place) => setDrawn(withPoint(drawn, place)) })
  const { size, gestures } = sheet

  const { points } = drawn
  return (
    <dialog
      class="route-drawing"
      ref={dialog}
      aria-label={t.drawing.heading}
      onCancel={(event) => {
        event.preventDefault()
        onCancel()
      }}
    >
      <div class="row">
        <p class="grow" role="status">
          {points.length < 2 ? t.drawing.hint : t.drawing.length(distanceText(drawnLengthM(drawn)), points.length)}
          {isFull(drawn) && ` ${t.drawing.tooLong}`}
        </p>
        <button type="button" onClick={onCancel}>
          {t.drawing.cancel}
        </button>
      </div>
      {sheet.frame(
        'plan drawing-sheet',
        t.drawing.heading,
        sheet.drawn && <DrawnLine camera={sheet.drawn} size={size} drawn={drawn} isOverMap={sheet.isOverMap} />,
      )}
      <div class="drawing-tools">
        <button
          type="button"
          onClick={() => gestures.onTap({ x: size.widthPx / 2, y: size.heightPx / 2 })}
          disabled={isFull(drawn)}
        >
          {t.drawing.add}
        </button>
        <button type="button" onClick={() => setDrawn(undone(drawn))} disabled={drawn.earlier.length === 0}>
          {t.drawing.undo}
        </button>
        <button type="button" onClick={() => setDrawn(closedLoop(drawn))} disabled={!canClose(drawn)}>
          {t.drawing.closeLoop}
        </button>
        <button type="button" onClick={() => setDrawn(thereAndBack(drawn))} disabled={points.length < 2}>
          {t.drawing.outAndBack}
        </button>
        <span class="zoom">
          <button type="button" aria-label={t.map.farther} onClick={() => gestures.onZoom(1 / ZOOM_STEP)}>
            −
          </button>
          <button type="button" aria-label={t.map.nearer} onClick={() => gestures.onZoom(ZOOM_STEP)}>
            +
          </button>
        </span>
        <button type="button" class="primary" disabled={points.length < 2} onClick={() => onDrawn(geojsonOf(drawn))}>
          {t.drawing.done}
        </button>
      </div>
    </dialog>
  )
}

const lookingAt = (centre: Place): Camera => ({ centre, metresPerPx: FIRST_M_PER_PX, bearingDeg: 0 })
