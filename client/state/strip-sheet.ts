/** The strip on a sheet of so many pixels: what would hide each other becomes one mark with a count, and what lies outside is counted. */
import type { MemberId } from '../../shared/units.ts'
import type { PackStrip, StripDoubt, StripGroup, StripHelper, StripPerson } from './pack-strip.ts'

export type Window = { readonly fromM: number; readonly toM: number }

/** The window moves in such steps, so that the strip does not slide each second. */
const STEP_SHARE = 0.25
const LEAST_M = 400
const MARGIN_SHARE = 0.08
/** A pack as long as that is shown on the whole route. */
const WHOLE_FROM_SHARE = 0.6

/** What lies farther from the pack does not make the window longer. */
const NEAR_M = { doubt: 1_000, helper: 500 }

/** The part of the route with the pack on it, and whoever else is near; others lie outside. */
export function packWindow({ lengthM, groups, doubts, helpers }: PackStrip): Window {
  const whole = { fromM: 0, toM: lengthM }
  let [backM, frontM] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const cover = (atM: number) => {
    backM = Math.min(backM, atM)
    frontM = Math.max(frontM, atM)
  }
  for (const { people } of groups) for (const { atM } of people) cover(atM)
  if (frontM < backM) for (const { atM } of doubts) cover(atM)
  if (frontM < backM) return whole
  const [packBackM, packFrontM] = [backM, frontM]
  const coverNear = (atM: number, nearM: number) => {
    if (atM > packBackM - nearM && atM < packFrontM + nearM) cover(atM)
  }
  for (const { atM } of doubts) coverNear(atM, NEAR_M.doubt)
  for (const { atM } of helpers) coverNear(atM, NEAR_M.helper)
  const spreadM = Math.max(LEAST_M, (frontM - backM) * (1 + 2 * MARGIN_SHARE))
  if (spreadM >= WHOLE_FROM_SHARE * lengthM) return whole
  const stepM = 100 * Math.max(1, Math.round((STEP_SHARE * spreadM) / 100))
  const middleM = (backM + frontM) / 2
  return {
    fromM: Math.max(0, Math.floor((middleM - spreadM / 2) / stepM) * stepM),
    toM: Math.min(lengthM, Math.ceil((middleM + spreadM / 2) / stepM) * stepM),
  }
}

export type Sheet = Window & { readonly widthPx: number; readonly marginPx: number }

export function toX({ fromM, toM, widthPx, marginPx }: Sheet, atM: number): number {
  return marginPx + ((atM - fromM) / Math.max(1, toM - fromM)) * (widthPx - 2 * marginPx)
}

/** One or several groups that stand too near each other to be drawn apart; `fromX` to `toX` is where their people are. */
export type Blob = {
  readonly groups: readonly StripGroup[]
  readonly fromX: number
  readonly toX: number
  readonly radiusPx: number
}

const RADIUS_PX = { least: 14, most: 22, perRoot: 1.6 }
const BETWEEN_PX = 3

export const peopleOf = ({ groups }: Pick<Blob, 'groups'>): StripPerson[] => groups.flatMap(({ people }) => people)

const radiusOf = (count: number): number =>
  Math.min(RADIUS_PX.most, RADIUS_PX.least + RADIUS_PX.perRoot * (Math.sqrt(count) - 1))

/** From front to back; groups whose middle lies outside the window are left out, and counted by `outside`. */
export function blobsOf({ groups }: Pick<PackStrip, 'groups'>, sheet: Sheet): Blob[] {
  const blobs: Blob[] = []
  for (const group of groups) {
    const [front, back] = [group.people[0], group.people.at(-1)]
    if (!front || !back || !isInside(sheet, middleOf(group))) continue
    const blob: Blob = {
      groups: [group],
      fromX: toX(sheet, back.atM),
      toX: toX(sheet, front.atM),
      radiusPx: radiusOf(group.people.length),
    }
    const before = blobs.at(-1)
    if (before && isOver(before, blob)) blobs[blobs.length - 1] = merged(before, blob)
    else blobs.push(blob)
  }
  return blobs
}

const isOver = (front: Blob, back: Blob): boolean =>
  front.fromX - front.radiusPx - (back.toX + back.radiusPx) < BETWEEN_PX

function merged(front: Blob, back: Blob): Blob {
  const groups = [...front.groups, ...back.groups]
  const count = groups.reduce((sum, { people }) => sum + people.length, 0)
  return {
    groups,
    fromX: Math.min(front.fromX, back.fromX),
    toX: Math.max(front.toX, back.toX),
    radiusPx: radiusOf(count),
  }
}

const middleOf = ({ people }: StripGroup): number => ((people[0]?.atM ?? 0) + (people.at(-1)?.atM ?? 0)) / 2
const isInside = ({ fromM, toM }: Window, atM: number): boolean => atM >= fromM && atM <= toM

/** How many of those on the line lie before and beyond the window. */
export function outside({ groups, doubts, helpers }: PackStrip, part: Window): { behind: number; ahead: number } {
  let [behind, ahead] = [0, 0]
  const tell = (atM: number, count: number) => {
    if (atM < part.fromM) behind += count
    else if (atM > part.toM) ahead += count
  }
  for (const group of groups) tell(middleOf(group), group.people.length)
  for (const { atM } of doubts) tell(atM, 1)
  for (const { atM } of helpers) tell(atM, 1)
  return { behind, ahead }
}

/** Where they may be: `x` likeliest, `orX` the other place, `fromX` to `toX` as far as either may be wrong. */
export type DoubtMark = {
  readonly doubts: readonly StripDoubt[]
  readonly x: number
  readonly fromX: number
  readonly toX: number
  /** Of one alone, and inside the window. */
  readonly orX: number | null
}
export type HelperMark = { readonly helpers: readonly StripHelper[]; readonly x: number }

const DOUBT_PX = 18
const HELPER_PX = 24

export function doubtMarks({ doubts }: Pick<PackStrip, 'doubts'>, sheet: Sheet): DoubtMark[] {
  const inside = doubts.filter(({ atM }) => isInside(sheet, atM)).toSorted((a, b) => b.atM - a.atM)
  const xOf = (atM: number) => toX(sheet, Math.max(sheet.fromM, Math.min(sheet.toM, atM)))
  return together(inside, ({ atM }) => xOf(atM), DOUBT_PX).map(({ each, x }) => {
    const other = each.length === 1 ? (each[0]?.orAtM ?? null) : null
    return {
      doubts: each,
      x,
      fromX: xOf(Math.min(...each.map(({ atM, aroundM }) => atM - aroundM))),
      toX: xOf(Math.max(...each.map(({ atM, aroundM }) => atM + aroundM))),
      orX: other !== null && isInside(sheet, other) ? xOf(other) : null,
    }
  })
}

export const helperMarks = ({ helpers }: Pick<PackStrip, 'helpers'>, sheet: Sheet): HelperMark[] =>
  together(
    helpers.filter(({ atM }) => isInside(sheet, atM)),
    ({ atM }) => toX(sheet, atM),
    HELPER_PX,
  ).map(({ each, x }) => ({ helpers: each, x }))

/** In the order given, which falls; who is nearer than that to the first of a mark is of it. */
function together<One>(all: readonly One[], xOf: (one: One) => number, withinPx: number) {
  const marks: { each: One[]; x: number }[] = []
  for (const one of all) {
    const last = marks.at(-1)
    const x = xOf(one)
    if (last && last.x - x < withinPx) last.each.push(one)
    else marks.push({ each: [one], x })
  }
  return marks
}

const BIN_PX = 6

/** How many run in each 6 px of the sheet: of a long group the count alone says little. */
export function density({ groups }: Pick<PackStrip, 'groups'>, sheet: Sheet): { x: number; count: number }[] {
  const bins = new Map<number, number>()
  for (const { people } of groups)
    for (const { atM } of people) {
      if (!isInside(sheet, atM)) continue
      const bin = Math.floor(toX(sheet, atM) / BIN_PX)
      bins.set(bin, (bins.get(bin) ?? 0) + 1)
    }
  return [...bins].map(([bin, count]) => ({ x: bin * BIN_PX, count }))
}

/** Whose mark it is, whatever it is merged with just now. */
export const blobOf = (blobs: readonly Blob[], memberId: MemberId): number =>
  blobs.findIndex(({ groups }) => groups.some(({ people }) => people.some((person) => person.memberId === memberId)))
