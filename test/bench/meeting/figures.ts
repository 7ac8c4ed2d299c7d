import { SECOND_MS } from '../../../shared/units.ts'
import type { Delivery } from './world.ts'

const KEPT_WITHIN_S = 60

export type Figures = {
  readonly count: number
  readonly keptShare: number
  /** Of those delivered. */
  readonly medianErrorS: number
  /** Positive: later than promised. */
  readonly medianLateS: number
  readonly p95ErrorS: number
  readonly medianLeadS: number
  readonly medianWaitS: number
  readonly undelivered: number
  /** Share handed over within the range that was said; NaN when none was. */
  readonly inRangeShare: number
}

/** The measure of the bench. A hand-over is within 12 m, so whatever is kept here was within 30 m at the moment promised. */
export function figuresOf(deliveries: readonly Delivery[]): Figures {
  const lateS = deliveries.flatMap(({ promisedAtS, deliveredAtS }) =>
    deliveredAtS === null ? [] : [deliveredAtS - promisedAtS],
  )
  const errorsS = lateS.map(Math.abs)
  return {
    count: deliveries.length,
    keptShare: errorsS.filter((errorS) => errorS <= KEPT_WITHIN_S).length / deliveries.length,
    medianErrorS: quantile(errorsS, 0.5),
    medianLateS: quantile(lateS, 0.5),
    p95ErrorS: quantile(errorsS, 0.95),
    medianLeadS: quantile(
      deliveries.map(({ promisedAtS, claimedAtS }) => promisedAtS - claimedAtS),
      0.5,
    ),
    medianWaitS: quantile(
      deliveries.map(({ deliveredAtS, claimedAtS }) => (deliveredAtS ?? Number.POSITIVE_INFINITY) - claimedAtS),
      0.5,
    ),
    undelivered: deliveries.length - lateS.length,
    inRangeShare: inRangeShare(deliveries),
  }
}

function inRangeShare(deliveries: readonly Delivery[]): number {
  const ranged = deliveries.flatMap(({ rangeMs, deliveredAtS }) => {
    if (!rangeMs) return []
    const atMs = (deliveredAtS ?? Number.POSITIVE_INFINITY) * SECOND_MS
    // A world of whole seconds.
    return [atMs >= rangeMs[0] - SECOND_MS && atMs <= rangeMs[1] + SECOND_MS]
  })
  return ranged.filter(Boolean).length / ranged.length
}

export function row(name: string, figures: Figures): string {
  const {
    count,
    keptShare,
    medianErrorS,
    medianLateS,
    p95ErrorS,
    medianLeadS,
    medianWaitS,
    undelivered,
    inRangeShare,
  } = figures
  const seconds = (value: number) => `${value.toFixed(0).padStart(4)} s`
  return `  ${name.padEnd(14)} kept ${(100 * keptShare).toFixed(1).padStart(5)} % of ${String(count).padStart(5)}  error median ${seconds(medianErrorS)}, p95 ${seconds(p95ErrorS)}  late ${seconds(medianLateS)}  promised ahead ${seconds(medianLeadS)}  took ${seconds(medianWaitS)}  undelivered ${undelivered}${Number.isNaN(inRangeShare) ? '' : `  in range ${(100 * inRangeShare).toFixed(0)} %`}\n`
}

/** Mean and half the width of its 95 % interval, by Student's t over independent seeds. */
export function interval95(values: readonly number[]): { readonly mean: number; readonly halfWidth: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, halfWidth: studentT975(values.length - 1) * Math.sqrt(variance / values.length) }
}

/** 97.5 % quantile of Student's t. Method: Cornish-Fisher expansion to the third term; exact to 1 % from 4 degrees of freedom. */
function studentT975(degrees: number): number {
  const z = 1.959964
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7]
  return (
    z +
    (z3 + z) / (4 * degrees) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * degrees ** 3)
  )
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
