import { PersistentMap } from '../../shared/persistent-map.ts'
import type { Fact } from '../../shared/run/events.ts'
import { type Member, type Message, type RunState, seenKey } from '../../shared/run/state.ts'
import { type Word, wordKey } from '../../shared/run/words.ts'
import {
  seesAll,
  seesGuests,
  seesHandOver,
  seesMember,
  seesMessage,
  seesPhone,
  seesRequest,
  seesSeen,
  seesTrackers,
  seesUsual,
} from './visibility.ts'

/** The run as this seat folds it: what facts hidden from it would have changed is not in it. */
export function seenBy(run: RunState, viewer: Member): RunState {
  if (seesAll(viewer)) return run
  const members = run.members.filter((member) => seesMember(viewer, member))
  const messages = run.messages.filter((message) => seesMessage(viewer, message))
  const seen = run.seen.filter(({ messageId, memberId }) => {
    const message = messages.get(messageId)
    return message !== undefined && seesSeen(viewer, memberId, message)
  })
  return {
    version: run.version,
    head: { ...run.head, lastMemberNo: Math.max(0, ...[...members.values()].map(({ memberNo }) => memberNo)) },
    groups: run.groups,
    members: members.map((member) => ({
      ...member,
      trackerIds: seesTrackers(viewer, member.memberId) ? member.trackerIds : [],
      usual: seesUsual(viewer, member.memberId) ? member.usual : null,
    })),
    invites: PersistentMap.empty(),
    requests: run.requests.filter((request) => seesRequest(run, viewer, request)),
    handOvers: run.handOvers.filter((handOver) => seesHandOver(run, viewer, handOver)),
    guests: seesGuests(viewer) ? run.guests : PersistentMap.empty(),
    messages: messages.map((message) => ({
      ...message,
      seenCount: message.byId === viewer.memberId ? message.seenCount : Number(hasSeen(run, viewer, message)),
    })),
    seen,
  }
}

const hasSeen = (run: RunState, { memberId }: Member, { messageId }: Message): boolean =>
  run.seen.has(seenKey({ messageId, memberId }))

/** The words that belong to what this seat sees. */
export function wordsSeenBy(words: Iterable<Word>, whole: RunState, viewer: Member): Word[] {
  if (seesAll(viewer)) return [...words]
  const seen = seenBy(whole, viewer)
  const keys = new Set<string>([wordKey.title])
  for (const member of seen.members.values()) {
    const { memberId } = member
    keys.add(wordKey.name(memberId))
    if (seesPhone(viewer, member)) keys.add(wordKey.phone(memberId))
    if (seesUsual(viewer, memberId)) keys.add(wordKey.usualNote(memberId))
  }
  for (const { requestId, runnerId, cyclistId } of seen.requests.values()) {
    keys.add(wordKey.note(requestId)).add(wordKey.name(runnerId))
    if (cyclistId) keys.add(wordKey.name(cyclistId))
  }
  for (const { messageId, byId } of seen.messages.values()) keys.add(wordKey.message(messageId)).add(wordKey.name(byId))
  for (const { runnerId, cyclistId } of seen.handOvers.values())
    keys.add(wordKey.name(runnerId)).add(wordKey.name(cyclistId))
  for (const { guestsId } of seen.guests.values()) keys.add(wordKey.guests(guestsId))
  for (const { groupId } of seen.groups.values()) keys.add(wordKey.group(groupId))
  return [...words].filter(({ key }) => keys.has(key))
}

/** The words that facts shown to this seat bring along. Later facts about the same thing need none. */
export function wordsOfFacts(
  facts: readonly Fact[],
  words: PersistentMap<string, Word>,
  run: RunState,
  viewer: Member,
): Word[] {
  const keys = new Set<string>()
  for (const { event, byId } of facts) {
    switch (event.type) {
      case 'run-planned':
        keys.add(wordKey.title)
        break
      case 'group-added':
        keys.add(wordKey.group(event.groupId))
        break
      case 'member-joined':
      case 'member-renamed':
        keys.add(wordKey.name(event.memberId))
        break
      case 'phone-set': {
        const owner = run.members.get(event.memberId)
        if (owner && seesPhone(viewer, owner)) keys.add(wordKey.phone(event.memberId))
        break
      }
      case 'usual-set':
        keys.add(wordKey.usualNote(event.memberId))
        break
      case 'guests-counted':
        keys.add(wordKey.guests(event.guestsId))
        break
      case 'request-raised':
        keys.add(wordKey.note(event.requestId)).add(wordKey.name(event.runnerId))
        break
      case 'request-claimed':
      case 'request-delivered':
        if (event.cyclistId) keys.add(wordKey.name(event.cyclistId))
        break
      case 'request-closed':
        if (byId) keys.add(wordKey.name(byId))
        break
      case 'handed-over':
        keys.add(wordKey.name(event.runnerId)).add(wordKey.name(event.cyclistId))
        break
      case 'message-sent':
        keys.add(wordKey.message(event.messageId))
        if (byId) keys.add(wordKey.name(byId))
        break
    }
  }
  return [...keys].map((key) => words.get(key)).filter((word) => word !== undefined)
}
