/** What a helper sees: who waits for what, how far, which way, how long. */
import { endsLater } from '../../shared/run/questions.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import { isHelper } from '../../shared/run/roles.ts'
import type { Request } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { onceALook } from './once-a-look.ts'
import { me, nameOf } from './people.ts'
import { type Nearness, nearnessOf } from './place-age.ts'
import type { RunView } from './run-view.ts'
import { isWaitingAbout } from './waiting.ts'

export type QueueEntry = {
  readonly request: Request
  readonly runner: string
  readonly note: string | null
  readonly way: Nearness | null
  readonly waitMs: number
  readonly holder: string | null
  readonly isMine: boolean
  readonly isAlarm: boolean
  readonly isItem: boolean
  readonly isEscalated: boolean
  /** A tap about it has not been answered yet. */
  readonly isSending: boolean
}

/** Alarms first, then what is mine, then what nobody has, then the rest; the oldest first in each. */
export const queueOf = onceALook((view, nowMs): QueueEntry[] =>
  endsLater(view.run)
    .filter(({ kind, runnerId }) => policyOf(kind).tells !== 'group' && runnerId !== view.myId)
    .map((request) => entryOf(view, request, nowMs))
    .sort((a, b) => rank(a) - rank(b) || a.request.raisedAtMs - b.request.raisedAtMs),
)

const rank = (entry: QueueEntry): number => (entry.isAlarm ? 0 : entry.isMine ? 1 : entry.holder === null ? 2 : 3)

/** Calls for help of others that this seat is told of. */
export const alarmsOf = onceALook((view, nowMs): QueueEntry[] => queueOf(view, nowMs).filter((entry) => entry.isAlarm))

/** Those who asked the group to slow down or wait. */
export const slowDownsOf = (view: RunView, nowMs: number): QueueEntry[] =>
  endsLater(view.run)
    .filter(({ kind, runnerId }) => policyOf(kind).tells === 'group' && runnerId !== view.myId)
    .map((request) => entryOf(view, request, nowMs))

/** Whether this member may take on requests and close them. */
export const mayHelp = (view: RunView): boolean => {
  const mine = me(view)
  return mine !== undefined && isHelper(mine.role)
}

function entryOf(view: RunView, request: Request, nowMs: number): QueueEntry {
  const { requestId, runnerId, kind, cyclistId } = request
  return {
    request,
    runner: nameOf(view, runnerId),
    note: view.words.get(wordKey.note(requestId))?.text ?? null,
    way: nearnessOf(view, view.myId, runnerId, nowMs),
    waitMs: Math.max(0, nowMs - request.raisedAtMs),
    holder: cyclistId && nameOf(view, cyclistId),
    isMine: cyclistId !== null && cyclistId === view.myId,
    isAlarm: isAlarm(kind),
    isItem: policyOf(kind).isItem,
    isEscalated: request.escalatedAtMs !== null,
    isSending: isWaitingAbout(view, requestId),
  }
}
