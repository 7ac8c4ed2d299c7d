import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Place } from '../../../shared/geo/fix.ts'
import { routeLine } from '../../../shared/geo/route.ts'
import { type Course, courseAfter } from '../../state/course.ts'
import { type Camera, cameraAfter, cornersOf, isOtherCamera } from '../../state/plan-camera.ts'
import { type PlacedMember, placesOnPlan } from '../../state/plan-dots.ts'
import { aimOf, isFarFrom, type Look } from '../../state/plan-look.ts'
import { meetingSigns } from '../../state/plan-signs.ts'
import { fixOf } from '../../state/trails.ts'
import { type Run, useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { GroundTools, Zoom } from './ground-tools.tsx'
import { PlaceCard } from './place-card.tsx'
import { Plan } from './plan.tsx'
import { useSheet } from './use-sheet.tsx'

type GroundProps = {
  /** Turned the way its owner moves; otherwise north is up. */
  readonly isHeadingUp?: boolean
}

const MARGIN_PX = 34
/** Whom I ride for stands beside the buttons over my sheet, not beneath them: so much narrower it is on either side. */
const BUTTONS_PX = 42

/** Where everybody is: the route, its kilometres and the people, always; a map beneath them when there is one. */
export function Ground({ isHeadingUp = false }: GroundProps) {
  const run = useRun()
  const { view, nowMs, outlook, route } = run
  /** `null`: where its reader has moved it. */
  const [look, setLook] = useState<Look | null>(isHeadingUp ? 'heading' : 'people')
  /** With my way up: how near I want it; `null`: as near as holds what I ride for. */
  const [wantedMPerPx, setWantedMPerPx] = useState<number | null>(null)
  const [tapped, setTapped] = useState<{ readonly place: Place; readonly reachM: number } | null>(null)
  const shared = route.value
  const line = useMemo(() => shared && routeLine(shared.points), [shared])
  const { trails } = outlook.value
  const marks = useMemo(() => placesOnPlan(view, nowMs, { line, trails }), [view, nowMs, line, trails])
  const routeCorners = useMemo(() => cornersOf(line?.points ?? []), [line])
  const corners = useMemo(() => {
    const people = cornersOf(marks.map(({ place }) => place))
    return { people, whole: cornersOf([...people, ...routeCorners]) }
  }, [marks, routeCorners])
  const meetings = useMemo(() => meetingSigns(view, outlook.value), [view, outlook.value])
  // Another meeting may lie beyond what I had chosen to see.
  useEffect(() => setWantedMPerPx(null), [meetings[0]?.key])
  const me = ownPlace(run)
  const courseDeg = useCourse(run)
  const camera = useSignal<Camera | null>(null)
  const { size, drawn, isOverMap, gestures, glides, frame } = useSheet({
    camera,
    line,
    onMoved: () => setLook(null),
    onZoomed: (metresPerPx) => (look === 'heading' ? setWantedMPerPx(metresPerPx) : setLook(null)),
    onTap: (place, reachM, isAt) =>
      setTapped({ place: marks.findLast((mark) => isAt(mark.place))?.place ?? place, reachM }),
  })

  const looked = { marks, ...corners, meetings: meetings.map(({ place }) => place), me, courseDeg }
  const isBesideButtons = isHeadingUp && look === 'heading'
  const sheet = {
    ...size,
    widthPx: isBesideButtons ? size.widthPx - 2 * BUTTONS_PX : size.widthPx,
    marginPx: MARGIN_PX,
  }
  const lookBefore = useRef(look)
  useLayoutEffect(() => {
    const isHeld = look !== 'heading' && lookBefore.current === look
    lookBefore.current = look
    const before = camera.peek()
    const aim = look === null && before ? null : aimOf(look ?? 'people', looked, sheet)
    if (!aim) return
    const fresh = cameraAfter(isHeld ? before : null, aim.camera, aim.places, sheet)
    const next = look === 'heading' && wantedMPerPx !== null ? { ...fresh, metresPerPx: wantedMPerPx } : fresh
    if (!before || isOtherCamera(before, next)) camera.value = next
  })

  const isApart = isFarFrom(looked, sheet)
  const looks: Look[] = []
  if (isApart || look !== 'people') looks.push('people')
  if (line && (isApart || look !== 'people')) looks.push('route')
  if (me) looks.push('heading')
  const none = view.link === 'online' ? t.where.nobody : t.where.offline
  const nobody = view.run.head.phase === 'ended' ? t.where.over : none
  // Who rides has it over the corner of the sheet that a thumb reaches; elsewhere it hides nobody.
  const zoom = <Zoom onZoom={gestures.onZoom} />
  return (
    <div class={look === 'heading' ? 'ground my-way' : 'ground'}>
      <div class="ground-sheet">
        {frame(
          look === 'heading' ? 'plan heading-up' : 'plan',
          t.map.label,
          drawn ? (
            <Plan
              camera={drawn}
              size={size}
              marks={marks}
              route={shared}
              line={line}
              meetings={meetings}
              pin={tapped?.place ?? null}
              courseDeg={courseDeg}
              isOverMap={isOverMap}
              isUnderZoom={isHeadingUp}
              glides={glides}
            />
          ) : (
            <p class="empty">{nobody}</p>
          ),
        )}
        {drawn && marks.length === 0 && (
          <p class="ground-note" role="status">
            {nobody}
          </p>
        )}
        {drawn && isHeadingUp && zoom}
      </div>
      {drawn && (
        <GroundTools
          look={look}
          looks={looks}
          onLook={(next) => {
            setLook(next)
            setWantedMPerPx(null)
          }}
        >
          {!isHeadingUp && zoom}
        </GroundTools>
      )}
      {!isHeadingUp && marks.some(isUnsure) && <p class="hint">{t.map.legend}</p>}
      {tapped && <PlaceCard {...tapped} marks={marks} line={line} onClose={() => setTapped(null)} />}
    </div>
  )
}

const isUnsure = ({ how, isStale, isDoubtful }: PlacedMember): boolean => !isStale && (how !== 'measured' || isDoubtful)

/** This phone knows its own place before the server tells it. */
function ownPlace({ view, locating }: Run): Place | null {
  const told = view.myId ? view.places.get(view.myId) : undefined
  const found = locating.value.is === 'found' ? locating.value.fix : undefined
  return found && (!told || found.takenAtMs > told.takenAtMs) ? found : (told ?? null)
}

function useCourse({ view, locating }: Run): number | null {
  const course = useRef<Course | null>(null)
  const told = view.myId ? view.places.get(view.myId) : undefined
  const fix = locating.value.is === 'found' ? locating.value.fix : told && fixOf(told)
  if (fix) course.current = courseAfter(course.current, fix)
  return course.current?.deg ?? null
}
