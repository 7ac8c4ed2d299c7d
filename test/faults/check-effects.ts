/** G1 of everything that is no request: what was acknowledged can be seen in the run as it is in the end. */
import type { RunState } from '../../shared/run/state.ts'
import { seenKey } from '../../shared/run/state.ts'
import type { Op } from './history.ts'
import type { Trouble } from './trouble.ts'

/** `leaderId` sees all messages and who has seen them. */
export function checkEffects(ops: readonly Op[], run: RunState): Trouble[] {
  const troubles: Trouble[] = []
  for (const op of ops)
    if (op.answer?.ok && !isThere(op, run))
      troubles.push({
        promise: 'G1',
        about: op.commandId,
        what: `${op.command.type} was acknowledged and had no effect`,
      })
  return [...troubles, ...strangers(ops, run), ...lastUsuals(ops, run)]
}

function isThere({ command, byId }: Op, run: RunState): boolean {
  if (run.members.get(byId)?.isErased && command.type !== 'record-hand-over') return true
  switch (command.type) {
    case 'record-hand-over':
      return run.handOvers.has(command.handOverId)
    case 'send-message':
      return run.messages.has(command.messageId)
    case 'see-message':
      return run.seen.has(seenKey({ messageId: command.messageId, memberId: byId }))
    case 'remove-member':
      return run.members.get(command.memberId)?.status === 'removed'
    case 'erase-me':
      return false // the erased are told apart above
    case 'start-sharing':
      return (run.members.get(byId)?.windows.length ?? 0) > 0
    case 'add-group':
      return run.groups.has(command.groupId)
    case 'start-run':
      return run.head.phase !== 'planned'
    default:
      return true // requests have a check of their own
  }
}

/** G2: what nobody invoked is not there either. */
function strangers(ops: readonly Op[], run: RunState): Trouble[] {
  const asked = new Set<string>()
  for (const { command } of ops) {
    if (command.type === 'record-hand-over') asked.add(command.handOverId)
    if (command.type === 'send-message') asked.add(command.messageId)
  }
  const there = [...run.handOvers.values()].map(({ handOverId }): string => handOverId)
  for (const { messageId } of run.messages.values()) there.push(messageId)
  return there
    .filter((id) => !asked.has(id))
    .map((id) => ({ promise: 'G2', about: id, what: 'is in the run, and nobody asked for it' }))
}

/** A member's own "usual" is what they set last: one writer, one wish after the other. */
function lastUsuals(ops: readonly Op[], run: RunState): Trouble[] {
  const troubles: Trouble[] = []
  for (const [byId, member] of [...run.members.values()].map((each) => [each.memberId, each] as const)) {
    const wishes = ops.filter((op) => op.byId === byId && op.command.type === 'set-usual')
    const lastOk = wishes.findLastIndex(({ answer }) => answer?.ok)
    if (lastOk < 0 || member.isErased) continue
    const may = wishes.slice(lastOk).filter(({ answer }, i) => i === 0 || answer === null)
    const isOne = may.some(
      ({ command }) =>
        command.type === 'set-usual' &&
        command.kind === member.usual?.kind &&
        command.quantity === member.usual.quantity,
    )
    if (!isOne)
      troubles.push({ promise: 'G1', about: byId, what: 'the last acknowledged "usual" is not what is there' })
  }
  return troubles
}
