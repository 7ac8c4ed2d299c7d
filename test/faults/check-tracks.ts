/** G3: every recorded fix is in its sender's track exactly once, in the order of the phone. */
import type { Fix } from '../../shared/geo/fix.ts'
import type { Trouble } from './trouble.ts'

/** No place is recorded twice; its time may be put right, when a phone learns that its clock was wrong. */
export const keyOf = ({ latitudeDeg, longitudeDeg }: Pick<Fix, 'latitudeDeg' | 'longitudeDeg'>): string =>
  `${latitudeDeg}|${longitudeDeg}`

/** The same of a point as `exportedPoints` of the simulator names it. */
export const keyOfPoint = (point: string): string => point.slice(point.indexOf('|') + 1)

/** @param dueCount so many of the first recorded fixes must be there; the rest may. */
export function checkTrack(
  who: string,
  recorded: readonly string[],
  stored: readonly string[],
  dueCount = recorded.length,
): Trouble[] {
  const troubles: Trouble[] = []
  const say = (what: string) => troubles.push({ promise: 'G3', about: who, what })
  const places = new Map(recorded.map((key, i) => [key, i]))
  const seen = new Set<string>()
  let lastPlace = -1
  let doubled = 0
  let foreign = 0
  let disordered = 0
  for (const key of stored) {
    const place = places.get(key)
    if (place === undefined) foreign++
    else if (seen.has(key)) doubled++
    else {
      if (place < lastPlace) disordered++
      lastPlace = place
      seen.add(key)
    }
  }
  const lost = recorded.slice(0, dueCount).flatMap((key, i) => (seen.has(key) ? [] : [i + 1]))
  if (lost.length > 0) say(`${lost.length} of ${dueCount} fixes are lost: no ${lost.slice(0, 8).join(', ')}`)
  if (doubled > 0) say(`${doubled} fixes are there twice`)
  if (foreign > 0) say(`${foreign} points were never recorded`)
  if (disordered > 0) say(`${disordered} fixes are out of order`)
  return troubles
}
