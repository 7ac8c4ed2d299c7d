/** What a helper is there with, whether they are available, and what they carry. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { Asked, Decision } from './decision.ts'

type HelperWish = Extract<Command, { type: 'set-helping' | 'set-stock' }>

export function decideHelper(_wish: HelperWish, _asked: Asked): Decision {
  return refuse('internal')
}
