/** Frames written: encoded once a lane and tick, for everybody who reads the lane. */
import { maskOf, putDetails, signed, takeDetails } from './frame-details.ts'
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
  LONGITUDE_MOST,
  MOVED_LISTED,
  MS_PER_TENTH,
  NEAR,
  PER_DEG,
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
  type HeldPlaces,
  heldPlaces,
  LATITUDE,
  LATITUDE_RATE,
  LONGITUDE,
  LONGITUDE_RATE,
} from './held-places.ts'
import { expectedMove, nextRate } from './motion.ts'
import { begin, byteWriter, finish, putByte, putFloat, putSigned, putVarint, zigzag } from './varint.ts'

export type FrameLane = {
  /** Of the newest frame; 0 before the first. */
  readonly no: number
  /** The next frame, for who read the one before; `undefined`, and no frame, when nobody moved. */
  next(atMs: number, moved: readonly FramePlace[]): Uint8Array | undefined
  /**
   * Everybody as of frame `no`, for who has nothing to stand on. Of whom `isShown` refuses it has no place, and the
   * next frame that does tells it anew. `isShown` must leave frames alone.
   */
  key(isShown: (memberNo: number) => boolean): Uint8Array
}

/** One for all lanes: each message is put together in one go. Beside it, where its last absolute record was. */
const writer = byteWriter()
const last = { latitude: 0, longitude: 0 }

export function frameLane(): FrameLane {
  const held = heldPlaces()
  /** By member number, one more than the slot; 0 nobody. */
  let slotOf = new Int32Array(8)
  /** By slot, one more than where in `moved` its newest place is; 0 nowhere. */
  let placeOf = new Int32Array(8)
  let no = 0
  let frameAt = 0

  function slotFor(memberNo: number): number {
    const known = slotOf[memberNo]
    if (known) return known - 1
    const slot = addSlot(held, memberNo)
    if (memberNo >= slotOf.length) slotOf = grown(slotOf, memberNo)
    if (slot >= placeOf.length) placeOf = grown(placeOf, slot)
    slotOf[memberNo] = slot + 1
    return slot
  }

  function putMoved(slot: number, moved: readonly FramePlace[], isNew: boolean): void {
    const place = moved[(placeOf[slot] ?? 0) - 1]
    placeOf[slot] = 0
    if (!place) return
    if (isNew || !held.isBase[slot]) {
      takeAnew(held, slot, place)
      if (!isNew) putByte(writer, ABSOLUTE)
      putAbsolute(held, slot, frameAt)
      held.isBase[slot] = 1
    } else putRecord(held, slot, place, frameAt)
  }

  return {
    get no() {
      return no
    },
    next(atMs, moved) {
      if (moved.length === 0) return undefined
      const known = held.count
      const slots: number[] = []
      for (let i = 0; i < moved.length; i++) {
        const slot = slotFor(moved[i]?.memberNo ?? 0)
        if (slot < known && placeOf[slot] === 0) slots.push(slot)
        placeOf[slot] = i + 1
      }
      const at = tenthsOf(Math.floor(atMs / MS_PER_TENTH))
      putHead(++no, selectionOf(slots.length, known))
      putSigned(writer, at - frameAt)
      frameAt = at
      putSelection(inOrder(slots), known)
      for (const slot of slots) putMoved(slot, moved, false)
      for (let slot = known; slot < held.count; slot++) {
        putSigned(writer, numberStep(held, slot))
        putMoved(slot, moved, true)
      }
      return finish(writer)
    },
    key(isShown) {
      putHead(no, KEY)
      putFloat(writer, frameAt * MS_PER_TENTH)
      for (let slot = 0; slot < held.count; slot++) {
        const isHidden = !isShown(held.memberNos[slot] ?? 0)
        putVarint(writer, 2 * zigzag(numberStep(held, slot)) + (isHidden ? 1 : 0))
        if (isHidden) held.isBase[slot] = 0
        else putAbsolute(held, slot, frameAt)
      }
      return finish(writer)
    },
  }
}

/** A key frame of these places alone. */
export function frameOf(atMs: number, places: readonly FramePlace[]): Uint8Array {
  const lane = frameLane()
  lane.next(atMs, places)
  return lane.key(() => true)
}

function putHead(no: number, kind: number): void {
  begin(writer)
  last.latitude = 0
  last.longitude = 0
  putByte(writer, LAYOUT | kind)
  putByte(writer, no >> 8)
  putByte(writer, no)
}

/** The shortest way to say which slots moved. */
function selectionOf(movedCount: number, count: number): number {
  const least = Math.min(movedCount, count - movedCount)
  if (least + 1 >= Math.ceil(count / 8)) return 0
  return least === movedCount ? MOVED_LISTED : UNMOVED_LISTED
}

function putSelection(slots: readonly number[], count: number): void {
  const kind = selectionOf(slots.length, count)
  if (kind === 0) {
    for (let first = 0, i = 0; first < count; first += 8) {
      let bits = 0
      for (; i < slots.length && (slots[i] ?? 0) < first + 8; i++) bits |= 1 << ((slots[i] ?? 0) - first)
      putByte(writer, bits)
    }
    return
  }
  const isOfMoved = kind === MOVED_LISTED
  putVarint(writer, isOfMoved ? slots.length : count - slots.length)
  let before = -1
  const list = (slot: number): void => {
    putVarint(writer, slot - before - 1)
    before = slot
  }
  if (isOfMoved) slots.forEach(list)
  else
    for (let slot = 0, i = 0; slot < count; slot++)
      if (slots[i] === slot) i++
      else list(slot)
}

function putRecord(held: HeldPlaces, slot: number, place: FramePlace, frameAt: number): void {
  const { fields } = held
  const of = slot * FIELDS
  const takenAt = tenthsOf(Math.round(place.takenAtMs / MS_PER_TENTH))
  const ahead = aheadOf(held.takenAt[slot] ?? 0, takenAt)
  held.takenAt[slot] = takenAt
  const latitude = move(fields, of + LATITUDE, of + LATITUDE_RATE, latitudeOf(place), ahead)
  const longitude = move(fields, of + LONGITUDE, of + LONGITUDE_RATE, longitudeOf(place), ahead)
  if (Math.abs(latitude) <= NEAR && Math.abs(longitude) <= NEAR)
    putByte(writer, 16 * (latitude + NEAR) + longitude + NEAR)
  else {
    putByte(writer, WIDE)
    putSigned(writer, latitude)
    putSigned(writer, longitude)
  }

  const hadProgress = fields[of + FLAGS] !== 0
  let way = 0
  if (hadProgress && place.progress) {
    const expectedAt = (fields[of + AT] ?? 0) + expectedWay(fields[of + ALONG_SPEED] ?? 0, ahead)
    fields[of + AT] = signed(place.progress.atM)
    way = (fields[of + AT] ?? 0) - expectedAt
  }
  const mask = takeDetails(fields, of, place)
  putAge(frameAt - takenAt, (way === 0 ? 0 : WAY_FOLLOWS) | (mask === 0 ? 0 : DETAILS_FOLLOW))
  if (way !== 0) putSigned(writer, way)
  if (mask !== 0) putDetails(writer, fields, of, mask, hadProgress)
}

/** Takes the coordinate over, and gives how far it is from where it was expected. */
function move(fields: Int32Array, no: number, rateNo: number, value: number, ahead: number): number {
  const before = fields[no] ?? 0
  const rate = fields[rateNo] ?? 0
  fields[no] = value
  fields[rateNo] = nextRate(rate, value - before, ahead, RATE_SCALE, RATE_MOST)
  return value - before - expectedMove(rate, ahead, RATE_SCALE)
}

function takeAnew(held: HeldPlaces, slot: number, place: FramePlace): void {
  const of = slot * FIELDS
  emptySlot(held, slot)
  held.takenAt[slot] = tenthsOf(Math.round(place.takenAtMs / MS_PER_TENTH))
  held.fields[of + LATITUDE] = latitudeOf(place)
  held.fields[of + LONGITUDE] = longitudeOf(place)
  takeDetails(held.fields, of, place)
}

/** What the slot holds, behind A. */
function putAbsolute({ fields, takenAt }: HeldPlaces, slot: number, frameAt: number): void {
  const of = slot * FIELDS
  const latitude = fields[of + LATITUDE] ?? 0
  const longitude = fields[of + LONGITUDE] ?? 0
  putSigned(writer, latitude - last.latitude)
  putSigned(writer, longitude - last.longitude)
  last.latitude = latitude
  last.longitude = longitude
  putByte(writer, fields[of + LATITUDE_RATE] ?? 0)
  putByte(writer, fields[of + LONGITUDE_RATE] ?? 0)
  const mask = maskOf(fields, of)
  putAge(frameAt - (takenAt[slot] ?? 0), mask === 0 ? 0 : DETAILS_FOLLOW)
  if (mask !== 0) putDetails(writer, fields, of, mask, false)
}

/** B, and what it asks for of the age. */
function putAge(age: number, flags: number): void {
  const short = age + AGE_AHEAD
  const isShort = short >= 0 && short < AGE_FOLLOWS
  putByte(writer, flags | (isShort ? short & AGE_BITS : AGE_FOLLOWS))
  if (!isShort) putSigned(writer, age)
}

const latitudeOf = ({ latitudeDeg }: FramePlace): number =>
  Math.min(LATITUDE_MOST, Math.max(-LATITUDE_MOST, Math.round(latitudeDeg * PER_DEG)))
const longitudeOf = ({ longitudeDeg }: FramePlace): number =>
  Math.min(LONGITUDE_MOST, Math.max(-LONGITUDE_MOST, Math.round(longitudeDeg * PER_DEG)))
const tenthsOf = (tenths: number): number => Math.min(TIME_MOST, Math.max(0, tenths))
const numberStep = ({ memberNos }: HeldPlaces, slot: number): number =>
  (memberNos[slot] ?? 0) - (slot === 0 ? 0 : (memberNos[slot - 1] ?? 0))

/** The same list, sorted; most often it is already. */
function inOrder(slots: number[]): number[] {
  for (let i = 1; i < slots.length; i++)
    if ((slots[i] ?? 0) < (slots[i - 1] ?? 0)) return slots.sort((one, other) => one - other)
  return slots
}

function grown(numbers: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  const more = new Int32Array(Math.max(numbers.length * 2, index + 1))
  more.set(numbers)
  return more
}
