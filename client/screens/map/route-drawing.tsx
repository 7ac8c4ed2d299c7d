import type { Place } from '../../../shared/geo/fix.ts'
import { t } from '../texts.ts'

type RouteDrawingProps = {
  /** Where to begin looking; without one where this phone is, or the middle of the world's map. */
  readonly start: Place | null
  /** The text of a GeoJSON file, as `routeFile` is. */
  readonly onDrawn: (geojson: string) => void
  readonly onCancel: () => void
}

/** A route, tapped point by point. */
export function RouteDrawing({ onCancel }: RouteDrawingProps) {
  return (
    <button type="button" onClick={onCancel}>
      {t.drawing.cancel}
    </button>
  )
}
