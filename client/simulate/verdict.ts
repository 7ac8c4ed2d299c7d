/**
 * Whether a simulated run was well looked after: who was served, whether what was planted was noticed, what sounded for nothing, and
 * whether everybody is accounted for. Judged from facts and from what was planted, never from what phones believed.
 */
import { type AlertRule, alertPolicyOf } from '../../shared/run/alerts.ts'
import type { Heat } from '../../shared/run/drink.ts'
import { isOut } from '../../shared/run/questions.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import type { Request, RunState } from '../../shared/run/state.ts'
import { HOUR_MS, type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { type Plant, type PlantKind, plantPolicyOf } from './plants.ts'
import type { AlertStory, Story } from './story.ts'
import { percentile } from './tally.ts'

/** An alert that comes so soon after a trouble is over was still about it. */
const AFTERWARDS_MS = MINUTE_MS
/** So long after the taps run again bags may still be empty. */
const REFILLED_AFTER_MS = 15 * MINUTE_MS
/** Whoever is ticked so often is not lost. */
const IN_SIGHT_EVERY_MS = 15 * MINUTE_MS
/** A dead phone is to be noticed so soon after the threshold of its rule. */
export const NOTICED_WITHIN_MS = 10 * SECOND_MS

/** AT23, AT24: since they were last heard. In frost phones die: then the list comes first, and the sound waits. */
const silenceMs = (rule: AlertRule, heat: Heat): number => {
  const isFrost = heat === 'frost'
  return (rule === 'no-contact' ? (isFrost ? 5 : 20) : isFrost ? 10 : 5) * MINUTE_MS
}

export type Noticed = {
  readonly plant: Plant
  /** `null`: nobody noticed. Since it began. */
  readonly afterMs: number | null
  /** Of a dead phone: how long after the threshold of the rule that noticed it. */
  readonly overThresholdMs: number | null
}

export type UnservedReason = 'out of stock' | 'taken back' | 'author left' | 'phone died' | 'run ended'

export type Verdict = {
  readonly hours: number
  readonly needs: number
  readonly served: number
  readonly unserved: ReadonlyMap<UnservedReason, number>
  /** Of those that stock and cyclists sufficed for. */
  readonly servedShare: number
  readonly waitsMs: { readonly median: number; readonly p95: number }
  readonly noticed: readonly Noticed[]
  readonly missed: readonly Plant[]
  /** Sounded, and nothing of the kind was planted. */
  readonly falseAudible: readonly AlertStory[]
  readonly falseAlarmCalls: number
  readonly audibleCount: number
  /** On the list without a sound, and nothing of the kind was planted. */
  readonly unplannedSilent: readonly AlertStory[]
  readonly assumedCount: number
  readonly unaccounted: number
}

export type Judged = { readonly run: RunState; readonly planted: readonly Plant[]; readonly story: Story }

export function verdictOf({ run, planted, story }: Judged): Verdict {
  const { startedAtMs, endedAtMs, heat, missing, missingGuestCount } = run.head
  const requests = [...run.requests.values()]
  const needs = requests.filter(({ kind }) => policyOf(kind).isItem)
  const served = needs.filter(({ status }) => status === 'delivered')
  const unserved = new Map<UnservedReason, number>()
  for (const need of needs.filter(({ status }) => status !== 'delivered')) {
    const reason = reasonOf(need, planted)
    unserved.set(reason, (unserved.get(reason) ?? 0) + 1)
  }
  const servable = needs.length - (unserved.get('out of stock') ?? 0)
  const waits = served.map(({ raisedAtMs, endedAtMs: atMs }) => (atMs ?? raisedAtMs) - raisedAtMs)
  const alerts = [...story.alerts.values()]
  const noticed = planted.map((plant) => noticedOf(plant, run, story, heat))
  const audible = alerts.filter(({ rule, raisedAtMs }) => alertPolicyOf(rule).isAudible && raisedAtMs !== null)
  const hurt = new Set(planted.filter(({ kind }) => kind === 'hurt').map(({ memberId }) => memberId))
  const members = [...run.members.values()]
  return {
    hours: ((endedAtMs ?? 0) - (startedAtMs ?? 0)) / HOUR_MS,
    needs: needs.length,
    served: served.length,
    unserved,
    servedShare: servable > 0 ? served.length / servable : 1,
    waitsMs: { median: percentile(waits, 0.5), p95: percentile(waits, 0.95) },
    noticed,
    missed: noticed
      .filter(({ plant, afterMs }) => plant.isFelt && plantPolicyOf(plant.kind).mustBeNoticed && afterMs === null)
      .map(({ plant }) => plant),
    audibleCount: audible.length,
    falseAudible: audible.filter((alert) => !isExplained(alert, planted)),
    falseAlarmCalls: requests.filter(({ kind, runnerId }) => isAlarm(kind) && !hurt.has(runnerId)).length,
    unplannedSilent: alerts.filter((alert) => !audible.includes(alert) && !isExplained(alert, planted)),
    assumedCount: needs.filter(({ isAssumed }) => isAssumed).length,
    unaccounted: Math.max(missing.length, members.filter(isOut).length) + missingGuestCount,
  }
}

function noticedOf(plant: Plant, run: RunState, { alerts, doubts, seenAtMs }: Story, heat: Heat): Noticed {
  const { kind, memberId, requestId, begunAtMs } = plant
  const since = (atMs: number | null | undefined) => ({
    plant,
    afterMs: atMs === null || atMs === undefined ? null : Math.max(0, atMs - begunAtMs),
    overThresholdMs: null,
  })
  const request = requestId ? run.requests.get(requestId) : undefined
  if (kind === 'hurt') return since(request?.claimedAtMs)
  if (kind === 'silent-cyclist') {
    const doubt = doubts.find(
      (each) => each.requestId === requestId && each.cyclistId === memberId && each.atMs >= begunAtMs,
    )
    // Taken over by a swap, or served by somebody who came by: the need was not left behind.
    return since(doubt?.atMs ?? (request && request.cyclistId !== memberId ? request.endedAtMs : null))
  }
  const first = [...alerts.values()]
    .filter((alert) => isAbout(alert, plant))
    .sort((a, b) => a.begunAtMs - b.begunAtMs)[0]
  if (kind !== 'dead-phone') return since(first?.begunAtMs)
  if (!first) {
    const end = memberId ? run.members.get(memberId)?.statusAtMs : undefined
    const seen = (memberId && seenAtMs.get(memberId)?.filter((atMs) => atMs >= begunAtMs)) || []
    return since(isKeptInSight(begunAtMs, seen, end ?? begunAtMs) ? seen[0] : null)
  }
  const overThresholdMs = first.begunAtMs - first.sinceMs - silenceMs(first.rule, heat)
  return { ...since(first.begunAtMs), overThresholdMs }
}

/** No alert is needed about who meets a helper again and again, although their phone is dead. */
function isKeptInSight(begunAtMs: number, seenAtMs: readonly number[], accountedAtMs: number): boolean {
  let lastMs = begunAtMs
  for (const atMs of [...seenAtMs, accountedAtMs]) {
    if (atMs - lastMs > IN_SIGHT_EVERY_MS) return false
    lastMs = atMs
  }
  return seenAtMs.length > 0
}

/** Of the kind, of the person, and while it lasted. */
function isAbout({ rule, memberId, begunAtMs, clearedAtMs }: AlertStory, plant: Plant): boolean {
  return (
    plantPolicyOf(plant.kind).rules.includes(rule) &&
    (memberId === null || memberId === plant.memberId) &&
    begunAtMs <= (plant.endedAtMs ?? Number.POSITIVE_INFINITY) + AFTERWARDS_MS &&
    (clearedAtMs ?? Number.POSITIVE_INFINITY) > plant.begunAtMs
  )
}

/** Who is silent where there is no network is silent indeed. */
const SILENCES: readonly PlantKind[] = ['dead-phone', 'no-network', 'lost-link', 'silent-cyclist']

function isExplained(alert: AlertStory, planted: readonly Plant[]): boolean {
  const isOfSilence = alert.rule === 'silent-overdue' || alert.rule === 'no-contact'
  return planted.some((plant) => {
    if (isAbout(alert, plant)) return true
    const isSilence = isOfSilence && SILENCES.includes(plant.kind) && plant.memberId === alert.memberId
    return (
      isSilence && alert.begunAtMs >= plant.begunAtMs && alert.sinceMs <= (plant.endedAtMs ?? Number.POSITIVE_INFINITY)
    )
  })
}

function reasonOf(
  { kind, runnerId, raisedAtMs, endedAtMs, cancelReason }: Request,
  planted: readonly Plant[],
): UnservedReason {
  const during = (plant: Plant, moreMs: number) =>
    plant.begunAtMs < (endedAtMs ?? Number.POSITIVE_INFINITY) &&
    raisedAtMs < (plant.endedAtMs ?? Number.POSITIVE_INFINITY) + moreMs
  const isOf = (runner: MemberId | null) => runner === runnerId
  if (kind === 'water' && planted.some((plant) => plant.kind === 'dry-taps' && during(plant, REFILLED_AFTER_MS)))
    return 'out of stock'
  if (planted.some((plant) => plant.kind === 'dead-phone' && isOf(plant.memberId))) return 'phone died'
  if (cancelReason === 'author-left') return 'author left'
  return cancelReason === 'run-ended' ? 'run ended' : 'taken back'
}
