/** The pack as a phone sees it: who runs in front of whom, who runs together, who falls behind, and of whom it is not known. */
import { type Cluster, clustersOf } from '../../shared/pack/clusters.ts'
import { type ComingBy, comingBy } from '../../shared/pack/eta.ts'
import { type Doubt, type Gap, type PackMember, type Placing, packOf } from '../../shared/pack/pack.ts'
import { noPassages } from '../../shared/pack/passages.ts'
import { type Straggler, stragglersOf } from '../../shared/pack/stragglers.ts'
import type { MemberId } from '../../shared/units.ts'
import { mayAskAbout, progressNow } from './along-route.ts'
import { membersOf } from './people.ts'
import { ageMs } from './place-age.ts'
import type { RunView } from './run-view.ts'
import { isAfoot, type Trails } from './trails.ts'

/** Whoever is so near to the end has arrived, and does not stretch the pack while others are on the way. */
const ARRIVED_M = 30

/** Why somebody who is out is not counted: besides the doubts of the pack, not on the route yet, or at its end. */
type Uncounted = Doubt | 'not-on-route' | 'arrived'

export type PackView = {
  /** From front to back: those whose place along the route is known. */
  readonly order: readonly Placing[]
  readonly clusters: readonly Cluster[]
  /** From the first to the last; `null` when nobody is in order. */
  readonly spread: Gap | null
  readonly stragglers: readonly Straggler[]
  readonly uncounted: readonly {
    readonly memberId: MemberId
    readonly because: Uncounted
    /** Of their place; `null` when there is none. */
    readonly ageMs: number | null
  }[]
}

/**
 * The pack now: runners and leaders who are out. `before` is what was said last, so that clusters and stragglers do not flicker;
 * `null` on no route, and once the run is over. That somebody is off the route is for themself and for leaders (VW30).
 */
export function packView(view: RunView, trails: Trails, before: PackView | null, nowMs: number): PackView | null {
  const { route, phase } = view.run.head
  if (!route || phase === 'ended') return null
  const placed: PackMember[] = []
  const uncounted: PackView['uncounted'][number][] = []
  for (const { memberId } of membersOf(view).filter(isAfoot)) {
    const place = view.places.get(memberId)
    const progress = place ? progressNow(place, route.lengthM, nowMs) : null
    const hasArrived = progress !== null && !progress.isOffRoute && progress.atM >= route.lengthM - ARRIVED_M
    if (progress && !hasArrived)
      placed.push({ memberId, progress, passages: trails.of.get(memberId)?.passages ?? noPassages })
    else {
      const because = hasArrived ? 'arrived' : place ? 'not-on-route' : 'silent'
      uncounted.push({ memberId, because, ageMs: place ? ageMs(place, nowMs) : null })
    }
  }
  const { order, doubtful, spread } = packOf(placed)
  const stragglerIds = new Set(before?.stragglers.map(({ memberId }) => memberId))
  for (const { member, doubt } of doubtful) {
    const { memberId, progress } = member
    const because = doubt === 'off-route' && !mayAskAbout(view, memberId) ? 'unsure' : doubt
    uncounted.push({ memberId, because, ageMs: Math.max(0, nowMs - progress.takenAtMs) })
  }
  return {
    order,
    clusters: clustersOf(order, before?.clusters ?? []),
    spread,
    stragglers: stragglersOf(order, stragglerIds),
    uncounted,
  }
}

/** Who comes by a named point next, the soonest first; nobody whose place is in doubt or old. */
export const nextBy = ({ order }: PackView, passesM: readonly number[]): ComingBy[] =>
  comingBy(
    order.map(({ member }) => member),
    passesM,
  )
