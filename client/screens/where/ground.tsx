import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Place } from '../../../shared/geo/fix.ts'
import { routeLine } from '../../../shared/geo/route.ts'
import { type Course, courseAfter } from '../../state/course.ts'
import {
  type Camera,
  cameraAfter,
  isOtherCamera,
  type Point,
  panned,
  projectionOf,
  zoomed,
} from '../../state/plan-camera.ts'
import { placesOnPlan } from '../../state/plan-dots.ts'
import { aimOf, isFarFrom, type Look } from '../../state/plan-look.ts'
import { meetingSigns } from '../../state/plan-signs.ts'
import { fixOf } from '../../state/trails.ts'
import { mapsAllowed } from '../map/map-source.ts'
import type { TilesProps } from '../map/tiles.tsx'
import { type Run, useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { type Gestures, listenTo, onKey, ZOOM_STEP } from './gestures.ts'
import { GroundTools } from './ground-tools.tsx'
import { PlaceCard } from './place-card.tsx'
import { Plan } from './plan.tsx'

type GroundProps = {
  /** Turned the way its owner moves; otherwise north is up. */
  readonly isHeadingUp?: boolean
}

const MARGIN_PX = 34
/** Below the people stand scale and north. */
const FINGER_PX = 22

/** Where everybody is: the route, its kilometres and the people, always; a map beneath them when there is one. */
export function Ground({ isHeadingUp = false }: GroundProps) {
  const run = useRun()
  const { view, nowMs, outlook, route } = run
  const box = useRef<HTMLDivElement>(null)
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

  /** `null`: where its owner has moved it. */
  const [look, setLook] = useState<Look | null>(isHeadingUp ? 'heading' : 'people')
  const [tapped, setTapped] = useState<{ readonly place: Place; readonly reachM: number } | null>(null)
  const shared = route.value
  const line = useMemo(() => shared && routeLine(shared.points), [shared])
  const { trails } = outlook.value
  const marks = useMemo(() => placesOnPlan(view, nowMs, { line, trails }), [view, nowMs, line, trails])
  const meetings = useMemo(() => meetingSigns(view, outlook.value), [view, outlook.value])
  const me = ownPlace(run)
  const courseDeg = useCourse(run)

  const looked = { marks, line, meetings: meetings.map(({ place }) => place), me, courseDeg }
  const sheet = { ...size, marginPx: MARGIN_PX }
  const camera = useSignal<Camera | null>(null)
  /** As the map beneath shows it, which takes its time to get there. */
  const shown = useSignal<Camera | null>(null)
  const lastLook = useRef<Look | null>(look)
  const aim = look === null && camera.value ? null : aimOf(look ?? 'people', looked, sheet)
  const held =
    aim &&
    cameraAfter(look === 'heading' || lastLook.current !== look ? null : camera.peek(), aim.camera, aim.places, sheet)
  const aimed = held && (camera.peek() === null || isOtherCamera(camera.peek() as Camera, held)) ? held : null
  useLayoutEffect(() => {
    lastLook.current = look
    if (aimed) camera.value = aimed
  })

  const [Tiles, setTiles] = useState<ComponentType<TilesProps> | null>(null)
  const [isMapThere, setMapThere] = useState(false)
  useEffect(
    () =>
      mapsAllowed(async () => {
        const { Tiles: loaded } = await import('../map/tiles.tsx')
        setTiles(() => loaded)
      }),
    [],
  )
  const drawn = (isMapThere ? shown.value : null) ?? aimed ?? camera.value

  const goTo = (next: Camera) => {
    setLook(null)
    camera.value = next
  }
  const gestures: Gestures = {
    onPan: (byPx) => drawn && goTo(panned(drawn, byPx)),
    onZoom: (factor, around) => drawn && goTo(zoomed(drawn, factor, size, around)),
    onTap(at) {
      if (!drawn) return
      const { toPlace, toSheet } = projectionOf(drawn, size)
      const isAt = ({ place }: { place: Place }) => distancePx(toSheet(place), at) < FINGER_PX
      const mark = marks.findLast(isAt)
      setTapped({ place: mark?.place ?? toPlace(at), reachM: FINGER_PX * drawn.metresPerPx })
    },
  }
  const latest = useRef(gestures)
  latest.current = gestures
  useEffect(() => {
    const element = box.current
    return element && !isMapThere ? listenTo(element, () => latest.current) : undefined
  }, [isMapThere])

  const isApart = isFarFrom(looked, sheet)
  return (
    <div class="ground">
      <div
        class={look === 'heading' ? 'plan heading-up' : 'plan'}
        ref={box}
        role="application"
        aria-label={t.map.label}
        aria-describedby="map-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and asked by keys
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.target === box.current && onKey(event.key, { x: size.widthPx / 2, y: size.heightPx / 2 }, gestures))
            event.preventDefault()
        }}
      >
        {Tiles && camera.value && (
          <Tiles
            wanted={camera.value}
            line={line}
            onShown={(next: Camera) => {
              shown.value = next
            }}
            onMoved={(next: Camera) => goTo(next)}
            onTap={(at: Point) => latest.current.onTap(at)}
            onThere={setMapThere}
          />
        )}
        {drawn ? (
          <Plan
            camera={drawn}
            size={size}
            marks={marks}
            route={shared}
            line={line}
            meetings={meetings}
            pin={tapped?.place ?? null}
            courseDeg={courseDeg}
            isOverMap={isMapThere}
          />
        ) : (
          <p class="empty">{t.where.nobody}</p>
        )}
        <span id="map-keys" class="unseen">
          {t.map.keys}
        </span>
      </div>
      {drawn && (
        <GroundTools
          look={look}
          looks={[
            ...(isApart || look !== 'people' ? (['people'] as const) : []),
            ...(isApart || (line && look !== 'people') ? (['route'] as const) : []),
            ...(me ? (['heading'] as const) : []),
          ]}
          onLook={setLook}
          onNearer={() => gestures.onZoom(ZOOM_STEP)}
          onFarther={() => gestures.onZoom(1 / ZOOM_STEP)}
        />
      )}
      {tapped && (
        <PlaceCard
          place={tapped.place}
          reachM={tapped.reachM}
          marks={marks}
          line={line}
          onClose={() => setTapped(null)}
        />
      )}
    </div>
  )
}

const distancePx = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** This phone knows its own place before the server tells it. */
function ownPlace({ view, locating }: Run): Place | null {
  const told = view.myId ? view.places.get(view.myId) : undefined
  const found = locating.value.is === 'found' ? locating.value.fix : undefined
  return found && (!told || found.takenAtMs > told.takenAtMs) ? found : (told ?? null)
}

function useCourse({ view, locating }: Run): number | null {
  const course = useRef<Course | null>(null)
  const told = view.myId ? view.places.get(view.myId) : undefined
  const found = locating.value.is === 'found' ? locating.value.fix : undefined
  const fix = found ?? (told && fixOf(told))
  if (fix) course.current = courseAfter(course.current, fix)
  return course.current?.deg ?? null
}
