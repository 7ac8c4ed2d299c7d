/** The carry list of a run as its leader sees it planned: who comes, the route, the pace and the heat. */
import type { NamedPoint } from '../../shared/geo/named-points.ts'
import { missingGuestCount } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import { type CarryList, carryList } from '../../shared/supply/carry-list.ts'
import { USUAL_PACE_MPS } from '../../shared/supply/drink-due.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { membersOf } from './people.ts'
import type { RunView } from './run-view.ts'

export type Carry = {
  readonly list: CarryList
  readonly runners: number
  readonly helperCount: number
  readonly paceMps: number
  /** Without a route the length is reckoned from when the run is to end. */
  readonly isByTime: boolean
}

type Passed = {
  readonly namedPoints: readonly (NamedPoint & { readonly atM?: readonly number[] | undefined })[]
}

/** `null` before there is anybody to carry for. */
export function carryOf(view: RunView, route: Passed | null): Carry | null {
  const { head } = view.run
  const here = membersOf(view).filter(({ role, status }) => takesPart(role) && status !== 'stopped')
  const running = here.filter(({ role }) => role !== 'cyclist')
  const helpers = here.filter(({ role }) => role === 'cyclist').map(({ helping }) => helping)
  const runners = running.length + missingGuestCount(view.run)
  if (runners === 0) return null
  const paceMps = meanPaceMps(view, running)
  const byTimeM = (paceMps * Math.max(0, head.expectedEndMs - head.plannedStartMs)) / SECOND_MS
  const list = carryList({
    runners,
    minors: running.filter(({ isMinor }) => isMinor).length,
    routeM: head.route?.lengthM ?? byTimeM,
    paceMps,
    heat: head.heat,
    plans: running.flatMap(({ drinkPlan }) => drinkPlan ?? []),
    helpers,
    refills: head.route && route ? route.namedPoints.map(({ name, atM = [] }) => ({ name, atM })) : [],
  })
  return { list, runners, helperCount: helpers.length, paceMps, isByTime: head.route === null }
}

/** Of the groups as they are planned, each as often as it has runners; whoever is of none runs as people usually do. */
function meanPaceMps(view: RunView, running: readonly Member[]): number {
  if (running.length === 0) return USUAL_PACE_MPS
  const msPerM = running.reduce((sum, { groupId }) => {
    const group = groupId ? view.run.groups.get(groupId) : undefined
    return sum + 1 / (group?.targetPaceMps ?? USUAL_PACE_MPS)
  }, 0)
  return running.length / msPerM
}
