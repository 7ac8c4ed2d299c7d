/** G4: a phone that went through the faults shows what a fresh phone on its seat shows, at the same version. */
import type { RunState } from '../../shared/run/state.ts'
import { seenKey } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import type { Trouble } from './trouble.ts'

export type Sight = { readonly version: number; readonly rows: ReadonlyMap<string, string> }

type Seen = { readonly run: RunState; readonly words: { values(): Iterable<Word> } }

/** A view as rows of text under their ids, so that two can be held against each other. */
export function sightOf({ run, words }: Seen): Sight {
  const rows = new Map<string, string>([['head', sortedJson(run.head)]])
  const put = (table: string, id: string, value: object) => rows.set(`${table} ${id}`, sortedJson(value))
  for (const each of run.groups.values()) put('group', each.groupId, each)
  for (const each of run.members.values()) put('member', each.memberId, each)
  for (const each of run.invites.values()) put('invite', each.inviteId, each)
  for (const each of run.requests.values()) put('request', each.requestId, each)
  for (const each of run.handOvers.values()) put('hand-over', each.handOverId, each)
  for (const each of run.guests.values()) put('guests', each.guestsId, each)
  for (const each of run.messages.values()) put('message', each.messageId, each)
  for (const each of run.seen.values()) put('seen', seenKey(each), each)
  for (const each of words.values()) put('word', each.key, each)
  return { version: run.version, rows }
}

export function checkSight(who: string, old: Sight, fresh: Sight): Trouble[] {
  const ids = new Set([...old.rows.keys(), ...fresh.rows.keys()])
  const different = [...ids].filter((id) => old.rows.get(id) !== fresh.rows.get(id))
  const isSameVersion = old.version === fresh.version
  if (different.length === 0 && isSameVersion) return []
  const [first] = different
  const example = first
    ? `; ${first}: ${old.rows.get(first) ?? 'nothing'} instead of ${fresh.rows.get(first) ?? 'nothing'}`
    : ''
  const versions = isSameVersion ? `version ${old.version}` : `version ${old.version} instead of ${fresh.version}`
  return [{ promise: 'G4', about: who, what: `${different.length} rows differ at ${versions}${example}` }]
}

/** Two equal things are equal texts, in whatever order they were folded. */
const sortedJson = (value: object): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
