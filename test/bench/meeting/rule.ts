/** The rule under test, fed as a node would feed it. */
import { passOf } from '../../../shared/geo/meeting/pass.ts'
import { type RiderState, riderAfter, riderAt } from '../../../shared/geo/meeting/rider.ts'
import { ridesFrom } from '../../../shared/geo/meeting/rides.ts'
import { waysOf } from '../../../shared/geo/meeting/ways.ts'
import { noProgress, type ProgressState, progressAfter, progressAt } from '../../../shared/geo/progress/filter.ts'
import { routeMap } from '../../../shared/geo/progress/route-map.ts'
import type { EstimatorFactory } from './estimator.ts'
import { habits } from './scenarios.ts'

export const rule: EstimatorFactory = (line, namedPoints) => {
  const ways = waysOf(line, namedPoints)
  const map = routeMap(line)
  const progressOf = new Map<number, ProgressState>()
  const riders = new Map<number, RiderState>()
  /** Where each claimed runner was told to come to. */
  const heldAtM = new Map<number, number>()

  return {
    hear(member, fix) {
      if (member >= habits.runners) riders.set(member, riderAfter(riders.get(member), fix))
      else progressOf.set(member, progressAfter(map, progressOf.get(member) ?? noProgress, fix))
    },
    visits(cyclist, claims, nowMs) {
      const state = riders.get(cyclist)
      if (!state) return []
      const wishes = claims.flatMap(({ runner: id, promisedAtMs }) => {
        const runner = progressAt(map, progressOf.get(id) ?? noProgress, nowMs)
        const held = promisedAtMs === null ? undefined : heldAtM.get(id)
        return runner ? [{ id, runner, dueMs: promisedAtMs, heldAtM: held }] : []
      })
      return passOf(ridesFrom(ways, riderAt(state, nowMs)), wishes).map(({ wish, meeting }) => {
        heldAtM.set(wish.id, meeting.atM as number)
        return {
          runner: wish.id,
          place: meeting.place,
          atMs: meeting.atMs,
          rangeMs: [meeting.earliestMs, meeting.latestMs] as const,
        }
      })
    },
  }
}
