/** How a member moves and how wrong their phone is, learned over minutes from what the filter is sure of. */

export type Gait = {
  /** Mean speed while moving, of the last 5 to 10 min. */
  readonly usualMps: number
  /** The same of the last minute or two: hills and fatigue last longer than that. */
  readonly recentMps: number
  /** Mean square of speed about it, while moving. */
  readonly swingM2ps2: number
  /** Seconds of moving it rests on. */
  readonly movedS: number
  /** Deviation of the error along one axis, as a share of the accuracy the phone claims; learned from the distance to the line. */
  readonly noiseShare: number
  /** Seconds of fixes that share rests on. */
  readonly heardS: number
  /** Long intervals without a fix, and in how many of them nobody moved. */
  readonly silences: number
  readonly stays: number
}

/** A club runner's. What phones call accuracy is 68 % within, 1.5 deviations of one axis; some apps send the deviation itself. */
export const beginGait: Gait = {
  usualMps: 2.8,
  recentMps: 2.8,
  swingM2ps2: 0.1,
  movedS: 0,
  noiseShare: 0.8,
  heardS: 0,
  silences: 0,
  stays: 0,
}

const USUAL_OVER_S = 400
const RECENT_OVER_S = 100
/** The first guess of the pace counts like so many seconds of running. */
const USUAL_GUESS_S = 20
const SWING_SHARE = 0.25
const SWING_UNLEARNED_SHARE = 0.5
const SWING_LEAST_MPS = 0.6
const NOISE_OVER_S = 600
const NOISE_GUESS_S = 60
const NOISE_SHARE = { least: 0.35, most: 4 }
const UNKNOWN_ACCURACY_M = 10
const LINE_ERROR_M = 4
const STAYS_GUESS = 0.005
const STAYS_MOST = 0.9
const STAYED_WITHIN_M = 20
/** Slower is a stop, and says nothing about the pace. */
const MOVING_MPS = 0.4
/** A distance from the line counts as at most so many deviations: a detour is not noise. */
const STRAY_MOST = 2.5
/** Of the pace of the next minutes, what cannot be known whatever is learned. */
const DRIFT_SHARE = 0.035

/** How far the speed of somebody who goes is from the usual one, as one deviation: much, before it is learned. */
export function swingOf({ recentMps, movedS }: Gait): number {
  const share = SWING_SHARE + (SWING_UNLEARNED_SHARE * USUAL_GUESS_S) / (USUAL_GUESS_S + movedS)
  return Math.max(SWING_LEAST_MPS, share * recentMps)
}

/** Deviation of a fix's error along one axis, in metres, with what the line itself is wrong by. */
export function noiseOfFix(gait: Gait, accuracyM: number | undefined): number {
  return Math.hypot(LINE_ERROR_M, claimedM(accuracyM) * gait.noiseShare)
}

const claimedM = (accuracyM: number | undefined): number =>
  accuracyM === undefined || !(accuracyM > 0) ? UNKNOWN_ACCURACY_M : Math.max(3, accuracyM)

/** After `dtS` more at a speed; `awayM` is the distance of the fix from the line. */
export function gaitAfter(
  gait: Gait,
  dtS: number,
  speedMps: number,
  awayM: number,
  accuracyM: number | undefined,
): Gait {
  const claimed = claimedM(accuracyM)
  const heardS = Math.min(NOISE_OVER_S, gait.heardS + dtS)
  const noiseGain = Math.min(dtS, NOISE_GUESS_S) / (NOISE_GUESS_S + heardS)
  const stray = Math.min(awayM, STRAY_MOST * claimed * gait.noiseShare) / claimed
  const share2 = gait.noiseShare ** 2
  // Cut at 2.5 deviations, a Gaussian's mean square is 0.92 of itself.
  const noiseShare = Math.sqrt(share2 + noiseGain * ((stray * stray) / 0.92 - share2))
  const kept = Math.max(NOISE_SHARE.least, Math.min(NOISE_SHARE.most, noiseShare))
  if (speedMps < MOVING_MPS) return { ...gait, noiseShare: kept, heardS }
  const { usualMps, recentMps, swingM2ps2, movedS } = gait
  const gain = gainOver(USUAL_OVER_S, dtS, movedS)
  const beyond = speedMps - usualMps
  return {
    usualMps: usualMps + gain * beyond,
    recentMps: recentMps + gainOver(RECENT_OVER_S, dtS, movedS) * (speedMps - recentMps),
    swingM2ps2: swingM2ps2 + gain * (beyond * beyond - swingM2ps2),
    movedS: movedS + dtS,
    noiseShare: kept,
    heardS,
    silences: gait.silences,
    stays: gait.stays,
  }
}

/** How much of `dtS` more counts in a mean over so long, of which some is there. */
const gainOver = (overS: number, dtS: number, movedS: number): number =>
  Math.min(dtS, USUAL_GUESS_S) / (USUAL_GUESS_S + Math.min(overS, movedS))

/** The chance that a long silence is a stop from its beginning: some watches and apps fall silent when nothing moves. */
export function staysChance({ silences, stays }: Gait): number {
  return Math.min(STAYS_MOST, (STAYS_GUESS + stays) / (1 + silences))
}

/** After a long interval without a fix in which somebody gained so much. */
export function gaitAfterSilence(gait: Gait, gainedM: number): Gait {
  const stays = gait.stays + (Math.abs(gainedM) < STAYED_WITHIN_M ? 1 : 0)
  return { ...gait, silences: gait.silences + 1, stays }
}

/** One deviation of the mean pace over the next five minutes or more. */
export function forecastSpread(gait: Gait): number {
  const ownShare = DRIFT_SHARE * gait.usualMps
  const guess = gait.usualMps / Math.sqrt(1 + gait.movedS / 10)
  return Math.sqrt(ownShare * ownShare + 0.2 * gait.swingM2ps2 + 0.02 * guess * guess)
}
