/** What a helper carries, as their own phone and the leader read it. */
import { carriesOn } from '../../shared/run/questions.ts'
import type { Member, Request } from '../../shared/run/state.ts'
import {
  canServe,
  isItemKind,
  namedPiecesOf,
  type Piece,
  type Stock,
  type StockKind,
  stockKinds,
  withPieces,
} from '../../shared/run/stock.ts'
import { shortOf, type WaterForecast, waterForecast } from '../../shared/supply/water-forecast.ts'
import type { MemberId } from '../../shared/units.ts'
import { me, membersOf, nameOf } from './people.ts'
import type { RunView } from './run-view.ts'
import { isWaiting, waitingOf } from './waiting.ts'

export const emptyStock: Stock = { pieces: [], emptiesCount: 0 }

/** What I carry; a wish that waits counts, and is told apart by `isStockSending`. `null` until I have said. */
export function myStock(view: RunView): Stock | null {
  const stock = waitingOf(view, 'set-stock').at(-1)?.stock ?? me(view)?.stock ?? null
  return stock && withoutThoseGone(view, stock)
}

export const isStockSending = (view: RunView): boolean => isWaiting(view, 'set-stock')

export const countOf = ({ pieces }: Stock, kind: StockKind, forId: MemberId | null = null): number =>
  pieces.find((piece) => piece.kind === kind && piece.forId === forId)?.count ?? 0

/** A stepper's tap. */
export const stepped = (stock: Stock, kind: StockKind, forId: MemberId | null, more: number): Stock => ({
  ...stock,
  pieces: withPieces(stock.pieces, kind, forId, more),
})

export type KindCount = { readonly kind: StockKind; readonly count: number }

/** How many of each kind there are, named or not, in the order of the kinds. */
export const countsOf = ({ pieces }: Stock): KindCount[] =>
  stockKinds.flatMap((kind) => {
    const count = pieces.reduce((sum, piece) => sum + (piece.kind === kind ? piece.count : 0), 0)
    return count > 0 ? [{ kind, count }] : []
  })

export type NamedPiece = Piece & { readonly forId: MemberId; readonly name: string }

/** "Aidar's bottle": what is there for somebody. */
export const namedPieces = (view: RunView, { pieces }: Stock): NamedPiece[] =>
  pieces.flatMap(({ kind, count, forId }) =>
    forId === null || count === 0 ? [] : [{ kind, count, forId, name: nameOf(view, forId) }],
  )

/**
 * What is to be known before one rides: I have something for this very person, nobody has it, or I have none. `null` when there is
 * nothing to say, and of what another brings.
 */
export function supplyOf(view: RunView, request: Request): 'named' | 'nobody' | 'not-me' | null {
  const { kind, runnerId, cyclistId, endedAtMs } = request
  if (!isItemKind(kind) || endedAtMs !== null || (cyclistId !== null && cyclistId !== view.myId)) return null
  const mine = myStock(view)
  if (namedPiecesOf(mine, kind, runnerId) > 0) return 'named'
  if (shortOf(view.run, request)) return 'nobody'
  return canServe(mine, request) ? null : 'not-me'
}

export type WaterOutlook = {
  /** `null` while not everybody available has said what they carry. */
  readonly forecast: WaterForecast | null
  readonly saidCount: number
  readonly cyclistCount: number
}

/** For leaders; `null` without a cyclist in the run. */
export function waterOutlook(view: RunView, nowMs: number): WaterOutlook | null {
  const cyclists = membersOf(view).filter((member) => member.role === 'cyclist' && carriesOn(member))
  if (cyclists.length === 0) return null
  const saidCount = cyclists.filter(({ stock }) => stock !== null).length
  return { forecast: waterForecast(view.run, nowMs), saidCount, cyclistCount: cyclists.length }
}

/** The bottle of somebody who was taken out of the run is anybody's. */
function withoutThoseGone(view: RunView, stock: Stock): Stock {
  const isHere = (whose: Member | undefined) => whose !== undefined && whose.status !== 'removed'
  return stock.pieces.reduce<Stock>(
    (next, { kind, forId, count }) =>
      stepped(next, kind, forId !== null && isHere(view.run.members.get(forId)) ? forId : null, count),
    { ...stock, pieces: [] },
  )
}
