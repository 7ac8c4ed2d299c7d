/**
 * Live fixes as raw messages up, each standing on the last fix of the message before it on this connection.
 *
 * Numbers are written as in frames (frame-layout.ts). u8: 0 starts over, and there follow u8 a length and so many letters, the stream's id. Else
 * it goes on in the same stream, as message 1, 2, ... 255, 1, ... since. Then fixes to the end, the first of a message that starts
 * over an absolute one. A fix: u8 flags, and in this order what they tell; with 128 it is absolute, and the last fix counts as all 0 and
 * unknown.
 *
 * | flag | what | bytes | else |
 * | --- | --- | --- | --- |
 * | 1 | `seq`, less one more than the last | signed varint | one more than the last |
 * | 2 | `takenAtMs`, less the one expected | signed varint | as long after the last as that was after its own, at once after an absolute one |
 * | | latitude and longitude, 0.000001 degree, less those expected | 2 signed varints | |
 * | 4 | accuracy | varint, 1 + 0.1 m; 0 unknown | as the last |
 * | 8 | speed | varint, 1 + 0.1 m/s; 0 unknown | as the last |
 * | 16 | heading | u8, 1 + 1.5 degree; 0 unknown | as the last |
 * | 32 | altitude | u8 0 unknown; 1, and a signed varint of 0.1 m, less the last known | as the last |
 * | 64 | battery | u8, 1 + 1/100; 0 unknown | as the last |
 *
 * Expected: t is this fix's time less the last one's in ms, at least 0 and at most 20,000. A coordinate moves by (rate t + 500) / 1000. Then, if t is not
 * 0, its rate becomes (rate t + 1000 moved + t) / 2t, at least -100,000 and at most 100,000: steps a second.
 */
import type { Fix } from '../geo/fix.ts'
import { FIXES_MAX, type Fixes, type NumberedFix } from '../protocol/wire.ts'
import { expectedMove, nextRate } from './motion.ts'
import {
  bad,
  begin,
  byteReader,
  byteWriter,
  finish,
  isAtEnd,
  putByte,
  putSigned,
  putVarint,
  takeByte,
  takeSigned,
  takeVarint,
} from './varint.ts'

const SEQ_TOLD = 1
const TIME_TOLD = 2
const ACCURACY_TOLD = 4
const SPEED_TOLD = 8
const HEADING_TOLD = 16
const ALTITUDE_TOLD = 32
const BATTERY_TOLD = 64
const ABSOLUTE = 128

const STARTS_OVER = 0
const MESSAGE_NUMBERS = 255
const STREAM_ID = /^[a-z0-9]{8,24}$/

const PER_DEG = 1e6
const LATITUDE_MOST = 90 * PER_DEG
const LONGITUDE_MOST = 180 * PER_DEG
const PER_TENTH = 10
const TENTHS_MOST = 1e7
const DEG_PER_HEADING = 1.5
const HEADINGS = 360 / DEG_PER_HEADING
const PER_BATTERY = 100
const LARGEST = 2 ** 51
const JUMP_MOST = 2 ** 40

const RATE_SCALE = 1_000
const RATE_MOST = 100_000
const AHEAD_MOST_MS = 20_000

/** A fix in the whole numbers of the layout; what may be unknown is one more than its value, and 0 if it is. */
type Whole = {
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
/** The last fix, and how it came about. */
type Last = Whole & { stepMs: number; latitudeRate: number; longitudeRate: number }

export type FixEncoder = { encode(fixes: Fixes): Uint8Array }
export type FixDecoder = {
  /**
   * The fixes, always in the ranges of `fixesSchema`; or what is wrong with them, and then all messages are refused until one
   * starts over. A message that was lost, or kept from this decoder, has the same effect.
   */
  decode(bytes: Uint8Array): Fixes | { readonly field: string; readonly detail: string }
}

const writer = byteWriter()

/** One for each connection, and a new one after a refusal: its first message starts over. The fixes are `asSent`. */
export function fixEncoder(): FixEncoder {
  let streamId: string | undefined
  let messageNo = 0
  let last = nothing()

  function put(now: Whole): void {
    const isFar =
      Math.abs(now.seq - last.seq) > JUMP_MOST || Math.abs(now.takenAtMs - last.takenAtMs) > JUMP_MOST || last.seq === 0
    if (isFar) last = nothing()
    const seq = now.seq - last.seq - 1
    const time = now.takenAtMs - last.takenAtMs - last.stepMs
    const isAltitudeNew = now.hasAltitude !== last.hasAltitude || (now.hasAltitude && now.altitude !== last.altitude)
    const flags =
      (isFar ? ABSOLUTE : 0) |
      (seq === 0 ? 0 : SEQ_TOLD) |
      (time === 0 ? 0 : TIME_TOLD) |
      (now.accuracy === last.accuracy ? 0 : ACCURACY_TOLD) |
      (now.speed === last.speed ? 0 : SPEED_TOLD) |
      (now.heading === last.heading ? 0 : HEADING_TOLD) |
      (isAltitudeNew ? ALTITUDE_TOLD : 0) |
      (now.battery === last.battery ? 0 : BATTERY_TOLD)
    putByte(writer, flags)
    if (flags & SEQ_TOLD) putSigned(writer, seq)
    if (flags & TIME_TOLD) putSigned(writer, time)
    const expected = expectedPlace(last, now.takenAtMs)
    putSigned(writer, now.latitude - expected.latitude)
    putSigned(writer, now.longitude - expected.longitude)
    if (flags & ACCURACY_TOLD) putVarint(writer, now.accuracy)
    if (flags & SPEED_TOLD) putVarint(writer, now.speed)
    if (flags & HEADING_TOLD) putByte(writer, now.heading)
    if (flags & ALTITUDE_TOLD) putByte(writer, now.hasAltitude ? 1 : 0)
    if (flags & ALTITUDE_TOLD && now.hasAltitude) putSigned(writer, now.altitude - last.altitude)
    if (flags & BATTERY_TOLD) putByte(writer, now.battery)
    last = followedBy(last, now.hasAltitude ? now : { ...now, altitude: last.altitude }, isFar)
  }

  return {
    encode(fixes) {
      begin(writer)
      if (fixes.streamId === streamId) {
        messageNo = (messageNo % MESSAGE_NUMBERS) + 1
        putByte(writer, messageNo)
      } else {
        streamId = fixes.streamId
        messageNo = 0
        last = nothing()
        putByte(writer, STARTS_OVER)
        putByte(writer, streamId.length)
        for (const letter of streamId) putByte(writer, letter.charCodeAt(0))
      }
      for (const fix of fixes.fixes) put(wholeOf(fix, fix.seq))
      return finish(writer)
    },
  }
}

/** One for each connection; it must see every message of it. */
export function fixDecoder(): FixDecoder {
  let streamId: string | undefined
  let messageNo = 0
  let last = nothing()
  let reader = byteReader(new Uint8Array())

  /** The field that is wrong, if one is. */
  function take(): keyof NumberedFix | 'flags' | undefined {
    const flags = takeByte(reader)
    if (flags & ABSOLUTE) last = nothing()
    else if (last.seq === 0) return 'flags'
    const now: Whole = { ...last }
    const isBad = (): boolean => reader.isBad

    now.seq = last.seq + 1 + (flags & SEQ_TOLD ? takeSigned(reader, LARGEST) : 0)
    if (isBad() || now.seq < 1 || now.seq > LARGEST) return 'seq'
    now.takenAtMs = last.takenAtMs + last.stepMs + (flags & TIME_TOLD ? takeSigned(reader, LARGEST) : 0)
    if (isBad() || now.takenAtMs < 0 || now.takenAtMs > LARGEST) return 'takenAtMs'
    const expected = expectedPlace(last, now.takenAtMs)
    now.latitude = expected.latitude + takeSigned(reader, LARGEST)
    if (isBad() || Math.abs(now.latitude) > LATITUDE_MOST) return 'latitudeDeg'
    now.longitude = expected.longitude + takeSigned(reader, LARGEST)
    if (isBad() || Math.abs(now.longitude) > LONGITUDE_MOST) return 'longitudeDeg'
    if (flags & ACCURACY_TOLD) now.accuracy = takeVarint(reader, TENTHS_MOST + 1)
    if (isBad()) return 'accuracyM'
    if (flags & SPEED_TOLD) now.speed = takeVarint(reader, TENTHS_MOST + 1)
    if (isBad()) return 'speedMps'
    if (flags & HEADING_TOLD) now.heading = takeByte(reader)
    if (isBad() || now.heading > HEADINGS) return 'headingDeg'
    if (flags & ALTITUDE_TOLD) takeAltitude(now)
    if (isBad() || Math.abs(now.altitude) > TENTHS_MOST) return 'altitudeM'
    if (flags & BATTERY_TOLD) now.battery = takeByte(reader)
    if (isBad() || now.battery > PER_BATTERY + 1) return 'battery'
    last = followedBy(last, now, (flags & ABSOLUTE) !== 0)
    return undefined
  }

  function takeAltitude(now: Whole): void {
    const told = takeByte(reader)
    if (told > 1) bad(reader)
    now.hasAltitude = told === 1
    if (now.hasAltitude) now.altitude += takeSigned(reader, LARGEST)
  }

  /** The field that is wrong, if one is. */
  function takeHead(): string | undefined {
    const no = takeByte(reader)
    if (no !== STARTS_OVER) {
      if (streamId === undefined || no !== (messageNo % MESSAGE_NUMBERS) + 1) return 'message'
      messageNo = no
      return undefined
    }
    const length = takeByte(reader)
    let told = ''
    for (let i = 0; i < length && !reader.isBad; i++) told += String.fromCharCode(takeByte(reader))
    if (reader.isBad || !STREAM_ID.test(told)) return 'streamId'
    streamId = told
    messageNo = 0
    last = nothing()
    return undefined
  }

  function refused(field: string, detail: string) {
    streamId = undefined
    return { field, detail }
  }

  return {
    decode(bytes) {
      reader = byteReader(bytes)
      if (bytes.length === 0) return refused('message', 'is empty')
      const wrong = takeHead()
      if (wrong === 'message') return refused(wrong, 'stands on one that was not taken: start over')
      if (wrong !== undefined || streamId === undefined) return refused('streamId', 'is not 8 to 24 of a-z and 0-9')
      const taken: Fixes = { streamId, fixes: [] }
      while (!isAtEnd(reader)) {
        const field = take()
        if (field !== undefined) return refused(`fixes.${taken.fixes.length}.${field}`, 'is cut off or out of range')
        if (taken.fixes.length === FIXES_MAX) return refused('fixes', `are more than ${FIXES_MAX}`)
        taken.fixes.push(fixOf(last))
      }
      return taken.fixes.length > 0 ? taken : refused('fixes', 'are none')
    },
  }
}

/**
 * As precise as a raw message can say it: 0.000001 degree, 0.1 m, 0.1 m/s, 1.5 degrees of heading, 1 % of battery; times are
 * exact. What is more than it can say (1,000 km, 1,000 km/s) is the most it can. What goes in comes out, once it is so.
 */
export function asSent(fix: Fix): Fix {
  const { seq: _, ...sent } = fixOf(wholeOf(fix, 1))
  return sent
}

function wholeOf(fix: Fix, seq: number): Whole {
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

function fixOf(whole: Whole): NumberedFix {
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

const aheadMs = (last: Last, takenAtMs: number): number =>
  Math.min(AHEAD_MOST_MS, Math.max(0, takenAtMs - last.takenAtMs))

function expectedPlace(last: Last, takenAtMs: number): { latitude: number; longitude: number } {
  const ahead = aheadMs(last, takenAtMs)
  return {
    latitude: last.latitude + expectedMove(last.latitudeRate, ahead, RATE_SCALE),
    longitude: last.longitude + expectedMove(last.longitudeRate, ahead, RATE_SCALE),
  }
}

function followedBy(last: Last, now: Whole, isFirst: boolean): Last {
  if (isFirst) return { ...now, stepMs: 0, latitudeRate: 0, longitudeRate: 0 }
  const ahead = aheadMs(last, now.takenAtMs)
  return {
    ...now,
    stepMs: now.takenAtMs - last.takenAtMs,
    latitudeRate: nextRate(last.latitudeRate, now.latitude - last.latitude, ahead, RATE_SCALE, RATE_MOST),
    longitudeRate: nextRate(last.longitudeRate, now.longitude - last.longitude, ahead, RATE_SCALE, RATE_MOST),
  }
}

const nothing = (): Last => ({
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
