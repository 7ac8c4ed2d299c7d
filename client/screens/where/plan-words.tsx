import type { NamedPoint } from '../../../shared/geo/named-points.ts'
import { nameOf, shortNameOf } from '../../state/people.ts'
import type { Cluster } from '../../state/plan.ts'
import type { Point, Projection } from '../../state/plan-camera.ts'
import type { PlacedMember } from '../../state/plan-dots.ts'
import { around, type Box, type Label, labelsWritten, type Spot } from '../../state/plan-labels.ts'
import type { KmMark, MeetingSign } from '../../state/plan-signs.ts'
import type { RunView } from '../../state/run-view.ts'
import { useRun } from '../run/running.ts'
import { ageText, t } from '../texts.ts'
import type { SheetSize } from './plan.tsx'
import { type MarkDot, RADIUS_PX, WAITS_AT } from './plan-dots.tsx'

/** A text of the sheet, as its class draws it. */
type Word = Label & { readonly is: string }

/** The important first: who calls, who asks, oneself, whom I meet, whose place is old or a guess; the rest gives way. */
const ranks = { calling: 0, asking: 1, me: 2, meeting: 3, unsure: 4, named: 5, other: 6, km: 7 } as const

/** Of so few on the sheet everybody has a name; of more, who asks or calls. */
const NAMES_MAX = 12
const KM_ASIDE_PX = 13
const ARROW_PX = 22
const RADIANS = Math.PI / 180

type PlanWordsProps = {
  readonly drawn: Projection
  readonly size: SheetSize
  readonly clusters: readonly Cluster<MarkDot>[]
  readonly km: readonly KmMark[]
  readonly named: readonly NamedPoint[]
  readonly meetings: readonly MeetingSign[]
  readonly pinAt: Point | null
  readonly myCourseDeg: number | null
  readonly isUnderZoom: boolean
}
type Scene = PlanWordsProps & { readonly view: RunView }

/** MA19: names, ages, kilometres: each where there is room for it, over no dot and no other word. */
export function PlanWords(props: PlanWordsProps) {
  const scene = { ...props, view: useRun().view }
  const words = [...dotWords(scene), ...signWords(scene)]
  const written = labelsWritten(words, takenBy(scene), scene.size)
  return (
    <>
      {words.map(({ key, is, at }) => {
        const found = written.get(key)
        return found ? (
          <text
            key={key}
            class={`word ${is}`}
            x={(at.x + found.spot.x).toFixed(1)}
            y={(at.y + found.spot.y).toFixed(1)}
            text-anchor={found.spot.anchor}
          >
            {found.text}
          </text>
        ) : null
      })}
    </>
  )
}

function dotWords({ view, clusters }: Scene): Word[] {
  const namesAll = clusters.length <= NAMES_MAX
  return clusters.flatMap(({ x, y, dots }): Word[] => {
    const marks = dots.map(({ mark }) => mark)
    const [first] = marks
    if (!first) return []
    const asking = marks.filter(({ isCalling, waits }) => isCalling || waits === 'open')
    // The oldest of them tells: a count claims no more than its worst dot.
    const age = ageText(Math.max(...marks.map(({ ageMs }) => ageMs)))
    const isGuess = marks.length === 1 && isUnsure(first)
    const told = isGuess ? `${age} ?` : age
    const named = asking.length === 1 ? asking[0] : namesAll && marks.length === 1 && !first.isMe ? first : undefined
    return [
      {
        key: `dot ${first.memberId}`,
        is: first.isStale ? 'dot-age stale' : 'dot-age',
        rank: rankOf(marks, asking.length > 0, isGuess),
        at: { x, y },
        texts: named ? [`${shortNameOf(nameOf(view, named.memberId))} · ${told}`, told] : [told],
        spots: spotsAround(marks.length > 1 ? RADIUS_PX + 2 : RADIUS_PX),
      },
    ]
  })
}

function rankOf(marks: readonly PlacedMember[], asks: boolean, isGuess: boolean): number {
  if (marks.some(({ isCalling }) => isCalling)) return ranks.calling
  if (asks) return ranks.asking
  if (marks.some(({ isMe }) => isMe)) return ranks.me
  return isGuess || marks.some(({ isStale }) => isStale) ? ranks.unsure : ranks.other
}

const isUnsure = ({ how, isDoubtful }: PlacedMember): boolean => how === 'reckoned' || isDoubtful

/** Below first; to the right it stands under the drop of whoever waits. */
const spotsAround = (radiusPx: number): Spot[] => [
  { x: 0, y: radiusPx + 8, anchor: 'middle' },
  { x: radiusPx + 4, y: 4, anchor: 'start' },
  { x: -radiusPx - 4, y: 4, anchor: 'end' },
  { x: 0, y: -radiusPx - 9, anchor: 'middle' },
]

const besidePoint: readonly Spot[] = [
  { x: 7, y: -9, anchor: 'start' },
  { x: -7, y: -9, anchor: 'end' },
  { x: 7, y: 9, anchor: 'start' },
  { x: -7, y: 9, anchor: 'end' },
]

const belowCross: readonly Spot[] = [
  { x: 0, y: 20, anchor: 'middle' },
  { x: 0, y: -20, anchor: 'middle' },
  { x: 15, y: 0, anchor: 'start' },
  { x: -15, y: 0, anchor: 'end' },
]

function signWords({ drawn, km, named, meetings }: Scene): Word[] {
  return [
    ...meetings.map((sign): Word => {
      const text = sign.is === 'meeting' ? t.map.meet(sign.name) : t.map.comeTogether
      const key = `meeting ${sign.key}`
      return {
        key,
        is: 'meeting',
        rank: ranks.meeting,
        at: drawn.toSheet(sign.place),
        texts: [text],
        spots: belowCross,
      }
    }),
    ...named.map((point): Word => {
      const key = `named ${point.name} ${point.latitudeDeg} ${point.longitudeDeg}`
      return { key, is: 'named', rank: ranks.named, at: drawn.toSheet(point), texts: [point.name], spots: besidePoint }
    }),
    // To the right of the way, so that out and back do not hide each other.
    ...km.map(({ km, place, courseDeg }): Word => {
      const right = (courseDeg - drawn.bearingDeg + 90) * RADIANS
      const spot: Spot = { x: Math.sin(right) * KM_ASIDE_PX, y: -Math.cos(right) * KM_ASIDE_PX, anchor: 'middle' }
      const at = drawn.toSheet(place)
      return { key: `km ${km}`, is: 'km', rank: ranks.km, at, texts: [String(km)], spots: [spot] }
    }),
  ]
}

/** What is drawn without asking for room. */
function takenBy({ drawn, size, clusters, named, meetings, pinAt, myCourseDeg, isUnderZoom }: Scene): Box[] {
  const { widthPx, heightPx } = size
  const arrow = (at: Point): Box[] => {
    if (myCourseDeg === null) return []
    const turn = myCourseDeg * RADIANS
    return [around({ x: at.x + Math.sin(turn) * ARROW_PX, y: at.y - Math.cos(turn) * ARROW_PX }, 6)]
  }
  return [
    ...clusters.flatMap((cluster) => [
      around(cluster, RADIUS_PX),
      ...cluster.dots.flatMap(({ mark: { isCalling, waits, isMe } }) => [
        ...(isCalling || waits ? [around({ x: cluster.x + WAITS_AT.x, y: cluster.y + WAITS_AT.y }, 8)] : []),
        ...(isMe ? arrow(cluster) : []),
      ]),
    ]),
    ...named.map((point) => around(drawn.toSheet(point), 4)),
    ...meetings.map(({ place }) => around(drawn.toSheet(place), 11)),
    ...(pinAt ? [{ left: pinAt.x - 12, top: pinAt.y - 34, right: pinAt.x + 12, bottom: pinAt.y }] : []),
    // The scale, and the buttons.
    { left: 0, top: heightPx - 28, right: 150, bottom: heightPx },
    ...(isUnderZoom ? [{ left: widthPx - 58, top: heightPx - 148, right: widthPx, bottom: heightPx - 36 }] : []),
  ]
}
