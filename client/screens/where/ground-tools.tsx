import type { ComponentChildren } from 'preact'
import type { Look } from '../../state/plan-look.ts'
import { t } from '../texts.ts'
import { ZOOM_STEP } from './gestures.ts'

type GroundToolsProps = {
  /** `null`: none of them, its reader has moved it. */
  readonly look: Look | null
  /** Those that differ. */
  readonly looks: readonly Look[]
  readonly onLook: (look: Look) => void
  readonly children: ComponentChildren
}

/** What the sheet shows by itself. */
export function GroundTools({ look, looks, onLook, children }: GroundToolsProps) {
  const names: Record<Look, string> = { people: t.map.everybody, route: t.map.route, heading: t.map.myWay }
  return (
    <fieldset class="ground-tools" aria-label={t.map.tools}>
      {looks.map((each) => (
        <button key={each} type="button" aria-pressed={look === each} onClick={() => onLook(each)}>
          {names[each]}
        </button>
      ))}
      {children}
    </fieldset>
  )
}

/** How near. */
export const Zoom = ({ onZoom }: { readonly onZoom: (factor: number) => void }) => (
  <div class="zoom">
    <button type="button" aria-label={t.map.nearer} onClick={() => onZoom(ZOOM_STEP)}>
      +
    </button>
    <button type="button" aria-label={t.map.farther} onClick={() => onZoom(1 / ZOOM_STEP)}>
      −
    </button>
  </div>
)
