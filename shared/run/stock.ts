/** What a helper carries, in pieces: a bottle of 500 ml, a gel, a salt tablet, a tube. */
import { z } from 'zod/mini'
import { type MemberId, memberIdSchema } from '../units.ts'
import { type ItemKind, itemKindNames, type RequestKind } from './requests.ts'

/** The kinds that may be asked for, a bottle each for drinks, and what a repair needs. */
export const stockKinds = [...itemKindNames, 'tube'] as const
export const stockKindSchema = z.enum(stockKinds)
export type StockKind = z.infer<typeof stockKindSchema>

const COUNT_MAX = 500
const ENTRIES_MAX = 60

export const pieceSchema = z.strictObject({
  kind: stockKindSchema,
  count: z.int().check(z.minimum(0), z.maximum(COUNT_MAX)),
  /** Whose it is ("Aidar's bottle"); `null` for anybody's. */
  forId: z.nullable(memberIdSchema),
})
export type Piece = z.infer<typeof pieceSchema>

export const stockSchema = z.strictObject({
  pieces: z.array(pieceSchema).check(z.maxLength(ENTRIES_MAX)),
  /** Empty bottles that came back. */
  emptiesCount: z.int().check(z.minimum(0), z.maximum(COUNT_MAX)),
})
export type Stock = z.infer<typeof stockSchema>

/** A drink is a bottle of so much; its empty comes back. */
export const BOTTLE_ML = 500

export const isItemKind = (kind: RequestKind): kind is ItemKind =>
  (itemKindNames as readonly RequestKind[]).includes(kind)
export const isDrink = (kind: RequestKind | StockKind): boolean => kind === 'water' || kind === 'isotonic'

/** How many pieces of a kind may go to this runner: theirs by name, and anybody's. What is named for another stays theirs. */
export const piecesOf = (stock: Stock, kind: StockKind, runnerId: MemberId): number =>
  countWhere(stock, kind, (forId) => forId === null || forId === runnerId)

/** How many pieces are there for this very runner: whoever carries them is offered the request first. */
export const namedPiecesOf = (stock: Stock | null, kind: StockKind, runnerId: MemberId): number =>
  stock === null ? 0 : countWhere(stock, kind, (forId) => forId === runnerId)

/** SK8: whether somebody with this stock can bring it, or a part of it. Who has not said what they carry may have it. */
export const canServe = (
  stock: Stock | null,
  { kind, runnerId }: { readonly kind: RequestKind; readonly runnerId: MemberId },
): boolean => stock === null || !isItemKind(kind) || piecesOf(stock, kind, runnerId) > 0

/** All bottles in it, named or not. */
export const bottlesOf = (stock: Stock): number =>
  stock.pieces.reduce((sum, { kind, count }) => sum + (isDrink(kind) ? count : 0), 0)

/**
 * SK5: what is left after a hand-over of so many pieces: those named for the runner go first, then anybody's, never below 0. For each bottle
 * an empty comes back. The same object when nothing changes. Never a reason to refuse the hand-over.
 */
export function stockAfterGiving(stock: Stock, kind: ItemKind, quantity: number, runnerId: MemberId): Stock {
  let left = quantity
  let { pieces } = stock
  for (const forId of [runnerId, null])
    pieces = pieces.map((piece) => {
      if (piece.kind !== kind || piece.forId !== forId || left === 0 || piece.count === 0) return piece
      const count = Math.min(piece.count, left)
      left -= count
      return { ...piece, count: piece.count - count }
    })
  return changedTo(stock, pieces, stock.emptiesCount + (isDrink(kind) ? quantity : 0))
}

/** SK7: what was there before a hand-over that was none. A piece goes back to those named for the runner, if there were any. */
export function stockAfterReturning(stock: Stock, kind: ItemKind, quantity: number, runnerId: MemberId): Stock {
  const named = stock.pieces.some((piece) => piece.kind === kind && piece.forId === runnerId)
  const pieces = withPieces(stock.pieces, kind, named ? runnerId : null, quantity)
  return changedTo(stock, pieces, stock.emptiesCount - (isDrink(kind) ? quantity : 0))
}

/** With so many more pieces of a kind, or fewer: never below 0, nor above what may be said. */
export function withPieces(pieces: readonly Piece[], kind: StockKind, forId: MemberId | null, more: number): Piece[] {
  const known = pieces.find((piece) => piece.kind === kind && piece.forId === forId)
  const changed: Piece = { kind, count: bounded((known?.count ?? 0) + more), forId }
  if (known) return pieces.map((piece) => (piece === known ? changed : piece))
  return pieces.length < ENTRIES_MAX ? [...pieces, changed] : [...pieces]
}

const bounded = (count: number): number => Math.max(0, Math.min(COUNT_MAX, count))

function changedTo(stock: Stock, pieces: Piece[], empties: number): Stock {
  const emptiesCount = bounded(empties)
  const isSame = emptiesCount === stock.emptiesCount && pieces.every((piece, i) => piece === stock.pieces[i])
  return isSame && pieces.length === stock.pieces.length ? stock : { pieces, emptiesCount }
}

function countWhere({ pieces }: Stock, kind: StockKind, isFor: (forId: MemberId | null) => boolean): number {
  return pieces.reduce((sum, piece) => sum + (piece.kind === kind && isFor(piece.forId) ? piece.count : 0), 0)
}
