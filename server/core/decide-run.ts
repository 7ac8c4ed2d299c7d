/** A leader's wishes about the run as a whole. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import { endsLater, missingGuestCount, missingMembers } from '../../shared/run/questions.ts'
import type { Head } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type Asked, accept, acceptWith, type Decision, type DoorCommand } from './decision.ts'
import { endOfRun } from './end-of-run.ts'
import { participantOf } from './participant.ts'
import { wrongStart } from './planned-start.ts'

type RunWish =
  | Extract<Command, { type: 'start-run' | 'end-run' | 'change-plan' | 'extend-run' | 'add-group' | 'change-group' }>
  | Extract<DoorCommand, { type: 'set-route' }>

export function decideRun(wish: RunWish, { run, by, world }: Asked): Decision {
  if (by.role !== 'leader') return refuse('not-for-your-role') // RN10
  const { phase, latestEndMs } = run.head
  switch (wish.type) {
    case 'start-run':
      if (phase === 'ended') return refuse('run-has-ended') // RN2
      return phase === 'live' ? accept() : accept({ type: 'run-started' })

    case 'end-run': {
      if (phase === 'ended') return accept()
      const missing = missingMembers(run).filter((member) => member.memberId !== by.memberId)
      const guests = missingGuestCount(run)
      const open = endsLater(run)
      if (!wish.despiteMissing && (missing.length > 0 || guests > 0 || open.length > 0)) {
        const detail = `${missing.length} members, ${guests} guests and ${open.length} requests are open`
        return refuse('someone-is-missing', { field: 'command.despiteMissing', detail }) // RN3
      }
      return accept(...endOfRun(run, 'by-leader', by.memberId))
    }
    case 'change-plan':
      return changePlan(wish, run.head, world.nowMs)

    case 'extend-run':
      if (phase === 'ended') return refuse('run-has-ended')
      if (wish.expectedEndMs <= world.nowMs || wish.expectedEndMs > latestEndMs)
        return refuse('malformed', { field: 'command.expectedEndMs', detail: `after now and at most ${latestEndMs}` }) // RN6
      return accept({ type: 'run-extended', expectedEndMs: wish.expectedEndMs })

    case 'add-group': {
      if (run.groups.has(wish.groupId)) return accept() // RN9
      if (phase === 'ended') return refuse('run-has-ended')
      const { groupId, colour, targetPaceMps } = wish
      const name = { key: wordKey.group(groupId), ownerId: null, text: wish.name }
      return acceptWith([name], { type: 'group-added', groupId, colour, targetPaceMps })
    }
    case 'change-group': {
      const { type, name, ...group } = wish
      if (!run.groups.has(group.groupId)) return refuse('no-such-thing', { field: 'command.groupId' })
      if (phase === 'ended') return refuse('run-has-ended')
      for (const field of ['leaderId', 'backMarkerId'] as const)
        if (group[field] !== null && !participantOf(run, group[field]))
          return refuse('no-such-thing', { field: `command.${field}` }) // GR2
      const word = { key: wordKey.group(group.groupId), ownerId: null, text: name }
      return acceptWith([word], { type: 'group-changed', ...group }) // GR1
    }
    case 'set-route':
      if (phase === 'ended') return refuse('run-has-ended')
      if (wish.ofRouteId && wish.ofRouteId !== run.head.route?.routeId)
        return refuse('no-such-thing', { field: 'routeId', detail: 'the route has been replaced meanwhile' }) // RT9
      return accept({ type: 'route-set', routeId: wish.routeId, lengthM: wish.lengthM })
  }
}

/** RN12: what is left out is as long as it was, and what was longest stays so. */
function changePlan(wish: Extract<RunWish, { type: 'change-plan' }>, head: Head, nowMs: number): Decision {
  const { title, plannedStartMs, expectedDurationMs, helpersWanted } = wish
  if (head.phase === 'ended') return refuse('run-has-ended')
  if (head.phase === 'live')
    return refuse('malformed', { field: 'command.plannedStartMs', detail: 'the run has begun' })
  const wrong = wrongStart(plannedStartMs, nowMs)
  if (wrong) return refuse('malformed', { field: 'command.plannedStartMs', detail: wrong })
  const latestEndMs = plannedStartMs + Math.max(head.latestEndMs - head.plannedStartMs, expectedDurationMs)
  const expectedEndMs = plannedStartMs + expectedDurationMs
  const words = title === null ? [] : [{ key: wordKey.title, ownerId: null, text: title }]
  return acceptWith(words, { type: 'plan-changed', plannedStartMs, expectedEndMs, latestEndMs, helpersWanted })
}
