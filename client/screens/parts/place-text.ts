import type { Place } from '../../../shared/geo/fix.ts'
import { type NamedPoint, nearestNamedPoint } from '../../../shared/geo/named-points.ts'
import type { MemberId } from '../../../shared/units.ts'
import { ageMs, nearnessOf, wayTo } from '../../state/place-age.ts'
import type { Run } from '../run/running.ts'
import { ageText, directionText, distanceText, t, wayText } from '../texts.ts'

const AT_WITHIN_M = 30

/** "180 m north of the second bridge"; `null` where no place has a name. */
export function nearText(points: readonly NamedPoint[], place: Place): string | null {
  const nearest = nearestNamedPoint(points, place)
  if (!nearest) return null
  if (nearest.distanceM < AT_WITHIN_M) return t.help.at(nearest.point.name)
  const { distanceM, bearingDeg } = wayTo(nearest.point, place)
  return t.help.near(distanceText(distanceM), directionText(bearingDeg), nearest.point.name)
}

export type PlaceWords = { readonly where: string; readonly age: string | null }

/** How to find somebody: from here, or else from a named place; always with how old that is. */
export function placeWords({ view, nowMs, route }: Run, memberId: MemberId): PlaceWords {
  const place = view.places.get(memberId)
  if (!place) return { where: t.queue.noPlace, age: null }
  const way = nearnessOf(view, view.myId, memberId, nowMs)
  const age = t.queue.placeAge(ageText(way?.ageMs ?? ageMs(place, nowMs)))
  if (way) return { where: wayText(way), age }
  return { where: nearText(route.value?.namedPoints ?? [], place) ?? coordinates(place), age }
}

export const coordinates = ({ latitudeDeg, longitudeDeg }: Place): string =>
  `${latitudeDeg.toFixed(5)}, ${longitudeDeg.toFixed(5)}`
