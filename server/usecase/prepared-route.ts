/** The route of a run made ready for matching: once for each line, and as soon as the store can be asked. */
import { type RouteMap, routeMap } from '../../shared/geo/progress/route-map.ts'
import { routeLine } from '../../shared/geo/route.ts'
import type { RouteId } from '../../shared/units.ts'
import { StoreAway } from '../store/store.ts'
import type { House } from './house.ts'

/** For how long a store is left alone that was away, or has no line under the route's id. */
const TRY_AGAIN_TICKS = 5

export type RouteOfRun = {
  id(): RouteId | undefined
  /** Its JSON. @throws StoreAway */
  read(): Promise<string | undefined>
}

export type PreparedRoute = {
  /** `undefined` for a run without a route, and until the line is there. */
  now(): { readonly routeId: RouteId; readonly map: RouteMap } | undefined
  /** At each tick: prepares the route of the run if that is another one than it was. */
  tick(): void
}

export function preparedRoute({ onFault }: Pick<House, 'onFault'>, route: RouteOfRun, onReady: () => void) {
  let prepared: ReturnType<PreparedRoute['now']>
  let unusable: RouteId | undefined
  let isPreparing = false
  let restTicks = 0

  async function prepare(routeId: RouteId): Promise<void> {
    isPreparing = true
    try {
      const json = await route.read()
      if (json === undefined) restTicks = TRY_AGAIN_TICKS
      else if (routeId === route.id()) {
        prepared = { routeId, map: routeMap(routeLine(JSON.parse(json).points)) }
        onReady()
      }
    } catch (fault) {
      restTicks = TRY_AGAIN_TICKS
      if (!(fault instanceof StoreAway)) {
        unusable = routeId
        onFault(fault, 'route')
      }
    }
    isPreparing = false
  }

  return {
    now: () => (prepared?.routeId === route.id() ? prepared : undefined),
    tick() {
      const routeId = route.id()
      if (restTicks-- > 0 || isPreparing || routeId === undefined) return
      if (routeId !== prepared?.routeId && routeId !== unusable) void prepare(routeId)
    },
  } satisfies PreparedRoute
}
