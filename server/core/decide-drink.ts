/** Drink plans, and what was drunk beside what was handed over. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { Asked, Decision } from './decision.ts'

type DrinkWish = Extract<Command, { type: 'set-drink-plan' | 'have-drunk' | 'set-minor' }>

export function decideDrink(_wish: DrinkWish, _asked: Asked): Decision {
  return refuse('internal')
}
