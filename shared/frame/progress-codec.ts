/**
 * Progress in a frame, behind its place. The place's flags: 1 there is progress, 2 off the route, 4 the wrong way,
 * 8 stopped, 16 there is a rival; without 1 none of them.
 *
 * Big-endian, 9 bytes: u24 metres along the route in 0.1 m, u16 spread in 0.1 m, i8 speed along the route in 0.25 m/s, u8 forecast
 * pace in 0.05 m/s, u8 spread of it in 0.02 m/s, u8 confidence in 1/250. With a rival 4 more: u24 its metres in
 * 0.1 m, u8 its share in 1/250. What is more than its field can say is told as the most it can.
 */
import type { PlaceProgress } from '../geo/progress/place-progress.ts'

const THERE = 1
const OFF_ROUTE = 2
const WRONG_WAY = 4
const STOPPED = 8
const RIVAL = 16

const PROGRESS_BYTES = 9
const RIVAL_BYTES = 4

export function flagsOf(progress: PlaceProgress | null): number {
  if (!progress) return 0
  const { isOffRoute, isWrongWay, isStopped, rival } = progress
  return (
    THERE |
    (isOffRoute ? OFF_ROUTE : 0) |
    (isWrongWay ? WRONG_WAY : 0) |
    (isStopped ? STOPPED : 0) |
    (rival ? RIVAL : 0)
  )
}

export const progressBytes = (flags: number): number =>
  flags & THERE ? PROGRESS_BYTES + (flags & RIVAL ? RIVAL_BYTES : 0) : 0

export function encodeProgress(view: DataView, at: number, progress: PlaceProgress): void {
  setMetres(view, at, progress.atM)
  view.setUint16(at + 3, within(0, 65_535, progress.spreadM * 10))
  view.setInt8(at + 5, within(-128, 127, progress.speedMps * 4))
  view.setUint8(at + 6, within(0, 255, progress.forecastMps * 20))
  view.setUint8(at + 7, within(0, 255, progress.forecastSpreadMps * 50))
  view.setUint8(at + 8, within(0, 250, progress.confidence * 250))
  if (!progress.rival) return
  setMetres(view, at + 9, progress.rival.atM)
  view.setUint8(at + 12, within(0, 250, progress.rival.share * 250))
}

/** The view must hold as many bytes as the flags ask for. */
export function decodeProgress(view: DataView, at: number, flags: number): PlaceProgress | null {
  if (!(flags & THERE)) return null
  return {
    atM: metresIn(view, at),
    spreadM: view.getUint16(at + 3) / 10,
    speedMps: view.getInt8(at + 5) / 4,
    forecastMps: view.getUint8(at + 6) / 20,
    forecastSpreadMps: view.getUint8(at + 7) / 50,
    confidence: Math.min(1, view.getUint8(at + 8) / 250),
    rival: flags & RIVAL ? { atM: metresIn(view, at + 9), share: Math.min(1, view.getUint8(at + 12) / 250) } : null,
    isOffRoute: (flags & OFF_ROUTE) !== 0,
    isWrongWay: (flags & WRONG_WAY) !== 0,
    isStopped: (flags & STOPPED) !== 0,
  }
}

function setMetres(view: DataView, at: number, metres: number): void {
  const tenths = within(0, 0xffffff, metres * 10)
  view.setUint8(at, tenths >> 16)
  view.setUint16(at + 1, tenths & 0xffff)
}

const metresIn = (view: DataView, at: number): number => ((view.getUint8(at) << 16) | view.getUint16(at + 1)) / 10

const within = (least: number, most: number, value: number): number =>
  Math.min(most, Math.max(least, Math.round(value)))
