/** What a helper is there with, whether they are available, and what they carry. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { cannotCome } from '../../shared/run/helping.ts'
import { endsLater } from '../../shared/run/questions.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import { isHelper } from '../../shared/run/roles.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { Piece, Stock } from '../../shared/run/stock.ts'
import { type Asked, accept, type Decision } from './decision.ts'
import { participantSeenBy } from './participant.ts'

type About<Type extends Command['type']> = Extract<Command, { type: Type }>

/** More than a table and a car hold together: a slip of the finger. */
const PIECES_MAX = 1_000

export function decideHelper(wish: About<'set-helping'> | About<'set-stock'>, asked: Asked): Decision {
  if (!isHelper(asked.by.role)) return refuse('not-for-your-role')
  if (asked.run.head.phase === 'ended') return refuse('run-has-ended')
  return wish.type === 'set-helping' ? setHelping(wish, asked) : setStock(wish, asked)
}

/** SK1, SK3 */
function setHelping({ kind, state }: About<'set-helping'>, { run, by }: Asked): Decision {
  if (by.helping.kind === kind && by.helping.state === state) return accept()
  const released = cannotCome(state) ? errandsReleased(run, by) : []
  return accept({ type: 'helping-set', memberId: by.memberId, kind, state }, ...released)
}

/** A call for help stays theirs: they may be standing beside it. */
const errandsReleased = (run: RunState, { memberId }: Member): RunEvent[] =>
  endsLater(run)
    .filter(({ cyclistId, kind }) => cyclistId === memberId && !isAlarm(kind))
    .map(({ requestId }) => ({ type: 'request-released', requestId, reason: 'helper-busy' }))

/** SK4 */
function setStock({ stock, isRefill }: About<'set-stock'>, { run, by }: Asked): Decision {
  const { emptiesCount } = stock
  const pieces = stock.pieces.filter(({ count }) => count > 0)
  const trouble = troubleWith(pieces)
  if (trouble) return refuse('malformed', { field: 'command.stock', detail: trouble })
  const isKnown = ({ forId }: Piece) => forId === null || participantSeenBy(run, by, forId) !== undefined
  if (!pieces.every(isKnown)) return refuse('no-such-thing', { field: 'command.stock' })
  if (by.stock && isSame(by.stock, { pieces, emptiesCount })) return accept()
  const reason = isRefill ? 'refilled' : 'set'
  return accept({ type: 'stock-set', memberId: by.memberId, pieces, emptiesCount, reason })
}

function troubleWith(pieces: readonly Piece[]): string | undefined {
  if (new Set(pieces.map(({ kind, forId }) => `${kind} ${forId}`)).size < pieces.length) return 'a kind is there twice'
  const total = pieces.reduce((sum, { count }) => sum + count, 0)
  return total > PIECES_MAX ? `at most ${PIECES_MAX} pieces` : undefined
}

function isSame(a: Stock, b: Stock): boolean {
  const there = a.pieces.filter(({ count }) => count > 0)
  if (a.emptiesCount !== b.emptiesCount || there.length !== b.pieces.length) return false
  return b.pieces.every((piece) => there.some((each) => samePiece(each, piece)))
}

const samePiece = (a: Piece, b: Piece): boolean => a.kind === b.kind && a.forId === b.forId && a.count === b.count
