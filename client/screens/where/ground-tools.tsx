import type { Look } from '../../state/plan-look.ts'
import { t } from '../texts.ts'

type GroundToolsProps = {
  /** `null`: none of them, its reader has moved it. */
  readonly look: Look | null
  /** Those that differ. */
  readonly looks: readonly Look[]
  readonly onLook: (look: Look) => void
  readonly onNearer: () => void
  readonly onFarther: () => void
}

/** What the sheet shows by itself, and how near. */
export function GroundTools({ look, looks, onLook, onNearer, onFarther }: GroundToolsProps) {
  const names: Record<Look, string> = { people: t.map.everybody, route: t.map.route, heading: t.map.myWay }
  return (
    <fieldset class="ground-tools" aria-label={t.map.tools}>
      {looks.map((each) => (
        <button key={each} type="button" aria-pressed={look === each} onClick={() => onLook(each)}>
          {names[each]}
        </button>
      ))}
      <span class="zoom">
        <button type="button" aria-label={t.map.farther} onClick={onFarther}>
          −
        </button>
        <button type="button" aria-label={t.map.nearer} onClick={onNearer}>
          +
        </button>
      </span>
    </fieldset>
  )
}
