/** Which words stand on the sheet, and where: whoever matters more is written first, and what would lie over something gives way. */
import type { Point } from './plan-camera.ts'

export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

export type Anchor = 'start' | 'middle' | 'end'

/** Where a text may stand, from the point it belongs to: its middle in height, and the edge or middle that is meant. */
export type Spot = Point & { readonly anchor: Anchor }

export type Label = {
  readonly key: string
  /** Lower ranks are written first. */
  readonly rank: number
  readonly at: Point
  /** The first that has room, in the first spot that has. */
  readonly texts: readonly string[]
  readonly spots: readonly Spot[]
}

export type Written = { readonly text: string; readonly spot: Spot }

/** Letters of 12 px, measured roughly: on the wide side. */
const LETTER_PX = 7
const LINE_PX = 13
/** More are not read, and each costs time when the sheet moves. */
const LABELS_MAX = 150

/** Those that are written. `taken`: what is drawn there already, and is not to be written over. */
export function labelsWritten(
  labels: readonly Label[],
  taken: readonly Box[],
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): ReadonlyMap<string, Written> {
  const full = [...taken]
  const written = new Map<string, Written>()
  const isFree = (box: Box) =>
    box.left >= 0 &&
    box.top >= 0 &&
    box.right <= widthPx &&
    box.bottom <= heightPx &&
    !full.some((one) => meet(one, box))
  const byRank = labels.toSorted((a, b) => a.rank - b.rank).slice(0, LABELS_MAX)
  for (const { key, at, texts, spots } of byRank) {
    const found = firstOf(texts, spots, (text, spot) => isFree(boxOf(text, at, spot)))
    if (!found) continue
    written.set(key, found)
    full.push(boxOf(found.text, at, found.spot))
  }
  return written
}

function firstOf(
  texts: readonly string[],
  spots: readonly Spot[],
  isGood: (text: string, spot: Spot) => boolean,
): Written | undefined {
  for (const text of texts) for (const spot of spots) if (isGood(text, spot)) return { text, spot }
  return undefined
}

export function boxOf(text: string, at: Point, spot: Spot): Box {
  const widthPx = text.length * LETTER_PX
  const shareLeft = spot.anchor === 'start' ? 0 : spot.anchor === 'end' ? 1 : 0.5
  const left = at.x + spot.x - shareLeft * widthPx
  const top = at.y + spot.y - LINE_PX / 2
  return { left, top, right: left + widthPx, bottom: top + LINE_PX }
}

export const around = ({ x, y }: Point, halfPx: number): Box => ({
  left: x - halfPx,
  top: y - halfPx,
  right: x + halfPx,
  bottom: y + halfPx,
})

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Of dots in the order of their importance, which have room for letters: none nearer to one that has them than so far. */
export function haveLetters(dots: readonly Point[], apartPx: number): boolean[] {
  const lettered: Point[] = []
  return dots.map((dot) => {
    if (lettered.some(({ x, y }) => Math.hypot(x - dot.x, y - dot.y) < apartPx)) return false
    lettered.push(dot)
    return true
  })
}
