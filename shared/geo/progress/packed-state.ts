/**
 * The filter's state as a row of numbers. A node holds a dozen states of each of thousands of members, and new ones each second: as
 * objects they are a few KB of small things that the garbage collector follows one by one, as numbers one thing of 1 KB.
 */
import type { ProgressState } from './filter.ts'
import type { Hypothesis } from './hypothesis.ts'

/** Only `packed` makes it, and only `unpacked` reads it. */
export type PackedState = readonly number[]

const HYPOTHESES_FROM = 19
const HYPOTHESIS_NUMBERS = 14
/** More than there ever are. */
const HYPOTHESES_MOST = 32

/** Filled anew each time. With a fraction in each place the engine keeps plain numbers, not boxes. */
const scratch: number[] = Array.from({ length: HYPOTHESES_FROM + HYPOTHESES_MOST * HYPOTHESIS_NUMBERS }, () => 0.5)

const flag = (is: boolean): number => (is ? 1 : 0)

/** All of the state, exactly. @param into a row that nobody reads any more, to be written over. */
export function packed(state: ProgressState, into?: PackedState): PackedState {
  const { takenAtMs, lookedAroundAtMs, gait, doubts, hypotheses } = state
  const row = (into ?? scratch) as number[]
  row[0] = takenAtMs
  row[1] = lookedAroundAtMs
  row[2] = gait.usualMps
  row[3] = gait.recentMps
  row[4] = gait.swingM2ps2
  row[5] = gait.movedS
  row[6] = gait.noiseShare
  row[7] = gait.heardS
  row[8] = gait.silences
  row[9] = gait.stays
  row[10] = flag(doubts.isOffRoute)
  row[11] = doubts.offSinceMs
  row[12] = doubts.offEvidence
  row[13] = doubts.agreeing
  row[14] = doubts.agreeingSinceMs
  row[15] = flag(doubts.isWrongWay)
  row[16] = doubts.backM
  row[17] = flag(doubts.isStopped)
  row[18] = doubts.stillS
  let at = HYPOTHESES_FROM
  for (const h of hypotheses) {
    row[at] = h.logWeight
    row[at + 1] = flag(h.isStanding) + 2 * flag(h.isBack)
    row[at + 2] = h.atM
    row[at + 3] = h.speedMps
    row[at + 4] = h.errorM
    row[at + 5] = h.atVar
    row[at + 6] = h.atSpeedCov
    row[at + 7] = h.speedVar
    row[at + 8] = h.atErrorCov
    row[at + 9] = h.speedErrorCov
    row[at + 10] = h.errorVar
    row[at + 11] = h.east
    row[at + 12] = h.north
    row[at + 13] = h.awayM
    at += HYPOTHESIS_NUMBERS
  }
  if (!into) return row.slice(0, at)
  row.length = at
  return row
}

export function unpacked(state: PackedState): ProgressState {
  const number = (at: number): number => state[at] as number
  const hypotheses: Hypothesis[] = []
  for (let at = HYPOTHESES_FROM; at < state.length; at += HYPOTHESIS_NUMBERS)
    hypotheses.push({
      logWeight: number(at),
      isStanding: number(at + 1) % 2 === 1,
      isBack: number(at + 1) >= 2,
      atM: number(at + 2),
      speedMps: number(at + 3),
      errorM: number(at + 4),
      atVar: number(at + 5),
      atSpeedCov: number(at + 6),
      speedVar: number(at + 7),
      atErrorCov: number(at + 8),
      speedErrorCov: number(at + 9),
      errorVar: number(at + 10),
      east: number(at + 11),
      north: number(at + 12),
      awayM: number(at + 13),
    })
  return {
    takenAtMs: number(0),
    hypotheses,
    gait: {
      usualMps: number(2),
      recentMps: number(3),
      swingM2ps2: number(4),
      movedS: number(5),
      noiseShare: number(6),
      heardS: number(7),
      silences: number(8),
      stays: number(9),
    },
    doubts: {
      isOffRoute: number(10) === 1,
      offSinceMs: number(11),
      offEvidence: number(12),
      agreeing: number(13),
      agreeingSinceMs: number(14),
      isWrongWay: number(15) === 1,
      backM: number(16),
      isStopped: number(17) === 1,
      stillS: number(18),
    },
    lookedAroundAtMs: number(1),
  }
}
