/** From measurements to figures: medians of repeats, and each against the floor of the same round. */
import type { Measured } from './load.ts'
import type { Shape } from './system.ts'

const MILLION = 1e6
const HOUR_S = 3_600
const KB = 1_024
const GENERATOR_BUSY_MOST = 0.9
const GENERATOR_WAITED_MOST = 0.05

export type Spread = { readonly median: number; readonly least: number; readonly most: number }

export type Figures = {
  readonly cpuSPerMillionViews: Spread
  /** Of the median, in the kernel. */
  readonly systemShare: number
  /** Of each process, of all CPU time of the server side. */
  readonly shares: Readonly<Record<string, number>>
  /** To the floor of the same round; `null` when the floor was not measured. */
  readonly timesFloor: Spread | null
  /** Of one core, by the whole server side. */
  readonly serverBusy: Spread
  readonly ageP50Ms: number
  readonly ageP99Ms: number
  readonly expected: number
  readonly deliveredShare: number
  readonly skipped: number
  readonly lost: number
  readonly receivedMbPerMemberHour: number
  readonly sentKbPerMemberHour: number
  /** Of the server side, above what it had before anybody connected. */
  readonly kbPerMember: number
  readonly generatorBusy: Spread
  /** Of the window, for its core: what else the machine did. */
  readonly generatorWaited: Spread
  /** The generator had time left and its core for itself; otherwise that was measured, not the server. */
  readonly isValid: boolean
}

export function figuresOf(
  measured: readonly Measured[],
  floor: readonly Measured[],
  { runs, members }: Shape,
  isNewestWins: boolean,
): Figures {
  const people = runs * members
  const costs = measured.map(costOf)
  const sum = (of: (one: Measured) => number) => measured.reduce((total, one) => total + of(one), 0)
  const cpuS = sum(cpuSOf)
  const expected = sum(({ expected }) => expected)
  const delivered = sum(({ delivered }) => delivered)
  const skipped = sum(({ skipped }) => skipped)
  const memberHours = (people * sum(({ windowS }) => windowS)) / HOUR_S
  const shares: Record<string, number> = {}
  for (const { cpu } of measured)
    for (const { name, userS, systemS } of cpu) shares[name] = (shares[name] ?? 0) + (userS + systemS) / cpuS
  const ratios = costs.flatMap((cost, round) => (floor[round] ? [cost / costOf(floor[round])] : []))
  const generatorWaited = spreadOf(measured.map((one) => one.generatorWaited))
  const generatorBusy = spreadOf(measured.map((one) => one.generatorBusy))
  return {
    cpuSPerMillionViews: spreadOf(costs),
    systemShare: sum(({ cpu }) => cpu.reduce((total, { systemS }) => total + systemS, 0)) / cpuS,
    shares,
    timesFloor: ratios.length > 0 ? spreadOf(ratios) : null,
    serverBusy: spreadOf(measured.map((one) => cpuSOf(one) / one.windowS)),
    ageP50Ms: spreadOf(measured.map((one) => one.ageP50Ms)).median,
    ageP99Ms: spreadOf(measured.map((one) => one.ageP99Ms)).median,
    expected,
    deliveredShare: delivered / expected,
    skipped: isNewestWins ? skipped : 0,
    lost: expected - delivered - (isNewestWins ? skipped : 0),
    receivedMbPerMemberHour: sum(({ traffic }) => traffic.receivedBytes) / memberHours / MILLION,
    sentKbPerMemberHour: sum(({ traffic }) => traffic.sentBytes) / memberHours / 1_000,
    kbPerMember: spreadOf(measured.map((one) => (one.residentBytes - one.residentBytesBefore) / people / KB)).median,
    generatorBusy,
    generatorWaited,
    isValid: generatorBusy.most <= GENERATOR_BUSY_MOST && generatorWaited.most <= GENERATOR_WAITED_MOST,
  }
}

const cpuSOf = ({ cpu }: Measured): number => cpu.reduce((total, { userS, systemS }) => total + userS + systemS, 0)
const costOf = (one: Measured): number => (cpuSOf(one) / one.viewsInWindow) * MILLION

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const at = (index: number) => sorted[index] ?? Number.NaN
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  }
}
