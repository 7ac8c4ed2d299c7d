/** G1 and G2 against the journal itself: every acknowledged command is there, in one place, with the version that was told. */
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import type { Op } from './history.ts'
import type { Trouble } from './trouble.ts'

export function checkJournal(ops: readonly Op[], facts: readonly Fact[]): Trouble[] {
  const troubles: Trouble[] = []
  const versions = new Map<string, number[]>()
  for (const [i, { version, commandId }] of facts.entries()) {
    if (version !== i + 1) {
      troubles.push({ promise: 'G1', about: `version ${i + 1}`, what: `the journal has a hole before ${version}` })
      break
    }
    versions.set(commandId, [...(versions.get(commandId) ?? []), version])
  }
  for (const [commandId, of] of versions)
    if ((of.at(-1) ?? 0) - (of[0] ?? 0) !== of.length - 1)
      troubles.push({ promise: 'G2', about: commandId, what: `happened more than once: versions ${of.join(', ')}` })
  const outIds = new Set(facts.flatMap(({ event }) => (isFarewell(event) ? [event.memberId] : [])))
  for (const { answer, commandId, command, byId } of ops) {
    if (!answer?.ok || versions.has(commandId)) continue
    // Nodes keep their own list of who is out, and say it again under an id of their own.
    if (command.type === 'remove-member' && outIds.has(command.memberId)) continue
    if (command.type === 'erase-me' && outIds.has(byId)) continue
    // One that had nothing to change leaves no fact, and says so.
    if (answer.isFact || answer.version > facts.length)
      troubles.push({
        promise: 'G1',
        about: commandId,
        what: `${command.type} was acknowledged and is not in the journal`,
      })
  }
  return troubles
}

const isFarewell = (event: RunEvent): event is Extract<RunEvent, { type: 'member-removed' | 'member-erased' }> =>
  event.type === 'member-removed' || event.type === 'member-erased'
