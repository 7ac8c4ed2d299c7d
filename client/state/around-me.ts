/** Which runners are next to a cyclist along the route. */
import { passesOf } from '../../shared/geo/passes.ts'
import type { RouteLine } from '../../shared/geo/route.ts'
import { type NearestRunner, nearestRunners } from '../../shared/pack/nearest-runners.ts'
import type { PackView } from './pack-view.ts'
import { ageMs, isTooOld } from './place-age.ts'
import type { RunView } from './run-view.ts'

/** A bike path runs so far beside the line that was drawn. */
const BESIDE_ROUTE_M = 60

export type AroundMe = { readonly ahead: NearestRunner | null; readonly behind: NearestRunner | null }

/** PK9: on whichever pass of the route they are nearer; nothing beside the route, or of an old place of mine. */
export function aroundMe(view: RunView, pack: PackView | null, line: RouteLine | null, nowMs: number): AroundMe {
  const here = view.myId ? view.places.get(view.myId) : undefined
  if (!pack || !line || !here || isTooOld(ageMs(here, nowMs))) return { ahead: null, behind: null }
  return nearestRunners(pack.order, passesOf(line, here, BESIDE_ROUTE_M))
}
