/** Frames read, by phones and nodes. Bytes may come from anybody: none of them makes it throw, or work long for little. */
import { readDetails } from './frame-details.ts'
import {
  ABSOLUTE,
  AGE_AHEAD,
  AGE_BITS,
  AGE_FOLLOWS,
  aheadOf,
  DETAILS_FOLLOW,
  expectedWay,
  KEY,
  LATITUDE_MOST,
  LAYOUT,
  LAYOUT_BITS,
  LONGITUDE_MOST,
  MEMBER_NO_MOST,
  MOVED_LISTED,
  MS_PER_TENTH,
  NEAR,
  RATE_MOST,
  RATE_SCALE,
  TIME_MOST,
  UNMOVED_LISTED,
  WAY_FOLLOWS,
  WIDE,
} from './frame-layout.ts'
import type { FramePlace } from './frame-place.ts'
import {
  ALONG_SPEED,
  AT,
  addSlot,
  emptySlot,
  FIELDS,
  FLAGS,
  heldPlaces,
  LATITUDE,
  LATITUDE_RATE,
  LONGITUDE,
  LONGITUDE_RATE,
  placeIn,
} from './held-places.ts'
import { expectedMove, nextRate } from './motion.ts'
import { bad, byteReader, isAtEnd, takeByte, takeFloat, takeSigned, takeVarint, unzigzag } from './varint.ts'

export type ReadFrame = {
  /** These are all that are shown: forget the others. */
  readonly isKey: boolean
  /** The frame's time by the server's clock, in whole 0.1 s. */
  readonly atMs: number
  /** Of a key frame everybody, else who moved; whole places both times. */
  readonly places: readonly FramePlace[]
}
export type FrameReader = {
  /**
   * `gap`: the frame stands on one that was not read; ask for a key frame. Nothing has changed.
   * `unreadable`: no frame of this layout. What follows is a gap, until a key frame comes.
   */
  read(bytes: Uint8Array): ReadFrame | 'gap' | 'unreadable'
}

const MEMBERS_MOST = MEMBER_NO_MOST + 1

export function frameReader(): FrameReader {
  let held = heldPlaces()
  /** Of the frame that was read last, modulo 65536; before the first, none. */
  let no: number | undefined
  let frameAt = 0
  let reader = byteReader(new Uint8Array())
  const last = { latitude: 0, longitude: 0 }

  function readKey(): FramePlace[] {
    held = heldPlaces()
    const atMs = takeFloat(reader)
    frameAt = atMs / MS_PER_TENTH
    if (!isTime(frameAt)) bad(reader)
    const places: FramePlace[] = []
    while (!reader.isBad && !isAtEnd(reader)) {
      const told = takeVarint(reader)
      const slot = addNext(unzigzag(Math.floor(told / 2)))
      if (reader.isBad || told % 2 === 1) continue
      readAbsolute(slot)
      places.push(placeIn(held, slot))
    }
    return places
  }

  function readChanges(kind: number): FramePlace[] {
    frameAt += takeSigned(reader, TIME_MOST)
    if (!isTime(frameAt)) bad(reader)
    const places: FramePlace[] = []
    for (const slot of readSelection(kind)) {
      readRecord(slot)
      if (reader.isBad) return places
      places.push(placeIn(held, slot))
    }
    while (!reader.isBad && !isAtEnd(reader)) {
      const slot = addNext(takeSigned(reader, MEMBER_NO_MOST))
      if (reader.isBad) return places
      readAbsolute(slot)
      places.push(placeIn(held, slot))
    }
    return places
  }

  function addNext(step: number): number {
    const memberNo = (held.count === 0 ? 0 : (held.memberNos[held.count - 1] ?? 0)) + step
    if (reader.isBad || memberNo < 0 || memberNo > MEMBER_NO_MOST || held.count === MEMBERS_MOST) return bad(reader)
    return addSlot(held, memberNo)
  }

  /** The slots that moved, rising. */
  function readSelection(kind: number): number[] {
    const { count } = held
    const slots: number[] = []
    if (kind === 0) {
      for (let first = 0; first < count && !reader.isBad; first += 8) {
        const bits = takeByte(reader)
        if (first + 8 > count && bits >> (count - first) !== 0) bad(reader)
        for (let bit = 0; bit < 8; bit++) if (bits & (1 << bit)) slots.push(first + bit)
      }
      return slots
    }
    let before = -1
    const listed = takeVarint(reader, count)
    for (let i = 0; i < listed && !reader.isBad; i++) {
      const slot = before + 1 + takeVarint(reader, count)
      if (slot >= count) bad(reader)
      if (kind === MOVED_LISTED) slots.push(slot)
      else for (let moved = before + 1; moved < slot && moved < count; moved++) slots.push(moved)
      before = slot
    }
    if (kind === UNMOVED_LISTED) for (let moved = before + 1; moved < count; moved++) slots.push(moved)
    return slots
  }

  function readRecord(slot: number): void {
    const a = takeByte(reader)
    if (a === ABSOLUTE) {
      emptySlot(held, slot)
      readAbsolute(slot)
      return
    }
    if (!held.isBase[slot] || a > WIDE || a % 16 > 2 * NEAR) bad(reader)
    const latitude = a === WIDE ? takeSigned(reader, 4 * LATITUDE_MOST) : (a >> 4) - NEAR
    const longitude = a === WIDE ? takeSigned(reader, 4 * LONGITUDE_MOST) : (a & 15) - NEAR
    const before = held.takenAt[slot] ?? 0
    const b = readAge(slot)
    if (reader.isBad) return
    const { fields } = held
    const of = slot * FIELDS
    const ahead = aheadOf(before, held.takenAt[slot] ?? 0)
    move(of + LATITUDE, of + LATITUDE_RATE, latitude, ahead, LATITUDE_MOST)
    move(of + LONGITUDE, of + LONGITUDE_RATE, longitude, ahead, LONGITUDE_MOST)
    const isAlong = fields[of + FLAGS] !== 0
    if (isAlong) fields[of + AT] = (fields[of + AT] ?? 0) + expectedWay(fields[of + ALONG_SPEED] ?? 0, ahead)
    if (b & WAY_FOLLOWS)
      fields[of + AT] = (fields[of + AT] ?? 0) + (isAlong ? takeSigned(reader, WAY_MOST) : bad(reader))
    if (b & DETAILS_FOLLOW) readDetails(reader, fields, of)
  }

  function readAbsolute(slot: number): void {
    const { fields } = held
    const of = slot * FIELDS
    last.latitude += takeSigned(reader, 2 * LATITUDE_MOST)
    last.longitude += takeSigned(reader, 2 * LONGITUDE_MOST)
    if (Math.abs(last.latitude) > LATITUDE_MOST || Math.abs(last.longitude) > LONGITUDE_MOST) bad(reader)
    fields[of + LATITUDE] = last.latitude
    fields[of + LONGITUDE] = last.longitude
    fields[of + LATITUDE_RATE] = (takeByte(reader) << 24) >> 24
    fields[of + LONGITUDE_RATE] = (takeByte(reader) << 24) >> 24
    const b = readAge(slot)
    if (b & WAY_FOLLOWS) bad(reader)
    if (b & DETAILS_FOLLOW) readDetails(reader, fields, of)
    held.isBase[slot] = 1
  }

  /** Takes over when the fix was taken, and gives B. */
  function readAge(slot: number): number {
    const b = takeByte(reader)
    const short = b & AGE_BITS
    const takenAt = frameAt - (short === AGE_FOLLOWS ? takeSigned(reader, TIME_MOST) : short - AGE_AHEAD)
    if (!isTime(takenAt)) bad(reader)
    held.takenAt[slot] = takenAt
    return b
  }

  function move(no: number, rateNo: number, beyond: number, ahead: number, most: number): void {
    const { fields } = held
    const rate = fields[rateNo] ?? 0
    const moved = expectedMove(rate, ahead, RATE_SCALE) + beyond
    const value = (fields[no] ?? 0) + moved
    if (Math.abs(value) > most) bad(reader)
    fields[no] = value
    fields[rateNo] = nextRate(rate, moved, ahead, RATE_SCALE, RATE_MOST)
  }

  return {
    read(bytes) {
      reader = byteReader(bytes)
      last.latitude = 0
      last.longitude = 0
      const head = takeByte(reader)
      const told = takeByte(reader) * 256 + takeByte(reader)
      const kind = head & ~LAYOUT_BITS
      if (reader.isBad || (head & LAYOUT_BITS) !== LAYOUT || !KINDS.includes(kind)) {
        no = undefined
        return 'unreadable'
      }
      const isKey = kind === KEY
      if (!isKey && (no === undefined || told !== (no + 1) % 65_536)) return 'gap'
      const places = isKey ? readKey() : readChanges(kind)
      no = reader.isBad ? undefined : told
      return reader.isBad ? 'unreadable' : { isKey, atMs: frameAt * MS_PER_TENTH, places }
    },
  }
}

const KINDS: readonly number[] = [0, MOVED_LISTED, UNMOVED_LISTED, KEY]
const WAY_MOST = 2 ** 31 - 1
const isTime = (tenths: number): boolean => Number.isInteger(tenths) && tenths >= 0 && tenths <= TIME_MOST
