/** A moment of a replay on a canvas. */
import type { Place } from '../../../shared/geo/fix.ts'
import { placeAtM, type RouteLine } from '../../../shared/geo/route.ts'
import type { ReplayTrack } from '../../../shared/replay/replay-line.ts'
import type { Role } from '../../../shared/run/roles.ts'
import { KM_M, type MemberId } from '../../../shared/units.ts'
import { type Camera, type Point, type Projection, projectionOf } from '../../state/plan-camera.ts'
import { around, haveLetters, labelsWritten, type Spot } from '../../state/plan-labels.ts'
import { placeAt, type ReplayPlace } from '../../state/replay-at.ts'
import { coloursOf } from './colours.ts'
import type { Size } from './sheet-size.ts'

type Colours = Readonly<
  Record<'card' | 'ink' | 'soft' | 'stale' | 'accent' | 'notice' | 'danger' | 'runner' | 'cyclist' | 'leader', string>
>

export type Ground = Size & {
  readonly picture: HTMLCanvasElement
  readonly drawn: Projection
  readonly scale: number
  readonly colours: Colours
  readonly font: string
}

export type Drawn = {
  readonly track: ReplayTrack
  readonly memberId: MemberId
  readonly memberNo: number
  readonly role: Role
  readonly initials: string
  /** One word of it. */
  readonly name: string
  readonly isMe: boolean
}

/** Of more people dots have no letters. */
const LETTERS_MAX = 60
const RADIUS_PX = { letters: 12, few: 6, many: 3 }
const FEW_MAX = 400
const KM_APART_PX = 28
const LINE_PX = 13

type GroundOf = {
  readonly camera: Camera
  readonly size: Size
  readonly scale: number
  readonly line: RouteLine | null
  readonly named: readonly (Place & { readonly name: string })[]
}

/** The route with its kilometres, painted once. `element` says which colours and letters. */
export function drawGround({ camera, size, scale, line, named }: GroundOf, element: HTMLElement): Ground {
  const style = getComputedStyle(element)
  const colours: Colours = coloursOf(element, [
    'card',
    'ink',
    'soft',
    'stale',
    'accent',
    'notice',
    'danger',
    'runner',
    'cyclist',
    'leader',
  ])
  const font = style.fontFamily
  const drawn = projectionOf(camera, size)
  const picture = document.createElement('canvas')
  picture.width = Math.round(size.widthPx * scale)
  picture.height = Math.round(size.heightPx * scale)
  const context = picture.getContext('2d')
  if (context) {
    context.scale(scale, scale)
    const write = writesApart(context)
    if (line) paintRoute(context, line, drawn, colours)
    context.fillStyle = colours.soft
    context.font = `12px ${font}`
    for (const point of named) {
      const { x, y } = drawn.toSheet(point)
      context.fillRect(x - 2, y - 2, 4, 4)
      const widthPx = context.measureText(point.name).width
      write(point.name, x + 6 + widthPx > size.widthPx ? x - 6 - widthPx : x + 6, y - 5)
    }
    context.font = `11px ${font}`
    if (line) paintKms(context, line, drawn, write)
  }
  return { ...size, picture, drawn, scale, colours, font }
}

type Write = (text: string, leftX: number, y: number) => void

/** What would lie over something written before is left out. */
function writesApart(context: CanvasRenderingContext2D): Write {
  const written: { readonly leftX: number; readonly rightX: number; readonly y: number }[] = []
  return (text, leftX, y) => {
    const rightX = leftX + context.measureText(text).width
    if (written.some((one) => leftX < one.rightX && rightX > one.leftX && Math.abs(one.y - y) < LINE_PX)) return
    written.push({ leftX, rightX, y })
    context.fillText(text, leftX, y)
  }
}

function paintRoute(context: CanvasRenderingContext2D, line: RouteLine, drawn: Projection, colours: Colours): void {
  context.beginPath()
  for (const point of line.points) {
    const { x, y } = drawn.toSheet(point)
    context.lineTo(x, y)
  }
  context.strokeStyle = colours.accent
  context.globalAlpha = 0.35
  context.lineWidth = 4
  context.lineJoin = 'round'
  context.stroke()
  context.globalAlpha = 1
}

function paintKms(context: CanvasRenderingContext2D, line: RouteLine, drawn: Projection, write: Write): void {
  const step = [1, 2, 5, 10, 20, 50].find((km) => (km * KM_M) / drawn.metresPerPx >= KM_APART_PX) ?? 100
  const labels: { x: number; y: number }[] = []
  for (let km = step; km * KM_M < line.lengthM; km += step) {
    const { x, y } = drawn.toSheet(placeAtM(line, km * KM_M))
    // On the way back only where the way out has left room.
    if (labels.some((label) => Math.hypot(label.x - x, label.y - y) < KM_APART_PX / 2)) continue
    labels.push({ x, y })
    context.beginPath()
    context.arc(x, y, 2, 0, 2 * Math.PI)
    context.fill()
    write(String(km), x - context.measureText(String(km)).width / 2, y - 5)
  }
}

type PeopleAt = {
  readonly ground: Ground
  readonly people: readonly Drawn[]
  readonly tick: number
  readonly waiting: ReadonlyMap<MemberId, 'wish' | 'alarm'>
  readonly followed: number | null
}
/** How many were drawn, and of how many it was a guess. */
export type Painted = { readonly known: number; readonly guessed: number }

export function drawPeople(
  context: CanvasRenderingContext2D,
  { ground, people, tick, waiting, followed }: PeopleAt,
): Painted {
  const { picture, drawn, scale } = ground
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, picture.width, picture.height)
  context.drawImage(picture, 0, 0)
  context.scale(scale, scale)
  const shown = people.flatMap((person): Shown[] => {
    const place = placeAt(person.track, tick)
    if (!place) return []
    const waits = waiting.get(person.memberId)
    const isFollowed = person.memberNo === followed
    return [
      { person, is: place.is, at: drawn.toSheet(place), waits, isFollowed, rank: rankOf(person, waits, isFollowed) },
    ]
  })
  // Whoever matters comes first to letters and is drawn last, over all others.
  const first = shown.filter(({ rank }) => rank < OTHERS).sort((a, b) => a.rank - b.rank)
  const others = shown.filter(({ rank }) => rank === OTHERS)
  const ordered = [...first, ...others]
  const fits =
    people.length <= LETTERS_MAX
      ? haveLetters(
          ordered.map(({ at }) => at),
          2 * RADIUS_PX.letters - 3,
        )
      : []
  const hasLetters = (index: number, { rank }: Shown) => fits[index] ?? rank < OTHERS
  const drawnAs = ordered.map((one, index) => ({ one, isLarge: hasLetters(index, one) || one.isFollowed })).reverse()
  for (const { one, isLarge } of drawnAs) if (!isLarge) paintPerson(context, ground, one, false, people.length)
  for (const { one, isLarge } of drawnAs) if (isLarge) paintPerson(context, ground, one, true, people.length)
  writeNames(context, ground, first)
  const known = shown.filter(({ is }) => is === 'known').length
  return { known, guessed: shown.length - known }
}

/** AF13: who calls, who asks, whom its reader follows, and its reader. */
const OTHERS = 4
const rankOf = ({ isMe }: Drawn, waits: Shown['waits'], isFollowed: boolean): number =>
  waits === 'alarm' ? 0 : waits ? 1 : isFollowed ? 2 : isMe ? 3 : OTHERS

type Shown = {
  readonly person: Drawn
  readonly is: ReplayPlace['is']
  readonly at: Point
  readonly waits: 'wish' | 'alarm' | undefined
  readonly isFollowed: boolean
  readonly rank: number
}

function paintPerson(
  context: CanvasRenderingContext2D,
  { colours, font }: Ground,
  { person: { role, initials, isMe }, is, at: { x, y }, waits, isFollowed }: Shown,
  isLarge: boolean,
  count: number,
): void {
  const radiusPx = isLarge ? RADIUS_PX.letters : count <= FEW_MAX ? RADIUS_PX.few : RADIUS_PX.many
  const colour =
    waits === 'alarm'
      ? colours.danger
      : role === 'cyclist'
        ? colours.cyclist
        : role === 'leader'
          ? colours.leader
          : colours.runner
  if (count > FEW_MAX && !isLarge && !waits) {
    context.fillStyle = is === 'known' ? colour : colours.stale
    context.fillRect(x - 2, y - 2, 4, 4)
    return
  }
  if (waits || isFollowed)
    ring(context, x, y, radiusPx + 5, waits === 'alarm' ? colours.danger : waits ? colours.notice : colours.ink)
  context.beginPath()
  context.arc(x, y, radiusPx, 0, 2 * Math.PI)
  context.fillStyle = is === 'known' ? colour : colours.card
  context.fill()
  context.setLineDash(is === 'known' ? [] : [3, 3])
  context.strokeStyle = is === 'guessed' ? colours.stale : isMe ? colours.ink : colours.card
  context.lineWidth = isMe ? 3 : 2
  context.stroke()
  context.setLineDash([])
  if (!isLarge) return
  context.fillStyle = is === 'known' ? colours.card : colours.stale
  context.font = `700 11px ${font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(initials, x, y + 0.5)
  context.textBaseline = 'alphabetic'
}

const besideDot: readonly Spot[] = [
  { x: 20, y: 0, anchor: 'start' },
  { x: -20, y: 0, anchor: 'end' },
  { x: 0, y: 25, anchor: 'middle' },
  { x: 0, y: -25, anchor: 'middle' },
]
const alignOf = { start: 'left', middle: 'center', end: 'right' } as const

/** In words who is not one of many just now, where there is room. */
function writeNames(context: CanvasRenderingContext2D, ground: Ground, first: readonly Shown[]): void {
  const { colours, font, widthPx, heightPx } = ground
  const labels = first
    .filter(({ waits, isFollowed }) => waits || isFollowed)
    .map(({ person, at, rank }) => ({ key: person.memberId, rank, at, texts: [person.name], spots: besideDot }))
  const dots = first.map(({ at }) => around(at, RADIUS_PX.letters))
  const written = labelsWritten(labels, dots, { widthPx, heightPx })
  context.font = `700 12px ${font}`
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  for (const { key, at } of labels) {
    const found = written.get(key)
    if (!found) continue
    const [x, y] = [at.x + found.spot.x, at.y + found.spot.y]
    context.textAlign = alignOf[found.spot.anchor]
    context.strokeStyle = colours.card
    context.lineWidth = 4
    context.strokeText(found.text, x, y)
    context.fillStyle = colours.ink
    context.fillText(found.text, x, y)
  }
  context.textBaseline = 'alphabetic'
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radiusPx: number, colour: string): void {
  context.beginPath()
  context.arc(x, y, radiusPx, 0, 2 * Math.PI)
  context.strokeStyle = colour
  context.lineWidth = 3
  context.stroke()
}
