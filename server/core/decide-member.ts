/** A member's wishes about themselves; a leader may account for others. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import { isSharing } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { alertsSettled } from './alerts/episodes.ts'
import { setPush } from './decide-push.ts'
import { type Asked, accept, acceptWith, type Decision, type DoorCommand } from './decision.ts'
import { emergencyWords } from './emergency-words.ts'
import { claimsReleased, isLastLeader, nextLeader, requestsLeftBehind } from './leaving.ts'

const SHARING_BEFORE_START_MS = 45 * MINUTE_MS
const TRACKERS_MAX = 5

type MemberWish =
  | Extract<
      Command,
      {
        type:
          | 'start-sharing'
          | 'stop-sharing'
          | 'pause'
          | 'stop'
          | 'return'
          | 'rename'
          | 'set-phone'
          | 'set-emergency'
          | 'set-usual'
          | 'set-push'
          | 'detach-tracker'
          | 'erase-me'
      }
    >
  | Extract<DoorCommand, { type: 'attach-tracker' }>

export function decideMember(wish: MemberWish, asked: Asked): Decision {
  const { run, by, world } = asked
  const { memberId } = by
  switch (wish.type) {
    case 'start-sharing':
      if (!takesPart(by.role)) return refuse('not-for-your-role')
      if (run.head.phase === 'ended') return refuse('run-has-ended')
      if (run.head.phase === 'planned' && world.nowMs < run.head.plannedStartMs - SHARING_BEFORE_START_MS)
        return refuse('too-early') // MB3
      return isSharing(by) ? accept() : accept({ type: 'sharing-started', memberId, fromMs: sharesFrom(wish, asked) })
    case 'stop-sharing':
      return isSharing(by) ? accept({ type: 'sharing-stopped', memberId, toMs: sharesTo(wish, asked, by) }) : accept()

    case 'pause':
      if (!takesPart(by.role)) return refuse('not-for-your-role')
      if (by.status !== 'out' && by.status !== 'paused') return refuse('not-out') // MB5
      if (by.status === 'paused' && by.pauseReason === wish.reason) return accept()
      return accept({ type: 'member-paused', memberId, reason: wish.reason })
    case 'stop':
      return stop(wish, asked)
    case 'return':
      return comeBack(wish, asked)

    case 'rename': // MB12
      return acceptWith([{ key: wordKey.name(memberId), ownerId: memberId, text: wish.name }], {
        type: 'member-renamed',
        memberId,
      })
    case 'set-phone':
      return acceptWith([{ key: wordKey.phone(memberId), ownerId: memberId, text: wish.phone ?? '' }], {
        type: 'phone-set',
        memberId,
        isGiven: wish.phone !== null,
      })
    case 'set-emergency':
      if (!takesPart(by.role)) return refuse('not-for-your-role') // MB16
      return acceptWith(emergencyWords(memberId, wish.contact, wish.note), {
        type: 'emergency-set',
        memberId,
        hasContact: wish.contact !== null,
        hasNote: wish.note !== null,
      })
    case 'set-push':
      return setPush(wish, asked)
    case 'set-usual': {
      if (!takesPart(by.role)) return refuse('not-for-your-role') // MB16
      const { kind, quantity, note } = wish
      return acceptWith([{ key: wordKey.usualNote(memberId), ownerId: memberId, text: note ?? '' }], {
        type: 'usual-set',
        memberId,
        kind,
        quantity,
        hasNote: note !== null,
      })
    }
    case 'attach-tracker':
      if (!takesPart(by.role)) return refuse('not-for-your-role')
      if (by.trackerIds.includes(wish.trackerId)) return accept()
      if (by.trackerIds.length >= TRACKERS_MAX) return refuse('too-many') // MB14
      return accept({ type: 'tracker-attached', memberId, trackerId: wish.trackerId })
    case 'detach-tracker':
      if (!by.trackerIds.includes(wish.trackerId)) return accept()
      return accept({ type: 'tracker-detached', memberId, trackerId: wish.trackerId })

    case 'erase-me': {
      // MB15: nothing may stand in the way of erasing oneself, so the lead goes to somebody first.
      const heir = isLastLeader(run, by) ? nextLeader(run, by) : undefined
      return accept(
        ...(heir ? [{ type: 'leadership-passed', fromMemberId: memberId, toMemberId: heir.memberId } as const] : []),
        ...requestsLeftBehind(run, by),
        ...claimsReleased(run, by),
        ...alertsSettled(run, by),
        { type: 'member-erased', memberId },
      )
    }
  }
}

function stop(wish: Extract<Command, { type: 'stop' }>, { run, by, world }: Asked): Decision {
  const whom = wish.memberId === by.memberId ? by : run.members.get(wish.memberId)
  if (whom !== by && by.role !== 'leader') return refuse('not-for-your-role')
  if (!whom || whom.status === 'removed') return refuse('no-such-thing', { field: 'command.memberId' })
  if (!takesPart(whom.role)) return refuse('not-for-your-role')
  if (whom.status === 'stopped' && whom.stopReason === wish.reason) return accept() // MB6
  return accept(...requestsLeftBehind(run, whom), ...claimsReleased(run, whom), ...alertsSettled(run, whom), {
    type: 'member-stopped',
    memberId: whom.memberId,
    reason: wish.reason,
    toMs: sharesTo(wish, { run, by, world }, whom),
  })
}

/** MB4: consent holds from the tap, not from when the network let it through; never from before it could. */
function sharesFrom({ sinceMs }: { sinceMs: number }, { run, by, world }: Asked): number {
  const { plannedStartMs, startedAtMs } = run.head
  const startMs = Math.min(plannedStartMs, startedAtMs ?? plannedStartMs)
  const earliestMs = Math.max(startMs - SHARING_BEFORE_START_MS, by.windows.at(-1)?.toMs ?? 0)
  return Math.min(Math.max(sinceMs, earliestMs), world.nowMs)
}

function sharesTo({ untilMs }: { untilMs: number }, { world }: Asked, whom: Member): number {
  return Math.min(Math.max(untilMs, whom.windows.at(-1)?.fromMs ?? 0), world.nowMs)
}

function comeBack(wish: Extract<Command, { type: 'return' }>, { run, by }: Asked): Decision {
  const whom = wish.memberId === by.memberId ? by : run.members.get(wish.memberId)
  if (whom !== by && by.role !== 'leader') return refuse('not-for-your-role')
  if (!whom || whom.status === 'removed') return refuse('no-such-thing', { field: 'command.memberId' })
  if (!takesPart(whom.role)) return refuse('not-for-your-role')
  if (run.head.phase === 'ended') return refuse('run-has-ended')
  if (whom.status === 'out') return accept()
  if (whom.status === 'joined') return refuse('not-out')
  return accept({ type: 'member-returned', memberId: whom.memberId }) // MB7
}
