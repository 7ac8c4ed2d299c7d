import { MINUTE_MS } from '../../../shared/units.ts'
import type { Coming, RequestLife } from '../../state/request-life.ts'
import { ageText, clockText, distanceText, joined, kmText, t } from '../texts.ts'

/** An older place is told with its age: they may be anywhere by now. */
const HEARD_LATELY_MS = 2 * MINUTE_MS
/** As exactly as two phones locate. */
const BESIDE_M = 25

/** The truth about a request in one or two sentences: "Dana is coming, about 4 min, at the bridge." */
export function lifeText(life: RequestLife, nowMs: number): string {
  switch (life.is) {
    case 'looking': {
      const since = ageText(Math.max(0, nowMs - life.sinceMs))
      return life.isEscalated ? t.claims.lookingEscalated(since) : t.claims.looking(since)
    }
    case 'nobody':
      return joined(
        [t.claims.nobody, life.isLeaderTold && t.claims.leaderSees, life.isNearTold && t.claims.nearTold],
        ' ',
      )
    case 'with-leader':
      return t.claims.leaderSees
    case 'coming':
      return comingText(life)
    case 'asked-whether':
      return t.claims.askedWhether(life.name)
    case 'met?':
      return t.claims.met(life.name)
    case 'assumed':
      return t.claims.assumed(life.name)
    case 'told':
      return t.life.slowDownOpen
    case 'delivered':
      return t.life.delivered(life.name, clockText(life.atMs, nowMs))
    case 'closed':
      return t.life.closed(life.name)
    case 'cancelled':
      return life.isCutOff ? t.life.cancelledEnd : t.life.cancelled
  }
}

function comingText({ name, etaMs, atM, placeName, distanceM, heardAgoMs, advice, isEscalated }: Coming): string {
  if (distanceM !== null && distanceM <= BESIDE_M && (heardAgoMs ?? HEARD_LATELY_MS) < MINUTE_MS)
    return t.claims.here(name)
  const where = placeName ? t.claims.at(placeName) : atM === null ? null : t.claims.at(t.along.km(kmText(atM)))
  const away = where === null && distanceM !== null ? t.claims.away(distanceText(distanceM)) : null
  return joined(
    [
      t.claims.coming(name, etaMs === null ? null : aboutText(etaMs), where ?? away),
      advice && (advice === 'wait' ? t.claims.wait : t.claims.goOn),
      heardAgoMs !== null && heardAgoMs > HEARD_LATELY_MS && t.claims.notHeard(ageText(heardAgoMs)),
      isEscalated && t.life.claimedEscalated,
    ],
    ' ',
  )
}

/** In whole minutes: nobody knows better. */
export function aboutText(etaMs: number): string {
  const minutes = Math.round(etaMs / MINUTE_MS)
  return minutes < 1 ? t.eta.anyMoment : t.claims.about(ageText(minutes * MINUTE_MS))
}
