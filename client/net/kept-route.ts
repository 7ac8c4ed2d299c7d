import type { Refusal } from '../../shared/protocol/errors.ts'
import type { SharedRoute } from '../../shared/protocol/http.ts'
import type { RouteId } from '../../shared/units.ts'
import { isRefusal } from './http-calls.ts'
import type { PhoneStorage } from './phone-storage.ts'

const KEY = 'route'
type Kept = { readonly routeId: RouteId; readonly route: SharedRoute }

/** A route's id is made of what it says: the one that is kept needs no network, and is never asked for again. `null`: not this time. */
export async function routeOf(
  storage: PhoneStorage,
  routeId: RouteId,
  ask: () => Promise<SharedRoute | Refusal>,
): Promise<SharedRoute | null> {
  const kept = (await storage.get(KEY).catch(() => undefined)) as Kept | undefined
  if (kept?.routeId === routeId) return kept.route
  const route = await ask()
  if (isRefusal(route)) return null
  void storage.set(KEY, { routeId, route } satisfies Kept).catch(() => undefined) // asked for again then
  return route
}
