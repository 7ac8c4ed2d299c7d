import type { Place } from '../../../shared/geo/fix.ts'
import { type NamedPoint, nearestNamedPoint } from '../../../shared/geo/named-points.ts'
import type { MemberId } from '../../../shared/units.ts'
import { alongRoute, lapOf } from '../../state/along-route.ts'
import { ageMs, nearnessOf, wayTo } from '../../state/place-age.ts'
import type { Run } from '../run/running.ts'
import { ageText, directionText, distanceText, joined, kmText, t, wayText } from '../texts.ts'

const AT_WITHIN_M = 30

/** "180 m north of the second bridge"; `null` where no place has a name. */
export function nearText(points: readonly NamedPoint[], place: Place): string | null {
  const nearest = nearestNamedPoint(points, place)
  if (!nearest) return null
  if (nearest.distanceM < AT_WITHIN_M) return t.help.at(nearest.point.name)
  const { distanceM, bearingDeg } = wayTo(nearest.point, place)
  return t.help.near(distanceText(distanceM), directionText(bearingDeg), nearest.point.name)
}

/**
 * "lap 2 of 6 · km 12.4", "km 12.4 or 17.4?", with what is in question about it; `null` where it is not known. With the
 * length of the route "km 12.4 of 21.1".
 */
export function alongText(
  { view, nowMs, route }: Run,
  memberId: MemberId,
  { lengthM, isDoubtTold = true }: { readonly lengthM?: number | undefined; readonly isDoubtTold?: boolean } = {},
): string | null {
  const along = alongRoute(view, memberId, nowMs)
  if (!along) return null
  const { atM, orAtM, isSure, isOffRoute, isWrongWay } = along
  const lapped = route.value ? lapOf(along, route.value) : undefined
  const sureKm = lengthM === undefined ? t.along.km(kmText(atM)) : t.along.kmOf(kmText(atM), kmText(lengthM))
  const km = isSure || orAtM !== null ? sureKm : t.along.about(kmText(atM))
  const parts = lapped
    ? [lapped.orLap === null ? t.along.lap(lapped.lap, lapped.of) : t.along.orLap(lapped.lap, lapped.orLap), km]
    : [orAtM === null ? km : t.along.orKm(kmText(atM), kmText(orAtM))]
  if (isDoubtTold && isOffRoute) parts.push(t.along.offRoute)
  if (isDoubtTold && isWrongWay) parts.push(t.along.wrongWay)
  return parts.join(' · ')
}

/** `aside`: beside coordinates that stand there already; may be empty. */
export type PlaceWords = { readonly where: string; readonly aside: string; readonly age: string | null }

/**
 * How to find somebody: from here, or else from a named place; always with how old that is.
 * @param isDoubtTold whether it is said that they may be off the route; not where that stands already
 */
export function placeWords(run: Run, memberId: MemberId, isDoubtTold = true): PlaceWords {
  const { view, nowMs, route } = run
  const place = view.places.get(memberId)
  if (!place) return { where: t.queue.noPlace, aside: t.queue.noPlace, age: null }
  const way = nearnessOf(view, view.myId, memberId, nowMs)
  const age = t.queue.placeAge(ageText(way?.ageMs ?? ageMs(place, nowMs)))
  const near = way ? wayText(way) : nearText(route.value?.namedPoints ?? [], place)
  const along = alongText(run, memberId, { isDoubtTold })
  return { where: joined([near ?? coordinates(place), along], ' · '), aside: joined([near, along], ' · '), age }
}

export const coordinates = ({ latitudeDeg, longitudeDeg }: Place): string =>
  `${latitudeDeg.toFixed(5)}, ${longitudeDeg.toFixed(5)}`
