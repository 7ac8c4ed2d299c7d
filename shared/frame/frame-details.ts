/**
 * The details of a record are all of a place but where and when: u8 a mask, then its items in the order of their bits.
 *
 * | bit | item | as |
 * | --- | --- | --- |
 * | 1 | accuracy | varint, 1 + m; 0 unknown |
 * | 2 | speed | varint, 1 + 0.1 m/s; 0 unknown |
 * | 4 | heading | u8, 1 + 1.5 degree; 0 unknown |
 * | 8 | progress | u8 flags: 1 it is known, 2 off the route, 4 the wrong way, 8 stopped, 16 there is a rival. If it was not known before, signed varint `atM` in m. With a rival, signed varint its `atM` in m and u8 its share in 1/250 |
 * | 16 | speed along the route | signed varint, 0.1 m/s |
 * | 32 | spread of `atM` | varint, 0.25 m |
 * | 64 | forecast pace and its spread | varint, 0.05 m/s; varint, 0.02 m/s |
 * | 128 | confidence | u8, 1/250 |
 *
 * What the mask leaves out stays as it was; in an absolute record it is unknown, or 0. With flags 0 progress and all its items are
 * forgotten. What nobody would notice is left out, so what is held is near the truth: accuracy and spread within a quarter, speeds within
 * 0.3 m/s, headings within 12 degrees, chances within 0.04.
 */
import type { PlaceProgress } from '../geo/progress/place-progress.ts'
import type { FramePlace } from './frame-place.ts'
import {
  ACCURACY,
  ALONG_SPEED,
  AT,
  CONFIDENCE,
  DEG_PER_HEADING,
  FIELDS,
  FLAGS,
  FORECAST,
  FORECAST_SPREAD,
  HEADING,
  OFF_ROUTE,
  PER_ALONG_MPS,
  PER_CHANCE,
  PER_FORECAST_MPS,
  PER_FORECAST_SPREAD_MPS,
  PER_SPEED_MPS,
  PER_SPREAD_M,
  RIVAL,
  RIVAL_AT,
  RIVAL_SHARE,
  SPEED,
  SPREAD,
  STOPPED,
  THERE,
  WRONG_WAY,
} from './held-places.ts'
import {
  type ByteReader,
  type ByteWriter,
  bad,
  putByte,
  putSigned,
  putVarint,
  takeByte,
  takeSigned,
  takeVarint,
} from './varint.ts'

const ACCURACY_ITEM = 1
const SPEED_ITEM = 2
const HEADING_ITEM = 4
const PROGRESS_ITEM = 8
const ALONG_SPEED_ITEM = 16
const SPREAD_ITEM = 32
const FORECAST_ITEM = 64
const CONFIDENCE_ITEM = 128
const OF_PROGRESS = ALONG_SPEED_ITEM | SPREAD_ITEM | FORECAST_ITEM | CONFIDENCE_ITEM

const MOST = 2 ** 30
const HEADINGS = 360 / DEG_PER_HEADING

/** What nobody would notice, in the whole numbers of the field. */
const SPEED_SLACK = 3
const HEADING_SLACK = 12 / DEG_PER_HEADING
const ALONG_SPEED_SLACK = 3
const FORECAST_SLACK = 2
const CONFIDENCE_SLACK = 10
const RIVAL_SLACK_M = 20
/** A quarter of it, and at least so much. */
const isQuarterOff = (held: number, value: number, least: number): boolean =>
  Math.abs(value - held) > Math.max(least, held / 4)

/** Takes over what differs noticeably, and gives the mask of it. `AT` is the caller's, unless progress begins or ends. */
export function takeDetails(fields: Int32Array, of: number, place: FramePlace): number {
  let mask = 0
  const { accuracyM, speedMps, headingDeg, progress } = place
  const accuracy = accuracyM === null ? 0 : 1 + whole(accuracyM)
  const heldAccuracy = fields[of + ACCURACY] ?? 0
  if (isNoticed(heldAccuracy, accuracy, Math.max(1, (heldAccuracy - 1) / 4))) {
    fields[of + ACCURACY] = accuracy
    mask |= ACCURACY_ITEM
  }
  const speed = speedMps === null ? 0 : 1 + whole(speedMps * PER_SPEED_MPS)
  if (isNoticed(fields[of + SPEED] ?? 0, speed, SPEED_SLACK)) {
    fields[of + SPEED] = speed
    mask |= SPEED_ITEM
  }
  const heading = headingDeg === null ? 0 : 1 + (whole(headingDeg / DEG_PER_HEADING) % HEADINGS)
  const heldHeading = fields[of + HEADING] ?? 0
  const isSameWay = heading !== 0 && Math.abs(heading - heldHeading) >= HEADINGS - HEADING_SLACK && heldHeading !== 0
  if (isNoticed(heldHeading, heading, HEADING_SLACK) && !isSameWay) {
    fields[of + HEADING] = heading
    mask |= HEADING_ITEM
  }
  if (progress) return mask | takeProgress(fields, of, progress)
  if (fields[of + FLAGS] === 0) return mask
  fields.fill(0, of + FLAGS, of + FIELDS)
  return mask | PROGRESS_ITEM
}

/** Whether it is known changes at once, how much it is only beyond the slack. */
const isNoticed = (held: number, value: number, slack: number): boolean =>
  held !== value && (held === 0 || value === 0 || Math.abs(value - held) > slack)

function takeProgress(fields: Int32Array, of: number, progress: PlaceProgress): number {
  let mask = 0
  const { rival } = progress
  const flags =
    THERE |
    (progress.isOffRoute ? OFF_ROUTE : 0) |
    (progress.isWrongWay ? WRONG_WAY : 0) |
    (progress.isStopped ? STOPPED : 0) |
    (rival ? RIVAL : 0)
  const rivalAt = rival ? signed(rival.atM) : 0
  const share = rival ? chance(rival.share) : 0
  if (
    flags !== fields[of + FLAGS] ||
    Math.abs(rivalAt - (fields[of + RIVAL_AT] ?? 0)) > RIVAL_SLACK_M ||
    Math.abs(share - (fields[of + RIVAL_SHARE] ?? 0)) > CONFIDENCE_SLACK
  ) {
    if (fields[of + FLAGS] === 0) fields[of + AT] = signed(progress.atM)
    fields[of + FLAGS] = flags
    fields[of + RIVAL_AT] = rivalAt
    fields[of + RIVAL_SHARE] = share
    mask |= PROGRESS_ITEM
  }
  const alongSpeed = signed(progress.speedMps * PER_ALONG_MPS)
  if (Math.abs(alongSpeed - (fields[of + ALONG_SPEED] ?? 0)) > ALONG_SPEED_SLACK) {
    fields[of + ALONG_SPEED] = alongSpeed
    mask |= ALONG_SPEED_ITEM
  }
  const spread = whole(progress.spreadM * PER_SPREAD_M)
  if (isQuarterOff(fields[of + SPREAD] ?? 0, spread, 2)) {
    fields[of + SPREAD] = spread
    mask |= SPREAD_ITEM
  }
  const forecast = whole(progress.forecastMps * PER_FORECAST_MPS)
  const forecastSpread = whole(progress.forecastSpreadMps * PER_FORECAST_SPREAD_MPS)
  if (
    Math.abs(forecast - (fields[of + FORECAST] ?? 0)) > FORECAST_SLACK ||
    isQuarterOff(fields[of + FORECAST_SPREAD] ?? 0, forecastSpread, 2)
  ) {
    fields[of + FORECAST] = forecast
    fields[of + FORECAST_SPREAD] = forecastSpread
    mask |= FORECAST_ITEM
  }
  const confidence = chance(progress.confidence)
  if (Math.abs(confidence - (fields[of + CONFIDENCE] ?? 0)) > CONFIDENCE_SLACK) {
    fields[of + CONFIDENCE] = confidence
    mask |= CONFIDENCE_ITEM
  }
  return mask
}

/** For an absolute record: all that is not 0. */
export const maskOf = (fields: Int32Array, of: number): number =>
  (fields[of + ACCURACY] ? ACCURACY_ITEM : 0) |
  (fields[of + SPEED] ? SPEED_ITEM : 0) |
  (fields[of + HEADING] ? HEADING_ITEM : 0) |
  (fields[of + FLAGS] ? PROGRESS_ITEM : 0) |
  (fields[of + ALONG_SPEED] ? ALONG_SPEED_ITEM : 0) |
  (fields[of + SPREAD] ? SPREAD_ITEM : 0) |
  (fields[of + FORECAST] || fields[of + FORECAST_SPREAD] ? FORECAST_ITEM : 0) |
  (fields[of + CONFIDENCE] ? CONFIDENCE_ITEM : 0)

/** `hadProgress`: the reader holds progress of this slot already. */
export function putDetails(
  writer: ByteWriter,
  fields: Int32Array,
  of: number,
  mask: number,
  hadProgress: boolean,
): void {
  const field = (no: number): number => fields[of + no] ?? 0
  putByte(writer, mask)
  if (mask & ACCURACY_ITEM) putVarint(writer, field(ACCURACY))
  if (mask & SPEED_ITEM) putVarint(writer, field(SPEED))
  if (mask & HEADING_ITEM) putByte(writer, field(HEADING))
  if (mask & PROGRESS_ITEM) {
    const flags = field(FLAGS)
    putByte(writer, flags)
    if (flags !== 0 && !hadProgress) putSigned(writer, field(AT))
    if (flags & RIVAL) {
      putSigned(writer, field(RIVAL_AT))
      putByte(writer, field(RIVAL_SHARE))
    }
  }
  if (mask & ALONG_SPEED_ITEM) putSigned(writer, field(ALONG_SPEED))
  if (mask & SPREAD_ITEM) putVarint(writer, field(SPREAD))
  if (mask & FORECAST_ITEM) {
    putVarint(writer, field(FORECAST))
    putVarint(writer, field(FORECAST_SPREAD))
  }
  if (mask & CONFIDENCE_ITEM) putByte(writer, field(CONFIDENCE))
}

export function readDetails(reader: ByteReader, fields: Int32Array, of: number): void {
  const mask = takeByte(reader)
  if (mask & ACCURACY_ITEM) fields[of + ACCURACY] = takeVarint(reader, MOST)
  if (mask & SPEED_ITEM) fields[of + SPEED] = takeVarint(reader, MOST)
  if (mask & HEADING_ITEM) fields[of + HEADING] = takeUpTo(reader, HEADINGS)
  if (mask & PROGRESS_ITEM) readProgress(reader, fields, of)
  if (mask & OF_PROGRESS && fields[of + FLAGS] === 0) bad(reader)
  if (mask & ALONG_SPEED_ITEM) fields[of + ALONG_SPEED] = takeSigned(reader, MOST)
  if (mask & SPREAD_ITEM) fields[of + SPREAD] = takeVarint(reader, MOST)
  if (mask & FORECAST_ITEM) {
    fields[of + FORECAST] = takeVarint(reader, MOST)
    fields[of + FORECAST_SPREAD] = takeVarint(reader, MOST)
  }
  if (mask & CONFIDENCE_ITEM) fields[of + CONFIDENCE] = takeUpTo(reader, PER_CHANCE)
}

function readProgress(reader: ByteReader, fields: Int32Array, of: number): void {
  const hadProgress = fields[of + FLAGS] !== 0
  const flags = takeUpTo(reader, 31)
  if (flags === 0) fields.fill(0, of + FLAGS, of + FIELDS)
  else if (!(flags & THERE)) bad(reader)
  else {
    fields[of + FLAGS] = flags
    if (!hadProgress) fields[of + AT] = takeSigned(reader, MOST)
    fields[of + RIVAL_AT] = flags & RIVAL ? takeSigned(reader, MOST) : 0
    fields[of + RIVAL_SHARE] = flags & RIVAL ? takeUpTo(reader, PER_CHANCE) : 0
  }
}

function takeUpTo(reader: ByteReader, most: number): number {
  const byte = takeByte(reader)
  return byte <= most ? byte : bad(reader)
}

export const signed = (value: number): number => Math.min(MOST, Math.max(-MOST, Math.round(value)))
const whole = (value: number): number => Math.min(MOST - 1, Math.max(0, Math.round(value)))
const chance = (share: number): number => Math.min(PER_CHANCE, Math.max(0, Math.round(share * PER_CHANCE)))
