/** What people do about alerts, and which rules a leader wants. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { Asked, Decision } from './decision.ts'

type AlertWish = Extract<
  Command,
  { type: 'set-conditions' | 'own-alert' | 'send-alert' | 'clear-alert' | 'answer-alert' }
>

export function decideAlert(_wish: AlertWish, _asked: Asked): Decision {
  return refuse('internal')
}
