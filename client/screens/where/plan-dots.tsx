import { initialsOf, nameOf } from '../../state/people.ts'
import type { Cluster, Dot } from '../../state/plan.ts'
import type { PlacedMember } from '../../state/plan-dots.ts'
import { drawnOnce } from '../parts/drawn-once.tsx'
import { useRun } from '../run/running.ts'
import { ageText, distanceText, joined, t } from '../texts.ts'

export type MarkDot = Dot & { readonly mark: PlacedMember }

export const RADIUS_PX = 15
/** The drop or the sign of a call, from the middle of its dot. */
export const WAITS_AT = { x: 13, y: -14 }
/** A smaller ring would only be the dot's own edge. */
const RING_FROM_PX = RADIUS_PX + 3

/** How far from their dots people may well be, beneath all dots. */
export const PlanRings = ({
  dots,
  metresPerPx,
}: {
  readonly dots: readonly MarkDot[]
  readonly metresPerPx: number
}) => (
  <>
    {dots
      .filter(({ mark }) => mark.ringM !== null)
      .map(({ mark: { memberId, ringM }, x, y }) => {
        const radiusPx = (ringM ?? 0) / metresPerPx
        return radiusPx > RING_FROM_PX ? (
          <circle key={memberId} class="ring" cx={x.toFixed(1)} cy={y.toFixed(1)} r={radiusPx.toFixed(0)} />
        ) : null
      })}
  </>
)

type PlanDotsProps = {
  readonly clusters: readonly Cluster<MarkDot>[]
  /** My course on the sheet: 0 is up. */
  readonly myCourseDeg: number | null
}

export function PlanDots({ clusters, myCourseDeg }: PlanDotsProps) {
  const { view } = useRun()
  return (
    <>
      {clusters.map(({ x, y, dots }) => {
        const [first, ...others] = dots
        if (!first) return null
        const { mark } = first
        return (
          <g
            key={mark.memberId}
            class={others.length === 0 ? classOf(mark) : mark.isStale ? 'mark stale' : 'mark several'}
            transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
          >
            {others.length > 0 ? (
              <Several marks={dots.map((dot) => dot.mark)} />
            ) : (
              <One mark={mark} name={nameOf(view, mark.memberId)} courseDeg={mark.isMe ? myCourseDeg : null} />
            )}
          </g>
        )
      })}
    </>
  )
}

const classOf = ({ role, isStale, isMe, isCalling, how, isDoubtful }: PlacedMember): string =>
  joined(['mark', role, isStale && 'stale', isMe && 'me', isCalling && 'calling', how, isDoubtful && 'doubtful'], ' ')

/** Initials; how old it is stands beside it, and in what is read of it. Drawn again when what is known of them is. */
const One = drawnOnce(({ mark, name, courseDeg }: { mark: PlacedMember; name: string; courseDeg: number | null }) => {
  const { role, waits, isCalling, how, isDoubtful, ringM } = mark
  const age = ageText(mark.ageMs)
  const isGuess = how === 'reckoned'
  const said = joined([
    name,
    t.roles[role].toLowerCase(),
    isGuess ? t.map.reckoned(age) : t.age.ago(age),
    isDoubtful && t.map.perhaps,
    ringM !== null && t.map.rough(distanceText(ringM)),
  ])
  return (
    <>
      <title>{said}</title>
      {courseDeg !== null && (
        <path class="course" d="M0 -27 L8 -17 H-8Z" transform={`rotate(${courseDeg.toFixed(0)})`} />
      )}
      <Body role={role} />
      <text>{initialsOf(name)}</text>
      {isCalling ? <Calls /> : waits && <Waits as={waits} />}
    </>
  )
})

/** Runners are round, those who ride are square, whoever leads has six corners. */
function Body({ role }: { readonly role: PlacedMember['role'] }) {
  if (role === 'cyclist') return <rect class="body" x="-14" y="-14" width="28" height="28" rx="4" />
  if (role === 'leader') return <path class="body" d="M0 -17 L15 -8.5 V8.5 L0 17 L-15 8.5 V-8.5Z" />
  return <circle class="body" r={RADIUS_PX} />
}

function Several({ marks }: { readonly marks: readonly PlacedMember[] }) {
  const isOpen = marks.some(({ waits }) => waits === 'open')
  const waits = isOpen ? 'open' : (marks.find((mark) => mark.waits)?.waits ?? null)
  return (
    <>
      <title>{t.where.several(marks.length)}</title>
      <circle class="body" r={RADIUS_PX + 2} />
      <text>{marks.length}</text>
      {waits && <Waits as={waits} />}
    </>
  )
}

/** A drop on whoever waits for something; with a tick inside when somebody brings it. */
const Waits = ({ as }: { readonly as: 'open' | 'claimed' }) => (
  <g class={`waits ${as}`} transform={`translate(${WAITS_AT.x} ${WAITS_AT.y})`}>
    <path d="M0 -10 C4 -4 7 -1 7 3 A7 7 0 0 1 -7 3 C-7 -1 -4 -4 0 -10Z" />
    {as === 'claimed' && <path class="tick" d="M-3.2 2.5 L-0.8 5 L3.4 0" />}
  </g>
)

const Calls = () => (
  <g class="calls" transform={`translate(${WAITS_AT.x} ${WAITS_AT.y})`}>
    <path d="M0 -10 L10 8 H-10Z" />
    <path class="tick" d="M0 -4 V2 M0 5 V5.5" />
  </g>
)
