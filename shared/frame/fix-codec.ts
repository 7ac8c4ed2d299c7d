/** Live fixes as raw messages: written by phones, read by the server in the place of a schema. */
import type { Fix } from '../geo/fix.ts'
import type { Fixes, NumberedFix } from '../protocol/wire.ts'
import {
  ABSOLUTE,
  ACCURACY_TOLD,
  ALTITUDE_TOLD,
  BATTERY_TOLD,
  FIXES_MAX,
  fixOf,
  goOn,
  HEADING_TOLD,
  HEADINGS,
  JUMP_MOST,
  LARGEST,
  LATITUDE_MOST,
  LONGITUDE_MOST,
  MESSAGE_NUMBERS,
  move,
  nothing,
  PER_BATTERY,
  RATE_SCALE,
  SEQ_TOLD,
  SPEED_TOLD,
  STARTS_OVER,
  STREAM_ID,
  TENTHS_MOST,
  TIME_TOLD,
  type Whole,
  wholeOf,
} from './fix-layout.ts'
import { expectedMove } from './motion.ts'
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
      last.seq === 0 || Math.abs(now.seq - last.seq) > JUMP_MOST || Math.abs(now.takenAtMs - last.takenAtMs) > JUMP_MOST
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
    const ahead = goOn(last, now.takenAtMs)
    const latitudeMove = now.latitude - last.latitude
    const longitudeMove = now.longitude - last.longitude
    putSigned(writer, latitudeMove - expectedMove(last.latitudeRate, ahead, RATE_SCALE))
    putSigned(writer, longitudeMove - expectedMove(last.longitudeRate, ahead, RATE_SCALE))
    move(last, latitudeMove, longitudeMove, ahead)
    if (flags & ACCURACY_TOLD) putVarint(writer, now.accuracy)
    if (flags & SPEED_TOLD) putVarint(writer, now.speed)
    if (flags & HEADING_TOLD) putByte(writer, now.heading)
    if (flags & ALTITUDE_TOLD) putByte(writer, now.hasAltitude ? 1 : 0)
    if (flags & ALTITUDE_TOLD && now.hasAltitude) putSigned(writer, now.altitude - last.altitude)
    if (flags & BATTERY_TOLD) putByte(writer, now.battery)
    last.seq = now.seq
    last.accuracy = now.accuracy
    last.speed = now.speed
    last.heading = now.heading
    last.hasAltitude = now.hasAltitude
    if (now.hasAltitude) last.altitude = now.altitude
    last.battery = now.battery
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

  /** Takes one fix over into `last`. The field that is wrong, if one is. */
  function take(): keyof NumberedFix | 'flags' | undefined {
    const flags = takeByte(reader)
    if (flags & ABSOLUTE) last = nothing()
    else if (last.seq === 0) return 'flags'
    const seq = last.seq + 1 + (flags & SEQ_TOLD ? takeSigned(reader) : 0)
    if (reader.isBad || seq < 1 || seq > LARGEST) return 'seq'
    const takenAtMs = last.takenAtMs + last.stepMs + (flags & TIME_TOLD ? takeSigned(reader) : 0)
    if (reader.isBad || takenAtMs < 0 || takenAtMs > LARGEST) return 'takenAtMs'
    const ahead = goOn(last, takenAtMs)
    last.seq = seq
    const latitudeMove = expectedMove(last.latitudeRate, ahead, RATE_SCALE) + takeSigned(reader)
    const longitudeMove = expectedMove(last.longitudeRate, ahead, RATE_SCALE) + takeSigned(reader)
    move(last, latitudeMove, longitudeMove, ahead)
    if (Math.abs(last.latitude) > LATITUDE_MOST) return 'latitudeDeg'
    if (reader.isBad || Math.abs(last.longitude) > LONGITUDE_MOST) return 'longitudeDeg'
    if (flags & ACCURACY_TOLD) last.accuracy = takeVarint(reader, TENTHS_MOST + 1)
    if (reader.isBad) return 'accuracyM'
    if (flags & SPEED_TOLD) last.speed = takeVarint(reader, TENTHS_MOST + 1)
    if (reader.isBad) return 'speedMps'
    if (flags & HEADING_TOLD) last.heading = takeByte(reader)
    if (reader.isBad || last.heading > HEADINGS) return 'headingDeg'
    if (flags & ALTITUDE_TOLD) takeAltitude()
    if (reader.isBad || Math.abs(last.altitude) > TENTHS_MOST) return 'altitudeM'
    if (flags & BATTERY_TOLD) last.battery = takeByte(reader)
    return reader.isBad || last.battery > PER_BATTERY + 1 ? 'battery' : undefined
  }

  function takeAltitude(): void {
    const told = takeByte(reader)
    if (told > 1) bad(reader)
    last.hasAltitude = told === 1
    if (last.hasAltitude) last.altitude += takeSigned(reader)
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
