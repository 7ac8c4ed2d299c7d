/** A plan as somebody types it, and what becomes of it: a wish, or the field that is wrong. */
import { LAPS_MAX } from '../../shared/geo/laps.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { PlanRun } from '../../shared/protocol/http.ts'
import type { PlanShown } from '../../shared/protocol/http-plan.ts'
import type { AlertRule } from '../../shared/run/alerts.ts'
import type { Heat } from '../../shared/run/drink.ts'
import { type CarryList, carryList } from '../../shared/supply/carry-list.ts'
import { USUAL_PACE_MPS } from '../../shared/supply/drink-due.ts'
import { DAY_MS, HOUR_MS, KM_M, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { paceFromText } from './groups.ts'
import { phoneFrom } from './phone-number.ts'
import { localMs, localText, nextSundayMs, sameTimeLaterMs } from './planned-starts.ts'

export type GroupDraft = { readonly name: string; readonly colour: string; readonly pace: string }

export type PlanDraft = {
  readonly title: string
  readonly name: string
  readonly phone: string
  /** As a field for date and time has it. */
  readonly start: string
  readonly expectedMin: number
  readonly longestMin: number
  /** The text of a file, or of what was drawn. */
  readonly route: { readonly text: string; readonly from: string | null } | null
  readonly laps: string
  readonly groups: readonly GroupDraft[]
  readonly heat: Heat
  readonly alertsOff: readonly AlertRule[]
  /** How many are likely to run: for the list of what to carry, and told to nobody. */
  readonly runners: string
  readonly helpers: string
  readonly hasWatcherLink: boolean
  /** Empty: as long as the house keeps any. */
  readonly days: string
  /** An organiser's token. */
  readonly club: string | null
  /** The earlier run whose route is taken over, unless there is one above. */
  readonly again: { readonly seat: string } | null
}

/** A field of the form: also one of a group, `groups.0.name`. */
export type DraftField = keyof PlanDraft | `groups.${number}.${keyof GroupDraft}`
export type DraftProblem =
  | 'needed'
  | 'no-date'
  | 'past'
  | 'far'
  | 'no-phone'
  | 'no-pace'
  | 'no-number'
  | 'no-laps'
  | 'too-long'
export type DraftTrouble = { readonly field: DraftField; readonly problem: DraftProblem }

export const GROUP_COLOURS = [
  '#2266cc',
  '#c8321f',
  '#0b7a4b',
  '#7a3db8',
  '#a85c00',
  '#00798a',
  '#b3186d',
  '#5a5f66',
] as const
const FARTHEST_DAYS = 400
const LATE_MS = HOUR_MS
const HELPERS_MAX = 500

export const freshDraft = (nowMs: number, me: Pick<PlanDraft, 'name' | 'phone'>): PlanDraft => ({
  ...me,
  title: '',
  start: localText(nextSundayMs(nowMs)),
  expectedMin: 180,
  longestMin: 14 * 60,
  route: null,
  laps: '',
  groups: [],
  heat: 'mild',
  alertsOff: [],
  runners: '',
  helpers: '',
  hasWatcherLink: true,
  days: '',
  club: null,
  again: null,
})

/** Another run like an earlier one: the same day of the week and time, and all of its plan but its people. */
export const draftAgain = (
  fresh: PlanDraft,
  earlier: PlanShown,
  {
    seat,
    club,
    nowMs,
    mostDays,
  }: { readonly seat: string; readonly club: string | null; readonly nowMs: number; readonly mostDays: number },
): PlanDraft => ({
  ...fresh,
  title: earlier.title ?? '',
  start: localText(sameTimeLaterMs(earlier.plannedStartMs, nowMs)),
  expectedMin: Math.round(earlier.expectedDurationMs / MINUTE_MS),
  longestMin: Math.round(earlier.longestDurationMs / MINUTE_MS),
  groups: earlier.groups.map(({ name, colour, targetPaceMps }) => ({
    name,
    colour,
    pace: targetPaceMps === null ? '' : paceFieldText(targetPaceMps),
  })),
  heat: earlier.heat,
  alertsOff: earlier.alertsOff,
  helpers: earlier.helpersWanted === null ? '' : String(earlier.helpersWanted),
  hasWatcherLink: earlier.hasWatcherLink,
  days: String(Math.min(earlier.retentionDays, mostDays)),
  club,
  again: earlier.hasRoute ? { seat } : null,
})

/** "5:30", as `paceFromText` reads it. */
export function paceFieldText(paceMps: number): string {
  const seconds = Math.round(KM_M / paceMps)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** What the server is asked for, or the first field that is wrong. `mostDays`: for how long the house keeps a run. */
export function planFrom(
  draft: PlanDraft,
  nowMs: number,
  mostDays: number,
): { readonly plan: Omit<PlanRun, 'createKey'> } | DraftTrouble {
  const { groups, route } = draft
  const startMs = localMs(draft.start)
  const leaderPhone = phoneFrom(draft.phone)
  if (draft.name.trim() === '') return { field: 'name', problem: 'needed' }
  if (leaderPhone === undefined) return { field: 'phone', problem: 'no-phone' }
  if (startMs === null) return { field: 'start', problem: 'no-date' }
  if (startMs < nowMs - LATE_MS) return { field: 'start', problem: 'past' }
  if (startMs > nowMs + FARTHEST_DAYS * DAY_MS) return { field: 'start', problem: 'far' }
  for (const [i, { name, pace }] of groups.entries()) {
    if (name.trim() === '') return { field: `groups.${i}.name`, problem: 'needed' }
    if (pace.trim() !== '' && paceFromText(pace) === null) return { field: `groups.${i}.pace`, problem: 'no-pace' }
  }
  const laps = lapsFrom(draft.laps)
  if (route && laps === undefined) return { field: 'laps', problem: 'no-laps' }
  const helpersWanted = wholeIn(draft.helpers, 0, HELPERS_MAX)
  if (helpersWanted === undefined) return { field: 'helpers', problem: 'no-number' }
  const retentionDays = wholeIn(draft.days, 1, Number.POSITIVE_INFINITY)
  if (retentionDays === undefined) return { field: 'days', problem: 'no-number' }
  if (retentionDays !== null && retentionDays > mostDays) return { field: 'days', problem: 'too-long' }
  return {
    plan: {
      title: draft.title.trim() || null,
      leaderName: draft.name.trim(),
      leaderPhone,
      plannedStartMs: startMs,
      expectedDurationMs: draft.expectedMin * MINUTE_MS,
      longestDurationMs: Math.max(draft.longestMin, draft.expectedMin) * MINUTE_MS,
      recordedShiftMs: 0,
      routeFile: route?.text ?? null,
      routeLaps: route ? (laps ?? null) : null,
      groups: groups.map(({ name, colour, pace }) => ({
        name: name.trim(),
        colour,
        targetPaceMps: paceFromText(pace),
      })),
      heat: draft.heat,
      alertsOff: [...draft.alertsOff],
      helpersWanted,
      retentionDays,
      hasWatcherLink: draft.hasWatcherLink,
      again: route ? null : draft.again,
      club: draft.club,
    },
  }
}

/** `null`: as the file has them; `undefined` for no number of laps. */
export const lapsFrom = (text: string): number | null | undefined => wholeIn(text, 1, LAPS_MAX)

/** `null` for an empty field, `undefined` for what is no whole number in between. */
function wholeIn(text: string, least: number, most: number): number | null | undefined {
  if (text.trim() === '') return null
  const value = Number(text)
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined
}

/** The server's name of a field as the form's; `null` when it is about none of them. */
export function fieldOfRefusal({ field = '' }: Pick<Refusal, 'field'>): DraftField | null {
  const [first = '', second = '', third = ''] = field.split('.')
  if (first === 'groups') return third === 'name' ? `groups.${Number(second)}.name` : `groups.${Number(second)}.pace`
  return fields[first] ?? null
}

const fields: Readonly<Record<string, DraftField>> = {
  title: 'title',
  leaderName: 'name',
  leaderPhone: 'phone',
  plannedStartMs: 'start',
  expectedDurationMs: 'expectedMin',
  longestDurationMs: 'longestMin',
  routeFile: 'route',
  routeLaps: 'laps',
  body: 'route', // only a route is ever too large
  helpersWanted: 'helpers',
  retentionDays: 'days',
  again: 'again',
  club: 'club',
}

/** CL1, CL2, for as many runners as are likely to come; `null` until somebody has said how many. `routeM`: `null` goes by the time. */
export function draftCarry(draft: PlanDraft, routeM: number | null): CarryList | null {
  const runners = wholeIn(draft.runners, 1, 10_000)
  if (!runners) return null
  const paces = draft.groups.flatMap(({ pace }) => paceFromText(pace) ?? [])
  const msPerM = paces.reduce((sum, paceMps) => sum + 1 / paceMps, 0) / paces.length
  const paceMps = paces.length > 0 ? 1 / msPerM : USUAL_PACE_MPS
  return carryList({
    runners,
    minors: 0,
    routeM: routeM ?? (paceMps * draft.expectedMin * MINUTE_MS) / SECOND_MS,
    paceMps,
    heat: draft.heat,
    plans: [],
    helpers: [],
    refills: [],
  })
}
