import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { SECOND_MS } from '../../../shared/units.ts'
import type { Camera } from '../../state/plan-camera.ts'
import { glideOf } from '../../state/plan-glide.ts'
import type { SheetSize } from './plan.tsx'

/** What has glided is drawn as it is within this. */
const SOON_MS = SECOND_MS

export type Glide = {
  /** What is to be drawn. */
  readonly drawn: Camera | null
  /** Where the map is by now. */
  readonly now: () => Camera | null
  /** What moves with the map; who has nothing here is drawn anew each time. */
  readonly glides: RefObject<HTMLDivElement | null>
  readonly showFrom: (seen: Camera, isAtRest: boolean) => void
}

/** What is drawn over a map moves with it as a whole while it eases, and is drawn anew when that would be seen, or soon after. */
export function useGlide(wanted: Camera | null, isOverMap: boolean, size: SheetSize): Glide {
  const seen = useRef<Camera | null>(null)
  const glides = useRef<HTMLDivElement | null>(null)
  const [, setShown] = useState<Camera | null>(null)
  const drawn = (isOverMap ? seen.current : null) ?? wanted
  const drawnFor = useRef(drawn)
  const soon = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useLayoutEffect(() => {
    drawnFor.current = drawn
    if (glides.current) glides.current.style.transform = ''
    clearTimeout(soon.current)
  }, [drawn, size])
  return {
    drawn,
    now: () => (isOverMap ? seen.current : null) ?? drawn,
    glides,
    showFrom(next, isAtRest) {
      seen.current = next
      clearTimeout(soon.current)
      if (!isOverMap) return
      const moved = drawnFor.current && glideOf(drawnFor.current, next, size)
      if (!glides.current || moved === null) return setShown(next)
      glides.current.style.transform = moved
      // Most often what is shown changes before.
      if (isAtRest) soon.current = setTimeout(() => setShown(next), SOON_MS)
    },
  }
}
