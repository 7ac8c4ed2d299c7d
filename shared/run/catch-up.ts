/** What a phone folds: the run as far as its seat may see it, the words, and where it stands in the journal. */
import { PersistentMap } from '../persistent-map.ts'
import type { Facts, SnapshotRow } from '../protocol/wire.ts'
import { unreachable } from '../unreachable.ts'
import { evolve, newRun } from './evolve.ts'
import { type RunState, seenKey } from './state.ts'
import { type Word, wordKeysTakenBackBy } from './words.ts'

export type PhoneBook = {
  readonly run: RunState
  readonly mac: string
  readonly words: PersistentMap<string, Word>
}

export const emptyPhoneBook: PhoneBook = { run: newRun, mac: '', words: PersistentMap.empty() }

/** CU1, CU2: overlap is harmless; `gap` when the facts begin behind what the phone has. */
export function foldFacts(book: PhoneBook, { fromVersion, toVersion, mac, facts, words }: Facts): PhoneBook | 'gap' {
  if (fromVersion > book.run.version) return 'gap'
  if (toVersion <= book.run.version) return book
  let { run } = book
  let kept = book.words
  for (const fact of facts) {
    if (fact.version <= book.run.version) continue
    run = evolve(run, fact)
    const { event } = fact
    if (event.type === 'member-erased') kept = kept.filter(({ ownerId }) => ownerId !== event.memberId)
    for (const key of wordKeysTakenBackBy(fact)) kept = kept.delete(key)
  }
  // A word without text is not for this seat any more.
  for (const word of words) kept = word.text === '' ? kept.delete(word.key) : kept.set(word.key, word)
  return { run: { ...run, version: toVersion }, mac, words: kept }
}

/** The book that a whole snapshot stands for. */
export function bookFromRows(version: number, mac: string, rows: Iterable<SnapshotRow>): PhoneBook {
  let run: RunState = { ...newRun, version }
  let words = PersistentMap.empty<string, Word>()
  for (const row of rows) {
    switch (row.of) {
      case 'head':
        run = { ...run, head: row.value }
        break
      case 'groups':
        run = { ...run, groups: run.groups.set(row.value.groupId, row.value) }
        break
      case 'members':
        run = { ...run, members: run.members.set(row.value.memberId, row.value) }
        break
      case 'invites':
        run = { ...run, invites: run.invites.set(row.value.inviteId, row.value) }
        break
      case 'requests':
        run = { ...run, requests: run.requests.set(row.value.requestId, row.value) }
        break
      case 'handOvers':
        run = { ...run, handOvers: run.handOvers.set(row.value.handOverId, row.value) }
        break
      case 'guests':
        run = { ...run, guests: run.guests.set(row.value.guestsId, row.value) }
        break
      case 'messages':
        run = { ...run, messages: run.messages.set(row.value.messageId, row.value) }
        break
      case 'seen':
        run = { ...run, seen: run.seen.set(seenKey(row.value), row.value) }
        break
      case 'alerts':
        run = { ...run, alerts: run.alerts.set(row.value.alertId, row.value) }
        break
      case 'regroups':
        run = { ...run, regroups: run.regroups.set(row.value.regroupId, row.value) }
        break
      case 'words':
        words = words.set(row.value.key, row.value)
        break
      default:
        return unreachable(row)
    }
  }
  return { run, mac, words }
}
