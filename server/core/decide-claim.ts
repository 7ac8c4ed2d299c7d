/** What the two of a claim answer when they are asked. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { Asked, Decision } from './decision.ts'

type ClaimWish = Extract<Command, { type: 'keep-claim' | 'deny-hand-over' | 'undo-assumed' }>

export function decideClaim(_wish: ClaimWish, _asked: Asked): Decision {
  return refuse('internal')
}
