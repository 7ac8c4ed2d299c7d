import { initialsOf, nameOf } from '../../state/people.ts'
import { ageMs } from '../../state/place-age.ts'
import type { Cluster, Dot } from '../../state/plan.ts'
import { alarmsOf } from '../../state/queue.ts'
import { waitingMembers } from '../../state/wants.ts'
import { useRun } from '../run/running.ts'
import { ageText, t } from '../texts.ts'

const RADIUS_PX = 15
const BADGE_PX = 6

export function PlanDots({ clusters }: { readonly clusters: readonly Cluster[] }) {
  const { view, nowMs } = useRun()
  const waiting = waitingMembers(view)
  const waitsOf = (dots: readonly Dot[]) => {
    const waits = dots.map(({ memberId }) => waiting.get(memberId))
    return waits.includes('open') ? 'open' : waits.find((each) => each !== undefined)
  }
  // The oldest of them: a count claims no more than its worst dot.
  const oldest = (dots: readonly Dot[]) => {
    const ages = dots.map(({ memberId }) => view.places.get(memberId)).map((place) => (place ? ageMs(place, nowMs) : 0))
    return ageText(Math.max(...ages))
  }
  return (
    <>
      {clusters.map(({ x, y, dots }) => {
        const [first, ...others] = dots
        if (!first) return null
        return others.length === 0 ? (
          <OneDot key={first.memberId} dot={first} />
        ) : (
          <g
            key={first.memberId}
            class={first.isStale ? 'mark stale' : 'mark several'}
            transform={`translate(${x} ${y})`}
          >
            <title>{t.where.several(dots.length)}</title>
            <circle class="body" r={RADIUS_PX + 2} />
            <text>{dots.length}</text>
            <Waits as={waitsOf(dots)} />
            <text class="dot-age" y={RADIUS_PX + 10}>
              {oldest(dots)}
            </text>
          </g>
        )
      })}
    </>
  )
}

/** Initials, and under them the age: a dot says how old it is. */
function OneDot({ dot }: { readonly dot: Dot }) {
  const { view, nowMs } = useRun()
  const { memberId, x, y, isStale } = dot
  const member = view.run.members.get(memberId)
  const place = view.places.get(memberId)
  if (!member || !place) return null
  const name = nameOf(view, memberId)
  const isCalling = alarmsOf(view, nowMs).some(({ request }) => request.runnerId === memberId)
  const marks = ['mark', member.role, isStale && 'stale', memberId === view.myId && 'me', isCalling && 'calling']
  const waiting = waitingMembers(view)
  const age = ageText(ageMs(place, nowMs))
  return (
    <g class={marks.filter(Boolean).join(' ')} transform={`translate(${x} ${y})`}>
      <title>
        {name}, {t.age.ago(age)}
      </title>
      <circle class="body" r={RADIUS_PX} />
      <text>{initialsOf(name)}</text>
      <Waits as={waiting.get(memberId)} />
      <text class="dot-age" y={RADIUS_PX + 8}>
        {age}
      </text>
    </g>
  )
}

/** A small mark on whoever waits for something. */
function Waits({ as }: { readonly as: 'open' | 'claimed' | undefined }) {
  return as ? <circle class={`waits ${as}`} cx={RADIUS_PX - 3} cy={3 - RADIUS_PX} r={BADGE_PX} /> : null
}
