/** "Seen here": who was counted, by whom, where. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { Asked, Decision } from './decision.ts'

type HeadCountWish = Extract<
  Command,
  { type: 'begin-head-count' | 'see-members' | 'see-group' | 'see-number' | 'see-guests' }
>

export function decideHeadCount(_wish: HeadCountWish, _asked: Asked): Decision {
  return refuse('internal')
}
