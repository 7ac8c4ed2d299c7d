import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import type { Place } from '../../../shared/geo/fix.ts'
import { t } from '../texts.ts'

type DrawRouteProps = {
  readonly start: Place | null
  readonly onDrawn: (geojson: string) => void
}

type Drawing = ComponentType<DrawRouteProps & { readonly onCancel: () => void }>

/** A button that opens the sheet to draw a route on, which is loaded then. */
export function DrawRoute({ start, onDrawn }: DrawRouteProps) {
  const [Drawing, setDrawing] = useState<Drawing | null>(null)
  const open = () => void import('./route-drawing.tsx').then(({ RouteDrawing }) => setDrawing(() => RouteDrawing))
  return (
    <>
      <button type="button" onClick={open}>
        {t.drawing.open}
      </button>
      {Drawing && (
        <Drawing
          start={start}
          onCancel={() => setDrawing(null)}
          onDrawn={(geojson) => {
            setDrawing(null)
            onDrawn(geojson)
          }}
        />
      )}
    </>
  )
}
