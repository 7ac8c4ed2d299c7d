/**
 * The rules of a run: given what has happened, may this wish become fact?
 *
 * Pure. Time, places and the asking member come in as arguments; facts or a refusal come out.
 * Rule ids (RQ2, ...) are those of RULES.md.
 */
import { refuse } from '../../shared/protocol/errors.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { followingFrom } from './cyclists-left.ts'
import { decideAlert } from './decide-alert.ts'
import { decideClaim } from './decide-claim.ts'
import { decideDrink } from './decide-drink.ts'
import { decideGuests } from './decide-guests.ts'
import { decideHeadCount } from './decide-head-count.ts'
import { decideHelper } from './decide-helper.ts'
import { decideMember } from './decide-member.ts'
import { decideMembership } from './decide-membership.ts'
import { decideMessage } from './decide-message.ts'
import { decideObserved } from './decide-observed.ts'
import { decidePlan } from './decide-plan.ts'
import { pushWordsTakenBack } from './decide-push.ts'
import { decideRegroup } from './decide-regroup.ts'
import { decideRequest } from './decide-request.ts'
import { decideRun } from './decide-run.ts'
import { decideWake } from './decide-wake.ts'
import type { Decision, Wish, World } from './decision.ts'
import { decideReadmit } from './readmit.ts'

/** `byId`: who asks; for `plan-run` and `join` the member to be, for `wake` nobody. */
export function decide(run: RunState, wish: Wish, byId: MemberId | null, world: World): Decision {
  const decision = wish.type === 'readmit' ? decideReadmit(run, wish) : decideAnew(run, wish, byId, world)
  if (!decision.ok) return decision
  const { events } = decision
  const following = wish.type === 'readmit' ? [] : followingFrom(run, events, byId, world)
  const words = [...decision.words, ...pushWordsTakenBack(run, events)]
  return { ...decision, words, events: [...events, ...following] }
}

function decideAnew(
  run: RunState,
  wish: Exclude<Wish, { type: 'readmit' }>,
  byId: MemberId | null,
  world: World,
): Decision {
  if (wish.type === 'wake') return decideWake(run, world)
  if (wish.type === 'observe') return decideObserved(run, wish, world)
  return byId === null ? refuse('not-a-member') : decidePersons(run, wish, byId, world)
}

function decidePersons(
  run: RunState,
  wish: Exclude<Wish, { type: 'wake' | 'readmit' | 'observe' }>,
  byId: MemberId,
  world: World,
): Decision {
  if (wish.type === 'plan-run' || wish.type === 'join') return decidePlan(run, wish, byId, world)

  const by = run.members.get(byId)
  if (!by || by.status === 'removed') return refuse('not-a-member') // MB8
  const asked = { run, by, world }
  switch (wish.type) {
    case 'start-run':
    case 'end-run':
    case 'change-plan':
    case 'extend-run':
    case 'add-group':
    case 'change-group':
    case 'set-route':
      return decideRun(wish, asked)
    case 'issue-invite':
    case 'withdraw-invite':
    case 'change-member':
    case 'remove-member':
    case 'reseat-member':
    case 'pass-leadership':
      return decideMembership(wish, asked)
    case 'set-conditions':
    case 'own-alert':
    case 'send-alert':
    case 'clear-alert':
    case 'answer-alert':
      return decideAlert(wish, asked)
    case 'begin-head-count':
    case 'see-members':
    case 'see-group':
    case 'see-number':
    case 'see-guests':
      return decideHeadCount(wish, asked)
    case 'call-regroup':
    case 'answer-regroup':
    case 'end-regroup':
      return decideRegroup(wish, asked)
    case 'set-helping':
    case 'set-stock':
      return decideHelper(wish, asked)
    case 'set-drink-plan':
    case 'have-drunk':
    case 'set-minor':
      return decideDrink(wish, asked)
    case 'keep-claim':
    case 'deny-hand-over':
    case 'undo-assumed':
      return decideClaim(wish, asked)
    case 'count-guests':
    case 'account-guests':
      return decideGuests(wish, asked)
    case 'send-message':
    case 'see-message':
      return decideMessage(wish, asked)
    case 'raise-request':
    case 'claim-request':
    case 'release-request':
    case 'cancel-request':
    case 'confirm-delivered':
    case 'close-request':
    case 'record-hand-over':
      return decideRequest(wish, asked)
    default:
      return decideMember(wish, asked)
  }
}
