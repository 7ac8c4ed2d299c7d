/** A place and a time where all come together. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { Asked, Decision } from './decision.ts'

type RegroupWish = Extract<Command, { type: 'call-regroup' | 'answer-regroup' | 'end-regroup' }>

export function decideRegroup(_wish: RegroupWish, _asked: Asked): Decision {
  return refuse('internal')
}
