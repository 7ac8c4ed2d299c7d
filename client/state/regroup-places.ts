/** Where a leader may call people together: at a named point of the route, at its end, or where the leader is now. */
import type { Place } from '../../shared/geo/fix.ts'
import type { SharedRoute } from '../../shared/protocol/http.ts'
import { alongRoute } from './along-route.ts'
import type { RunView } from './run-view.ts'

export type RegroupPlace = {
  readonly is: 'named' | 'end' | 'here'
  /** Of a named point. */
  readonly name: string | null
  readonly place: Place
  /** Each time the route passes it is a place of its own; `null`: beside the route, or there is none. */
  readonly atM: number | null
}

/** RG9: where to call them to, if nothing else is said: the next place before whoever calls, or who is beside the route before the first of the pack. */
export function nextPlace(places: readonly RegroupPlace[], frontM: number): number {
  const hereM = places.find(({ is }) => is === 'here')?.atM ?? frontM
  return Math.max(
    0,
    places.findIndex(({ is, atM }) => is !== 'here' && atM !== null && atM > hereM),
  )
}

/** In the order of the route. */
export function regroupPlaces(view: RunView, route: SharedRoute | null, nowMs: number): RegroupPlace[] {
  const named = (route?.namedPoints ?? []).flatMap(({ name, atM = [], latitudeDeg, longitudeDeg }) => {
    const place = { latitudeDeg, longitudeDeg }
    const passes: readonly (number | null)[] = atM.length > 0 ? atM : [null]
    return passes.map((passM): RegroupPlace => ({ is: 'named', name, place, atM: passM }))
  })
  const last = route?.points.at(-1)
  const end: RegroupPlace[] = route && last ? [{ is: 'end', name: null, place: last, atM: route.lengthM }] : []
  const mine = view.myId ? view.places.get(view.myId) : undefined
  const here = mine && { latitudeDeg: mine.latitudeDeg, longitudeDeg: mine.longitudeDeg }
  const along = view.myId && here ? alongRoute(view, view.myId, nowMs) : null
  return [
    ...named.sort((a, b) => (a.atM ?? Number.MAX_VALUE) - (b.atM ?? Number.MAX_VALUE)),
    ...end,
    ...(here ? [{ is: 'here', name: null, place: here, atM: along && Math.round(along.atM) } as const] : []),
  ]
}
