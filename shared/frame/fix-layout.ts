/**
 * A message stands on the last fix of the message before it on its connection. Numbers are written as in frames.
 *
 * u8: 0 starts over, and u8 a length and so many letters follow, the `streamId`. 1 to 255 goes on in the same stream, as message 1, 2, ... 255,
 * 1, ... since that one. Then fixes to the end; the first of a message that starts over is absolute. A fix is u8 flags, and in this
 * order what they ask for. With 128 it is absolute: the fix before it counts as all 0 and unknown.
 *
 * | flag | what | as | without the flag |
 * | --- | --- | --- | --- |
 * | 1 | `seq` | signed varint, less one more than the last | one more than the last |
 * | 2 | `takenAtMs` | signed varint, less the one expected without the flag | as long after the last as that was after its own; of an absolute one's successor, at the same time |
 * | | latitude, longitude | 2 signed varints, 0.000001 degree, less those expected | always there |
 * | 4 | accuracy | varint, 1 + 0.1 m; 0 unknown | as the last |
 * | 8 | speed | varint, 1 + 0.1 m/s; 0 unknown | as the last |
 * | 16 | heading | u8, 1 + 1.5 degree; 0 unknown | as the last |
 * | 32 | altitude | u8 0 unknown; or u8 1 and signed varint, 0.1 m, less the last one known | as the last |
 * | 64 | battery | u8, 1 + 1/100; 0 unknown | as the last |
 *
 * Expected: t is this fix's time less the last one's in ms, at least 0 and at most 20,000; of an absolute one 0. A coordinate moves by (rate t + 500) /
 * 1000. Then, if t is not 0, its rate becomes (rate t + 1000 moved + t) / 2t, at least -100,000 and at most 100,000. The first rates are 0.
 */
import type { Fix } from '../geo/fix.ts'
import type { NumberedFix } from '../protocol/wire.ts'
import { nextRate } from './motion.ts'

/** At most this many fixes in one message. Here and not among the schemas, which no browser needs to load. */
export const FIXES_MAX = 500

export const SEQ_TOLD = 1
export const TIME_TOLD = 2
export const ACCURACY_TOLD = 4
export const SPEED_TOLD = 8
export const HEADING_TOLD = 16
export const ALTITUDE_TOLD = 32
export const BATTERY_TOLD = 64
export const ABSOLUTE = 128

export const STARTS_OVER = 0
export const MESSAGE_NUMBERS = 255
export const STREAM_ID = /^[a-z0-9]{8,24}$/

const PER_DEG = 1e6
export const LATITUDE_MOST = 90 * PER_DEG
export const LONGITUDE_MOST = 180 * PER_DEG
const PER_TENTH = 10
export const TENTHS_MOST = 1e7
const DEG_PER_HEADING = 1.5
export const HEADINGS = 360 / DEG_PER_HEADING
export const PER_BATTERY = 100
export const LARGEST = 2 ** 51
export const JUMP_MOST = 2 ** 40

export const RATE_SCALE = 1_000
const RATE_MOST = 100_000
const AHEAD_MOST_MS = 20_000

/** A fix in the whole numbers of the layout; what may be unknown is one more than its value, and 0 if it is. */
export type Whole = {
  seq: number
  takenAtMs: number
  latitude: number
  longitude: number
  accuracy: number
  speed: number
  heading: number
  /** Kept when it is not known any more. */
  altitude: number
  hasAltitude: boolean
  battery: number
}
/** The last fix, and what the next one is expected from. Changed in place: one message after another. */
export type Last = Whole & { stepMs: number; latitudeRate: number; longitudeRate: number }

export function wholeOf(fix: Fix, seq: number): Whole {
  const { accuracyM, speedMps, headingDeg, altitudeM, battery } = fix
  return {
    seq,
    takenAtMs: Math.min(LARGEST, fix.takenAtMs),
    latitude: Math.round(fix.latitudeDeg * PER_DEG),
    longitude: Math.round(fix.longitudeDeg * PER_DEG),
    accuracy: accuracyM === undefined ? 0 : 1 + tenths(accuracyM),
    speed: speedMps === undefined ? 0 : 1 + tenths(speedMps),
    heading: headingDeg === undefined ? 0 : 1 + (Math.round(headingDeg / DEG_PER_HEADING) % HEADINGS),
    altitude: altitudeM === undefined ? 0 : tenths(altitudeM),
    hasAltitude: altitudeM !== undefined,
    battery: battery === undefined ? 0 : 1 + Math.round(battery * PER_BATTERY),
  }
}

const tenths = (value: number): number => Math.min(TENTHS_MOST, Math.max(-TENTHS_MOST, Math.round(value * PER_TENTH)))

export function fixOf(whole: Whole): NumberedFix {
  const fix: NumberedFix = {
    seq: whole.seq,
    latitudeDeg: (whole.latitude + 0) / PER_DEG,
    longitudeDeg: (whole.longitude + 0) / PER_DEG,
    takenAtMs: whole.takenAtMs,
  }
  if (whole.accuracy > 0) fix.accuracyM = (whole.accuracy - 1) / PER_TENTH
  if (whole.speed > 0) fix.speedMps = (whole.speed - 1) / PER_TENTH
  if (whole.heading > 0) fix.headingDeg = (whole.heading - 1) * DEG_PER_HEADING
  if (whole.hasAltitude) fix.altitudeM = (whole.altitude + 0) / PER_TENTH
  if (whole.battery > 0) fix.battery = (whole.battery - 1) / PER_BATTERY
  return fix
}

/** Moves the clock on, and gives for how long its owner is expected to have gone on as before. */
export function goOn(last: Last, takenAtMs: number): number {
  last.stepMs = last.seq === 0 ? 0 : takenAtMs - last.takenAtMs
  last.takenAtMs = takenAtMs
  return Math.min(AHEAD_MOST_MS, Math.max(0, last.stepMs))
}

export function move(last: Last, latitudeMove: number, longitudeMove: number, ahead: number): void {
  last.latitude += latitudeMove
  last.longitude += longitudeMove
  last.latitudeRate = nextRate(last.latitudeRate, latitudeMove, ahead, RATE_SCALE, RATE_MOST)
  last.longitudeRate = nextRate(last.longitudeRate, longitudeMove, ahead, RATE_SCALE, RATE_MOST)
}

export const nothing = (): Last => ({
  seq: 0,
  takenAtMs: 0,
  stepMs: 0,
  latitude: 0,
  longitude: 0,
  latitudeRate: 0,
  longitudeRate: 0,
  accuracy: 0,
  speed: 0,
  heading: 0,
  altitude: 0,
  hasAltitude: false,
  battery: 0,
})
