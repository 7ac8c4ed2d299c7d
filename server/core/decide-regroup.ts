/** A place and a time where all, or a group, come together. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import { isCalled } from '../../shared/run/regroup.ts'
import { takesPart } from '../../shared/run/roles.ts'
import { wordKey } from '../../shared/run/words.ts'
import { HOUR_MS } from '../../shared/units.ts'
import { type Asked, accept, acceptWith, type Decision } from './decision.ts'
import { seesRegroup } from './visibility.ts'

type RegroupWish = Extract<Command, { type: 'call-regroup' | 'answer-regroup' | 'end-regroup' }>

/** A call that was made without network may come in late. */
const LATE_MS = HOUR_MS

export function decideRegroup(wish: RegroupWish, asked: Asked): Decision {
  const { run, by } = asked
  if (wish.type === 'call-regroup') return callRegroup(wish, asked)
  const regroup = run.regroups.get(wish.regroupId)
  if (!regroup || !seesRegroup(by, regroup)) return refuse('no-such-thing', { field: 'command.regroupId' })
  if (wish.type === 'end-regroup') {
    if (by.role !== 'leader') return refuse('not-for-your-role') // RG1
    return regroup.isOver ? accept() : accept({ type: 'regroup-ended', regroupId: regroup.regroupId }) // RG3
  }
  if (!takesPart(by.role) || !isCalled(regroup, by)) return refuse('not-for-your-role') // RG4
  if (run.head.phase === 'ended') return refuse('run-has-ended')
  if (regroup.isOver) return refuse('already-ended')
  const { memberId } = by
  const { answer, regroupId } = wish
  const isSaid = regroup.answers.some((each) => each.memberId === memberId && each.answer === answer)
  return isSaid ? accept() : accept({ type: 'regroup-answered', regroupId, memberId, answer }) // RG4
}

type Call = Extract<RegroupWish, { type: 'call-regroup' }>

function callRegroup({ type: _, name, ...regroup }: Call, { run, by, world }: Asked): Decision {
  if (by.role !== 'leader') return refuse('not-for-your-role') // RG1
  if (run.regroups.has(regroup.regroupId)) return accept()
  const { phase, latestEndMs, route } = run.head
  if (phase === 'ended') return refuse('run-has-ended')
  const { groupId, atM, atMs } = regroup
  if (groupId !== null && !run.groups.has(groupId)) return refuse('no-such-thing', { field: 'command.groupId' })
  if (atMs < world.nowMs - LATE_MS || atMs > latestEndMs)
    return refuse('malformed', { field: 'command.atMs', detail: `from now on and at most ${latestEndMs}` }) // RG1
  if (atM !== null && (!route || atM > route.lengthM))
    return refuse('malformed', { field: 'command.atM', detail: 'not along the route' })
  // RG2: the same people are called to one place at a time.
  const former = [...run.regroups.values()].filter((each) => each.groupId === groupId && !each.isOver)
  return acceptWith(
    [{ key: wordKey.regroup(regroup.regroupId), ownerId: null, text: name }],
    ...former.map(({ regroupId }) => ({ type: 'regroup-ended', regroupId }) as const),
    { type: 'regroup-called', ...regroup },
  )
}
