import type { Signal } from '@preact/signals'
import type { ComponentChildren, ComponentType } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Place } from '../../../shared/geo/fix.ts'
import type { RouteLine } from '../../../shared/geo/route.ts'
import { type Camera, type Point, panned, projectionOf, zoomed } from '../../state/plan-camera.ts'
import { mapsAllowed } from '../map/map-source.ts'
import type { TilesProps } from '../map/tiles.tsx'
import { t } from '../texts.ts'
import { type Gestures, listenTo, onKey } from './gestures.ts'
import type { SheetSize } from './plan.tsx'
import { type Glide, useGlide } from './use-glide.ts'

/** So much ground lies under a finger. */
export const FINGER_PX = 22

type SheetUse = {
  /** What is to be seen; changed here when a hand moves it. */
  readonly camera: Signal<Camera | null>
  /** What a map beneath draws itself. */
  readonly line: RouteLine | null
  readonly onMoved?: () => void
  /** Nearer or farther, and the middle stays where it is. */
  readonly onZoomed?: (metresPerPx: number) => void
  /** @param isAt whether that place is under the finger too */
  readonly onTap: (place: Place, reachM: number, isAt: (other: Place) => boolean) => void
}

export type Sheet = Pick<Glide, 'drawn' | 'glides'> & {
  readonly size: SheetSize
  readonly isOverMap: boolean
  readonly gestures: Gestures
  /** The box with the map beneath and what is drawn over it. */
  readonly frame: (className: string, label: string, children: ComponentChildren) => ComponentChildren
}

/** A piece of ground that hands and keys move and ask, with a map beneath as soon as there is one. */
export function useSheet({ camera, line, onMoved, onZoomed, onTap }: SheetUse): Sheet {
  const box = useRef<HTMLDivElement>(null)
  const keys = useId()
  const [size, setSize] = useState({ widthPx: 360, heightPx: 300 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const [Tiles, setTiles] = useState<ComponentType<TilesProps> | null>(null)
  const [isOverMap, setOverMap] = useState(false)
  useEffect(
    () =>
      mapsAllowed(async () => {
        const { Tiles: loaded } = await import('../map/tiles.tsx')
        setTiles(() => loaded)
      }),
    [],
  )
  const { drawn, now, glides, showFrom } = useGlide(camera.value, isOverMap, size)

  /** Where the last step goes; a hand, or whatever else is wished, has it forgotten. */
  const steppedTo = useRef<number | null>(null)
  const goTo = (next: Camera) => {
    steppedTo.current = null
    camera.value = next
    onMoved?.()
  }
  const gestures: Gestures = {
    onPan(byPx) {
      const from = now()
      if (from) goTo(panned(from, byPx))
    },
    onZoom(factor, around) {
      const from = now()
      if (!from) return
      if (around) return goTo(zoomed(from, factor, size, around))
      // Each tap is a step, also while the map eases to the one before.
      const wished = camera.value?.metresPerPx
      const metresPerPx = wished !== undefined && wished === steppedTo.current ? wished : from.metresPerPx
      const next = zoomed({ ...from, metresPerPx }, factor, size)
      steppedTo.current = next.metresPerPx
      camera.value = next
      onZoomed?.(next.metresPerPx)
    },
    onTap(at) {
      const here = now()
      if (!here) return
      const { toPlace, toSheet } = projectionOf(here, size)
      onTap(toPlace(at), FINGER_PX * here.metresPerPx, (other) => distancePx(toSheet(other), at) < FINGER_PX)
    },
  }
  const latest = useRef(gestures)
  latest.current = gestures
  useEffect(() => {
    const element = box.current
    return element && !isOverMap ? listenTo(element, () => latest.current) : undefined
  }, [isOverMap])

  return {
    size,
    drawn,
    glides,
    isOverMap,
    gestures,
    frame: (className, label, children) => (
      <div
        class={className}
        ref={box}
        role="application"
        aria-label={label}
        aria-describedby={keys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and asked by keys
        tabIndex={0}
        onKeyDown={(event) => {
          const isMine = event.target === box.current && !event.ctrlKey && !event.metaKey && !event.altKey
          const middle = { x: size.widthPx / 2, y: size.heightPx / 2 }
          if (isMine && onKey(event.key, middle, gestures)) event.preventDefault()
        }}
      >
        {Tiles && camera.value && (
          <Tiles
            wanted={camera.value}
            line={line}
            onShown={showFrom}
            onMoved={goTo}
            onTap={(at: Point) => latest.current.onTap(at)}
            onThere={setOverMap}
          />
        )}
        {children}
        <span id={keys} class="unseen">
          {t.map.keys}
        </span>
      </div>
    ),
  }
}

const distancePx = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
