/** Drink plans, and what was drunk beside what was handed over. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { DrinkPlan } from '../../shared/run/drink.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { takesPart } from '../../shared/run/roles.ts'
import { type Asked, accept, type Decision } from './decision.ts'
import { participantSeenBy } from './participant.ts'

type About<Type extends Command['type']> = Extract<Command, { type: Type }>

export function decideDrink(
  wish: About<'set-drink-plan'> | About<'have-drunk'> | About<'set-minor'>,
  asked: Asked,
): Decision {
  if (!takesPart(asked.by.role)) return refuse('not-for-your-role')
  if (asked.run.head.phase === 'ended') return refuse('run-has-ended')
  switch (wish.type) {
    case 'set-drink-plan':
      return setPlan(wish, asked)
    case 'have-drunk':
      return haveDrunk(wish, asked)
    case 'set-minor':
      return setMinor(wish, asked)
  }
}

/** DP1 */
function setPlan({ plan }: About<'set-drink-plan'>, { by }: Asked): Decision {
  // DP2
  if (by.isMinor && plan !== null && plan.carbGPerH !== null)
    return refuse('malformed', { field: 'command.plan.carbGPerH', detail: 'no carbohydrate plan for minors' })
  if (isSame(by.drinkPlan, plan)) return accept()
  return accept({ type: 'drink-plan-set', memberId: by.memberId, plan })
}

/** DP3 */
function haveDrunk({ drinkMl }: About<'have-drunk'>, { run, by }: Asked): Decision {
  if (run.head.phase !== 'live') return refuse('run-not-live')
  return accept({ type: 'drunk', memberId: by.memberId, drinkMl })
}

/** DP4: anybody says of themself that they are a child; that they are none is for a leader to say. */
function setMinor({ memberId, isMinor }: About<'set-minor'>, { run, by }: Asked): Decision {
  const isOwn = memberId === by.memberId
  if (by.role !== 'leader' && !(isOwn && (isMinor || !by.isMinor))) return refuse('not-for-your-role')
  const whom = participantSeenBy(run, by, memberId)
  if (!whom) return refuse('no-such-thing', { field: 'command.memberId' })
  if (whom.isMinor === isMinor) return accept()
  const set: RunEvent = { type: 'minor-set', memberId, isMinor }
  const { drinkPlan } = whom
  if (!isMinor || drinkPlan === null || drinkPlan.carbGPerH === null) return accept(set)
  return accept(set, { type: 'drink-plan-set', memberId, plan: { ...drinkPlan, carbGPerH: null } }) // DP2
}

const isSame = (a: DrinkPlan | null, b: DrinkPlan | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.everyMs === b.everyMs &&
    a.everyM === b.everyM &&
    a.drinkMl === b.drinkMl &&
    a.carbGPerH === b.carbGPerH)
