/** G1, G2: what was granted is there, once; and the journal is one chain. */
import { linkOf } from '../../server/core/chain.ts'
import type { Entry } from '../../server/store/store.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import { isEnded } from '../../shared/run/questions.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Tap } from './person.ts'
import { seals } from './simulated-node.ts'
import type { Problem, World } from './world.ts'

export type JournalRead = { readonly entries: readonly Entry[]; readonly run: RunState }

export function checkJournal({ people, runId, plannedThrough, store }: World, { entries }: JournalRead): Problem[] {
  const problems: Problem[] = []
  const wrong = (check: string, text: string) => void problems.push({ check, text })
  const taps = people.flatMap((person) => person.taps.map((tap) => ({ tap, person })))
  const tapped = new Set<string>(taps.map(({ tap }) => tap.commandId))
  const facts = entries.map(({ fact }) => fact)
  const lastOfCommand = new Map<string, number>()
  const begun = new Map<string, Fact>()
  let run = newRun
  let mac = ''

  for (const { fact, mac: link } of entries) {
    const { event, version, commandId, byId } = fact
    mac = linkOf(seals.chainKey(runId), mac, fact)
    if (mac !== link) wrong('G4 chain', `the link of version ${version} is another`)
    const last = lastOfCommand.get(commandId)
    if (last !== undefined && last !== version - 1) wrong('G2', `${commandId} became fact at ${last} and ${version}`)
    lastOfCommand.set(commandId, version)
    if (byId !== null && !tapped.has(commandId) && version > plannedThrough)
      wrong('G2', `nobody asked for ${event.type} of ${commandId} at ${version}`)
    const begins = beginningOf(event)
    if (begins !== undefined && begun.has(begins)) wrong('G2', `${begins} is begun again at ${version}`)
    if (begins !== undefined) begun.set(begins, fact)
    for (const text of doubled(run, event)) wrong('G2', `${text} at ${version}`)
    run = evolve(run, fact)
  }

  const isGone = (person: (typeof taps)[number]['person']) => person.phone()?.view().link === 'gone'
  /** A request that was lost with the store comes again from its author alone, and they may be gone. */
  const leftBehind = new Set(
    taps.flatMap(({ tap: { command }, person }) =>
      command.type === 'raise-request' && isGone(person) ? [command.requestId] : [],
    ),
  )
  const byCommand = new Map<string, Fact[]>()
  for (const fact of facts) byCommand.set(fact.commandId, [...(byCommand.get(fact.commandId) ?? []), fact])
  for (const { tap, person } of taps) {
    const { commandId, command, answer } = tap
    const text = `${person.name}: ${command.type} ${commandId}`
    const isFact = byCommand.has(commandId)
    const isOver = isGone(person)
    const isLeftBehind =
      'requestId' in command && !run.requests.has(command.requestId) && leftBehind.has(command.requestId)
    const isExcused = store.hasLost() && (isOver || isLeftBehind || !tap.isOwed || isMoot(run, tap))
    if (tap.isGranted && !isFact && !isExcused && !facts.some((fact) => isEffectOf(tap, fact)))
      wrong('G1', `${text} was granted and is not there`)
    // After a loss a copy of the journal may bring back a yes that nobody had heard.
    if (answer && !answer.ok && !tap.isGranted && isFact && !isAboutSeat(answer.code) && !store.hasLost())
      wrong('G1', `${text} was refused as ${answer.code}, and is there`)
    if (tap.isOwed && !isOver && !answer) wrong('OB2', `${text} was kept and never answered`)
  }
  return problems
}

/** What people were granted about a request comes back in another order after a loss: the journal may have gone another way. */
function isMoot({ requests }: RunState, { command, byId }: Tap): boolean {
  if (!('requestId' in command) || command.type === 'raise-request') return false
  const request = requests.get(command.requestId)
  if (!request || isEnded(request)) return request !== undefined
  if (command.type === 'claim-request') return request.cyclistId !== null
  return command.type === 'release-request' && request.cyclistId !== byId
}

/** A seat that is over is told so, whatever became of its wish. */
const isAboutSeat = (code: string): boolean => code === 'not-a-member'

/** What an event begins once and for all. */
function beginningOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'run-planned':
    case 'run-started':
      return event.type
    case 'request-raised':
      return event.requestId
    case 'handed-over':
      return event.handOverId
    case 'message-sent':
      return event.messageId
    case 'guests-counted':
      return event.guestsId
    case 'group-added':
      return event.groupId
    case 'regroup-called':
      return event.regroupId
    case 'member-joined':
      return event.memberId
    default:
      return undefined
  }
}

function* doubled({ requests }: RunState, event: RunEvent): Generator<string> {
  if (event.type === 'request-claimed') {
    const request = requests.get(event.requestId)
    if (request?.cyclistId && request.offer?.toId !== event.cyclistId) yield `${event.requestId} is claimed twice`
    if (request && isEnded(request)) yield `${event.requestId} is claimed after its end`
  }
  if (event.type === 'request-raised')
    for (const request of requests.values())
      if (
        request.runnerId === event.runnerId &&
        request.kind === event.kind &&
        !isEnded(request) &&
        request.status !== 'needs-check'
      )
        yield `${event.runnerId} has two open requests for ${event.kind}`
}

/** Granted without a fact of its own: what was wished for was so already. */
function isEffectOf({ command, byId }: Tap, { event }: Fact): boolean {
  const types: readonly RunEvent['type'][] = effects[command.type] ?? []
  if (!types.includes(event.type)) return false
  const about = 'memberId' in command ? command.memberId : byId
  if ('requestId' in command) return 'requestId' in event && event.requestId === command.requestId
  if ('messageId' in command) return 'messageId' in event && event.messageId === command.messageId
  if ('handOverId' in command) return 'handOverId' in event && event.handOverId === command.handOverId
  if ('guestsId' in command) return 'guestsId' in event && event.guestsId === command.guestsId
  if ('groupId' in command && command.type === 'add-group')
    return 'groupId' in event && event.groupId === command.groupId
  return !('memberId' in event) || event.memberId === about
}

const effects: Partial<Record<Command['type'], readonly RunEvent['type'][]>> = {
  'start-run': ['run-started'],
  'add-group': ['group-added'],
  'change-member': ['member-changed', 'member-joined'],
  'remove-member': ['member-removed'],
  'count-guests': ['guests-counted'],
  'account-guests': ['guests-accounted'],
  'send-message': ['message-sent'],
  'see-message': ['message-seen'],
  'start-sharing': ['sharing-started'],
  'stop-sharing': ['sharing-stopped', 'member-joined', 'member-stopped'],
  pause: ['member-paused'],
  return: ['member-returned', 'sharing-started', 'run-started', 'member-joined'],
  'raise-request': ['request-raised'],
  'claim-request': ['request-claimed'],
  'release-request': ['request-released', 'request-raised'],
  'cancel-request': ['request-cancelled', 'request-needs-check'],
  'confirm-delivered': ['request-delivered'],
  'close-request': ['request-closed'],
  'record-hand-over': ['handed-over'],
  'set-stock': ['stock-set'],
  'set-helping': ['helping-set', 'member-joined'],
  'set-drink-plan': ['drink-plan-set'],
  'see-members': ['members-seen'],
  'begin-head-count': ['head-count-begun'],
  'set-conditions': ['conditions-set'],
  'call-regroup': ['regroup-called'],
  'answer-regroup': ['regroup-answered'],
}
