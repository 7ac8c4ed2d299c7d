/** When a runner likes the next drink, by their own plan. Never a reason to press one on them. */
import type { Drunk, Heat } from '../run/drink.ts'
import { isOut } from '../run/questions.ts'
import type { Member, RunState } from '../run/state.ts'
import { BOTTLE_ML } from '../run/stock.ts'
import { HOUR_MS, SECOND_MS } from '../units.ts'
import { drinksGiven } from './drinks-given.ts'

/**
 * DP7: how the leader's word on the heat stretches or shortens an interval. The advice is 400-800 ml an hour, to thirst (Noakes 2003; IMMDA 2006):
 * a factor of two between the least and the most, and these stay within it. Chosen, not measured.
 */
export const INTERVAL_BY_HEAT: Readonly<Record<Heat, number>> = {
  frost: 1.15,
  cool: 1.15,
  mild: 1,
  warm: 0.8,
  hot: 0.65,
}

/** The most of that advice: who has had so much in the last hour is due nothing before the hour is over. */
export const MOST_ML_PER_H = 800
/** A bottle that holds many drinks is not a reason to look away for longer. */
const LONGEST_MS = 2 * HOUR_MS
/** Of somebody whose pace is not known. */
export const USUAL_PACE_MPS = 3
const PACES_MPS = { slowest: 1, fastest: 5 }

export type DrinkDue = {
  /** May be past; `null` where the plan goes by distance and the way is known. */
  readonly dueAtMs: number | null
  /** Along the route; `null` where the plan goes by time. */
  readonly dueAtM: number | null
  readonly takenLastHourMl: number
}

/**
 * DP5: the next drink of somebody with a plan who is out; `null` for others. It is due an interval after the last intake, the start being the first;
 * an intake of more than one drink lasts as many intervals. Facts tell when and not where: on a plan by distance the way since then is reckoned
 * by the mean pace so far. Without `alongM` such a plan goes by time, at the pace of the group or 3 m/s.
 */
export function drinkDue(run: RunState, member: Member, nowMs: number, alongM: number | undefined): DrinkDue | null {
  const { drinkPlan: plan } = member
  const startMs = startOf(run, member)
  if (plan === null || startMs === null) return null
  const intakes = intakesOf(run, member)
  const factor = INTERVAL_BY_HEAT[run.head.heat]
  const restMs = restUntilMs(intakes, nowMs)
  const takenLastHourMl = sumMl(intakes, nowMs - HOUR_MS)
  const lasts = ({ drinkMl }: Drunk) => Math.max(1, drinkMl / plan.drinkMl)

  if (plan.everyM !== null && alongM !== undefined) {
    const elapsedMs = Math.max(1, nowMs - startMs)
    const paceMps = bounded((alongM / elapsedMs) * SECOND_MS)
    const atM = (ms: number) => alongM - ((nowMs - ms) / SECOND_MS) * paceMps
    const everyM = plan.everyM * factor
    const dues = intakes.map(
      (intake) => atM(intake.atMs) + Math.min(everyM * lasts(intake), (LONGEST_MS / SECOND_MS) * paceMps),
    )
    const dueAtM = Math.max(0, atM(startMs) + everyM, ...dues, atM(restMs))
    return { dueAtMs: null, dueAtM: Math.round(dueAtM), takenLastHourMl }
  }
  const everyMs = factor * (plan.everyMs ?? ((plan.everyM ?? 0) / paceOf(run, member)) * SECOND_MS)
  const dues = intakes.map((intake) => intake.atMs + Math.min(LONGEST_MS, everyMs * lasts(intake)))
  return { dueAtMs: Math.round(Math.max(startMs + everyMs, ...dues, restMs)), dueAtM: null, takenLastHourMl }
}

/** What they were handed, by whomever, and what they say they have drunk. */
export const intakesOf = (run: RunState, { memberId, drunk }: Member): Drunk[] => [
  ...(drinksGiven(run).get(memberId) ?? []).map(({ atMs, quantity }) => ({ atMs, drinkMl: quantity * BOTTLE_ML })),
  ...drunk,
]

/** All of that since a moment. */
export const takenMl = (run: RunState, member: Member, sinceMs: number): number =>
  sumMl(intakesOf(run, member), sinceMs)

const bounded = (paceMps: number): number => Math.max(PACES_MPS.slowest, Math.min(PACES_MPS.fastest, paceMps))

const sumMl = (intakes: readonly Drunk[], sinceMs: number): number =>
  intakes.reduce((sum, { atMs, drinkMl }) => sum + (atMs > sinceMs ? drinkMl : 0), 0)

/** DP6: from when on the hour before holds less than the most. */
function restUntilMs(intakes: readonly Drunk[], nowMs: number): number {
  let hourMl = 0
  for (const { atMs, drinkMl } of intakes.toSorted((a, b) => b.atMs - a.atMs)) {
    hourMl += drinkMl
    if (hourMl >= MOST_ML_PER_H) return atMs + HOUR_MS > nowMs ? atMs + HOUR_MS : 0
  }
  return 0
}

/** When they set out on the run; `null` before, and once they are home. */
function startOf({ head }: RunState, member: Member): number | null {
  if (head.phase !== 'live' || head.startedAtMs === null || !isOut(member)) return null
  return Math.max(head.startedAtMs, member.windows[0]?.fromMs ?? member.statusAtMs)
}

const paceOf = (run: RunState, { groupId }: Member): number =>
  (groupId && run.groups.get(groupId)?.targetPaceMps) || USUAL_PACE_MPS
