/** A verdict for people: what missed its bar, in lines and as a row. */
import type { RunState } from '../../shared/run/state.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { type PlantKind, plantPolicyOf } from './plants.ts'
import type { Scenario } from './scenario.ts'
import { NOTICED_WITHIN_MS, type Verdict } from './verdict.ts'

const SERVED_SHARE = 0.95
const FALSE_AUDIBLE_AN_HOUR = 1

/** Each bar that was missed, in a sentence. */
export function faultsOf(verdict: Verdict, { heat }: Pick<Scenario, 'heat'>): string[] {
  const { servedShare, falseAudible, falseAlarmCalls, hours, missed, unaccounted, noticed } = verdict
  const faults: string[] = []
  if (servedShare < SERVED_SHARE) faults.push(`only ${percent(servedShare)} of the needs served`)
  const falseCount = falseAudible.length + falseAlarmCalls
  // A run of less than an hour may have one.
  if (falseCount > FALSE_AUDIBLE_AN_HOUR * Math.max(1, hours)) faults.push(`${falseCount} false audible alerts`)
  for (const { kind } of missed) faults.push(`nobody noticed: ${kind}`)
  if (unaccounted > 0) faults.push(`${unaccounted} unaccounted for`)
  const late = noticed.filter(({ overThresholdMs }) => (overThresholdMs ?? 0) > NOTICED_WITHIN_MS)
  // Elsewhere a phone is overdue only once the others have passed.
  if (heat === 'frost' && late.length > 0) faults.push(`${late.length} dead phones noticed late`)
  return faults
}

/** What was planted, and how it went. */
export function tellVerdict(verdict: Verdict, run: RunState): string {
  const { unserved, noticed, falseAudible, falseAlarmCalls, audibleCount, unplannedSilent, hours, assumedCount } =
    verdict
  const numberOf = (memberId: string | null) =>
    memberId ? `no. ${run.members.get(memberId as never)?.memberNo}` : 'all'
  const reasons = [...unserved].map(([reason, count]) => `${count} ${reason}`).join(', ')
  const toNotice = noticed.filter(({ plant }) => plantPolicyOf(plant.kind).mustBeNoticed)
  const countOf = (kind: PlantKind) => noticed.filter(({ plant }) => plant.kind === kind).length
  const lines = toNotice.map(({ plant, afterMs, overThresholdMs }) => {
    const late = overThresholdMs === null ? '' : `, ${(overThresholdMs / SECOND_MS).toFixed(0)} s after its threshold`
    const after =
      afterMs === null
        ? plant.isFelt
          ? 'not noticed'
          : 'not felt by anybody'
        : `noticed after ${minutes(afterMs)} min${late}`
    return `  ${plant.kind.padEnd(15)} ${numberOf(plant.memberId).padEnd(7)} ${after}`
  })
  const falseLines = falseAudible.map(
    ({ rule, memberId, sinceMs, raisedAtMs }) =>
      `  false: ${rule} ${numberOf(memberId)}, ${minutes((raisedAtMs ?? 0) - sinceMs)} min after it began`,
  )
  return [
    `Served     ${verdict.served} of ${verdict.needs}${reasons ? ` (${reasons})` : ''}, ${assumedCount} assumed`,
    `Audible    ${audibleCount} in ${hours.toFixed(1)} h, ${falseAudible.length + falseAlarmCalls} of them false; ${unplannedSilent.length} on the list that were not planted${kindsOf(unplannedSilent)}`,
    ...falseLines,
    `Planted    ${toNotice.length}, and ${countOf('no-network')} dead zones; ${countOf('lost-link')} connections broke by themselves`,
    ...lines,
    `Unaccounted ${verdict.unaccounted}`,
  ].join('\n')
}

/** Markdown, as docs/SCENARIOS.md has it. */
export function tableOf(
  rows: readonly { readonly name: string; readonly verdict: Verdict; readonly faults: readonly string[] }[],
): string {
  const head = [
    '| scenario | hours | needs | served | wait median / p95 min | planted: noticed / missed | audible: all / false | unaccounted | bars |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ]
  const body = rows.map(({ name, verdict, faults }) => {
    const { hours, needs, servedShare, waitsMs, noticed, missed, audibleCount, falseAudible, falseAlarmCalls } = verdict
    const seen = noticed.filter(({ afterMs }) => afterMs !== null).length
    const wait = `${minutes(waitsMs.median)} / ${minutes(waitsMs.p95)}`
    const falses = falseAudible.length + falseAlarmCalls
    const bars = faults.length > 0 ? faults.join('; ') : 'met'
    return `| ${name} | ${hours.toFixed(1)} | ${needs} | ${percent(servedShare)} | ${wait} | ${seen} / ${missed.length} | ${audibleCount} / ${falses} | ${verdict.unaccounted} | ${bars} |`
  })
  return [...head, ...body].join('\n')
}

/** ` (straggling 3, stopped 1)` */
function kindsOf(alerts: Verdict['unplannedSilent']): string {
  const counts = new Map<string, number>()
  for (const { rule } of alerts) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return counts.size > 0 ? ` (${[...counts].map(([rule, count]) => `${rule} ${count}`).join(', ')})` : ''
}

const minutes = (ms: number): string => (Number.isNaN(ms) ? '-' : (ms / MINUTE_MS).toFixed(1))
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
