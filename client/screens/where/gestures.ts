/** Fingers, a mouse and keys on the sheet, where no map takes them: move, zoom, tap. */
import type { Point } from '../../state/plan-camera.ts'

export type Gestures = {
  readonly onPan: (byPx: Point) => void
  readonly onZoom: (factor: number, around?: Point) => void
  readonly onTap: (at: Point) => void
}

/** A finger trembles by so much and still means a tap. */
const TREMBLE_PX = 9
const STEP_PX = 80
export const ZOOM_STEP = 1.6
const WHEEL_PER_PX = 0.002

/** @returns how to stop listening */
export function listenTo(element: HTMLElement, gestures: () => Gestures): () => void {
  const fingers = new Map<number, Point>()
  let movedPx = 0
  const at = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left - element.clientLeft, y: event.clientY - box.top - element.clientTop }
  }

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return
    if (fingers.size === 0) movedPx = 0
    fingers.set(event.pointerId, at(event))
    // A pointer that is made by a test or a tool may be gone already.
    if (event.isTrusted) element.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const now = at(event)
    const step = { x: now.x - before.x, y: now.y - before.y }
    movedPx += Math.hypot(step.x, step.y)
    const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point)
    fingers.set(event.pointerId, now)
    if (movedPx < TREMBLE_PX) return
    if (!other) return gestures().onPan(step)
    const [wasPx, isPx] = [distance(before, other), distance(now, other)]
    gestures().onPan({ x: step.x / 2, y: step.y / 2 })
    if (wasPx > 0) gestures().onZoom(isPx / wasPx, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 })
  }
  const up = (event: PointerEvent) => {
    const began = fingers.delete(event.pointerId)
    if (began && event.type === 'pointerup' && fingers.size === 0 && movedPx < TREMBLE_PX) gestures().onTap(at(event))
    if (fingers.size > 0) movedPx = Number.POSITIVE_INFINITY
  }
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    gestures().onZoom(Math.exp(-event.deltaY * WHEEL_PER_PX), at(event))
  }
  const listened: readonly (readonly [string, (event: never) => void])[] = [
    ['pointerdown', down],
    ['pointermove', move],
    ['pointerup', up],
    ['pointercancel', up],
    ['wheel', wheel],
  ]
  for (const [name, listener] of listened) element.addEventListener(name, listener as EventListener, { passive: false })
  return () => {
    for (const [name, listener] of listened) element.removeEventListener(name, listener as EventListener)
  }
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

const ways: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: STEP_PX, y: 0 },
  ArrowRight: { x: -STEP_PX, y: 0 },
  ArrowUp: { x: 0, y: STEP_PX },
  ArrowDown: { x: 0, y: -STEP_PX },
}

/** @returns whether the key was for the sheet */
export function onKey(key: string, middle: Point, { onPan, onZoom, onTap }: Gestures): boolean {
  const way = ways[key]
  if (way) onPan(way)
  else if (key === '+' || key === '=') onZoom(ZOOM_STEP)
  else if (key === '-') onZoom(1 / ZOOM_STEP)
  else if (key === 'Enter') onTap(middle)
  else return false
  return true
}
