/**
 * What everybody who reads a lane holds, in the whole numbers of the layout: the encoder too, so that it codes against
 * what its readers have and no error adds up. One slot a member, in the order in which the lane first saw them.
 */
import { MS_PER_TENTH, PER_DEG } from './frame-layout.ts'
import type { FramePlace } from './frame-place.ts'

/** Fields of a slot. Unknown and none are 0, so that an empty slot is all zeros. */
export const LATITUDE = 0
export const LONGITUDE = 1
/** How fast the two change, smoothed: what the next place is expected from. */
export const LATITUDE_RATE = 2
export const LONGITUDE_RATE = 3
/** These three are one more than their value, and 0 when it is unknown. */
export const ACCURACY = 4
export const SPEED = 5
export const HEADING = 6
/** Of progress; 0 when there is none. */
export const FLAGS = 7
export const AT = 8
export const ALONG_SPEED = 9
export const SPREAD = 10
export const FORECAST = 11
export const FORECAST_SPREAD = 12
export const CONFIDENCE = 13
export const RIVAL_AT = 14
export const RIVAL_SHARE = 15
export const FIELDS = 16

export const THERE = 1
export const OFF_ROUTE = 2
export const WRONG_WAY = 4
export const STOPPED = 8
export const RIVAL = 16

/** How many of a field's whole numbers make one of its unit. */
export const PER_ALONG_MPS = 10
export const PER_SPEED_MPS = 10
export const DEG_PER_HEADING = 1.5
export const PER_SPREAD_M = 4
export const PER_FORECAST_MPS = 20
export const PER_FORECAST_SPREAD_MPS = 50
export const PER_CHANCE = 250

export type HeldPlaces = {
  count: number
  memberNos: Uint16Array
  fields: Int32Array
  /** In 0.1 s since 1970. */
  takenAt: Float64Array
  /** 1 when every reader of the lane holds this slot's place, so that the next one can be told from it. */
  isBase: Uint8Array
}

export const heldPlaces = (): HeldPlaces => ({
  count: 0,
  memberNos: new Uint16Array(8),
  fields: new Int32Array(8 * FIELDS),
  takenAt: new Float64Array(8),
  isBase: new Uint8Array(8),
})

/** The new, empty slot. */
export function addSlot(held: HeldPlaces, memberNo: number): number {
  const slot = held.count++
  if (slot === held.memberNos.length) {
    held.memberNos = copied(held.memberNos, new Uint16Array(slot * 2))
    held.fields = copied(held.fields, new Int32Array(slot * 2 * FIELDS))
    held.takenAt = copied(held.takenAt, new Float64Array(slot * 2))
    held.isBase = copied(held.isBase, new Uint8Array(slot * 2))
  }
  held.memberNos[slot] = memberNo
  return slot
}

function copied<Numbers extends Uint16Array | Int32Array | Float64Array | Uint8Array>(from: Numbers, to: Numbers) {
  to.set(from)
  return to
}

export function emptySlot({ fields }: HeldPlaces, slot: number): void {
  fields.fill(0, slot * FIELDS, (slot + 1) * FIELDS)
}

/** What the slot holds, in everybody's units. */
export function placeIn({ memberNos, fields, takenAt }: HeldPlaces, slot: number): FramePlace {
  const of = slot * FIELDS
  const field = (no: number): number => fields[of + no] ?? 0
  const known = (no: number, unit: number): number | null => (field(no) === 0 ? null : (field(no) - 1) * unit)
  const per = (no: number, unit: number): number | null => (field(no) === 0 ? null : (field(no) - 1) / unit)
  const flags = field(FLAGS)
  return {
    memberNo: memberNos[slot] ?? 0,
    latitudeDeg: field(LATITUDE) / PER_DEG,
    longitudeDeg: field(LONGITUDE) / PER_DEG,
    takenAtMs: (takenAt[slot] ?? 0) * MS_PER_TENTH,
    accuracyM: known(ACCURACY, 1),
    speedMps: per(SPEED, PER_SPEED_MPS),
    headingDeg: known(HEADING, DEG_PER_HEADING),
    progress:
      flags === 0
        ? null
        : {
            atM: field(AT),
            spreadM: field(SPREAD) / PER_SPREAD_M,
            speedMps: field(ALONG_SPEED) / PER_ALONG_MPS,
            forecastMps: field(FORECAST) / PER_FORECAST_MPS,
            forecastSpreadMps: field(FORECAST_SPREAD) / PER_FORECAST_SPREAD_MPS,
            confidence: field(CONFIDENCE) / PER_CHANCE,
            rival: flags & RIVAL ? { atM: field(RIVAL_AT), share: field(RIVAL_SHARE) / PER_CHANCE } : null,
            isOffRoute: (flags & OFF_ROUTE) !== 0,
            isWrongWay: (flags & WRONG_WAY) !== 0,
            isStopped: (flags & STOPPED) !== 0,
          },
  }
}
