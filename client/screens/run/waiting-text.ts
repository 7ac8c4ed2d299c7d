import type { Command } from '../../../shared/run/commands.ts'
import type { RequestId } from '../../../shared/units.ts'
import { nameOf } from '../../state/people.ts'
import type { RunView } from '../../state/run-view.ts'
import { waitingOf } from '../../state/waiting.ts'
import { piecesText, t } from '../texts.ts'

/** VW43: a wish that waits, in the words of whoever made it. */
export function waitingText(view: RunView, command: Command): string {
  switch (command.type) {
    case 'raise-request':
      return t.outbox.raise(piecesText(command.kind, command.quantity))
    case 'cancel-request':
      return t.outbox.cancel(whatOf(view, command.requestId))
    case 'confirm-delivered':
      return t.outbox.got(whatOf(view, command.requestId))
    case 'claim-request':
    case 'keep-claim':
      return t.outbox.bring(whatOf(view, command.requestId), whomOf(view, command.requestId))
    case 'release-request':
      return t.outbox.release(whatOf(view, command.requestId), whomOf(view, command.requestId))
    case 'close-request':
      return t.outbox.done(whatOf(view, command.requestId), whomOf(view, command.requestId))
    case 'record-hand-over':
      return t.outbox.handed(piecesText(command.kind, command.quantity), nameOf(view, command.runnerId))
    case 'see-members':
      return t.outbox.seen(command.memberIds.map((id) => nameOf(view, id)).join(', '))
    default:
      return wordsOf(command.type)
  }
}

function wordsOf(type: Command['type']): string {
  const words: Partial<Record<Command['type'], string>> = {
    'start-sharing': t.outbox.start,
    'stop-sharing': t.outbox.stopSharing,
    pause: t.outbox.pause,
    stop: t.outbox.stop,
    return: t.outbox.back,
    'see-group': t.outbox.counted,
    'see-number': t.outbox.counted,
    'see-guests': t.outbox.counted,
    'begin-head-count': t.outbox.counted,
    'send-message': t.outbox.message,
    'see-message': t.outbox.read,
    'answer-alert': t.outbox.answer,
    'answer-regroup': t.outbox.answer,
    'deny-hand-over': t.outbox.answer,
    'undo-assumed': t.outbox.answer,
    'have-drunk': t.outbox.drunk,
    'set-stock': t.outbox.stock,
    'set-helping': t.outbox.stock,
    rename: t.outbox.about,
    'set-phone': t.outbox.about,
    'set-usual': t.outbox.about,
    'set-emergency': t.outbox.about,
    'set-drink-plan': t.outbox.about,
    'erase-me': t.outbox.about,
    'start-run': t.outbox.startRun,
    'end-run': t.outbox.endRun,
  }
  return words[type] ?? t.outbox.other
}

/** The run may not know of it yet: it waits itself. */
function whatOf(view: RunView, requestId: RequestId): string {
  const request =
    view.run.requests.get(requestId) ??
    waitingOf(view, 'raise-request').find((waiting) => waiting.requestId === requestId)
  return request ? piecesText(request.kind, request.quantity) : t.outbox.other
}

function whomOf(view: RunView, requestId: RequestId): string {
  const runnerId = view.run.requests.get(requestId)?.runnerId
  return runnerId ? nameOf(view, runnerId) : ''
}
