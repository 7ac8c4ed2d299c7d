import { PersistentMap } from '../../shared/persistent-map.ts'
import type { Fact } from '../../shared/run/events.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import { type Word, wordKey } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import {
  seesAll,
  seesGuests,
  seesHandOver,
  seesMember,
  seesMessage,
  seesPhone,
  seesRequest,
  seesTrackers,
  seesUsual,
} from './visibility.ts'

/** The run as this seat folds it: what facts hidden from it would have changed is not in it. */
export function seenBy(run: RunState, viewer: Member): RunState {
  if (seesAll(viewer)) return run
  const members = run.members.filter((member) => seesMember(viewer, member))
  const messages = run.messages.filter((message) => seesMessage(viewer, message))
  const seen = run.seen.filter(({ memberId }) => memberId === viewer.memberId)
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
    handOvers: run.handOvers.filter(
      ({ cyclistId, runnerId }) => cyclistId === viewer.memberId || seesHandOver(run, viewer, runnerId),
    ),
    guests: seesGuests(viewer) ? run.guests : PersistentMap.empty(),
    messages: messages.map((message) => ({
      ...message,
      seenCount: seen.has(`${message.messageId}/${viewer.memberId}`) ? 1 : 0,
    })),
    seen,
  }
}

/** The words that belong to what this seat sees. */
export function wordsSeenBy(words: Iterable<Word>, whole: RunState, viewer: Member): Word[] {
  if (seesAll(viewer)) return [...words]
  const seen = seenBy(whole, viewer)
  const keys = new Set<string>([wordKey.title])
  for (const { memberId, role } of seen.members.values()) {
    keys.add(wordKey.name(memberId))
    const owner = whole.members.get(memberId)
    if (owner && seesPhone(viewer, { ...owner, role })) keys.add(wordKey.phone(memberId))
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

/** The words that facts shown to this seat bring along. */
export function wordsOfFacts(
  facts: readonly Fact[],
  words: PersistentMap<string, Word>,
  run: RunState,
  viewer: Member,
): Word[] {
  const keys = new Set<string>()
  for (const { event } of facts) {
    if (event.type === 'run-planned') keys.add(wordKey.title)
    if ('groupId' in event && event.groupId !== null) keys.add(wordKey.group(event.groupId))
    if ('guestsId' in event) keys.add(wordKey.guests(event.guestsId))
    if (event.type === 'message-sent') keys.add(wordKey.message(event.messageId))
    if (event.type === 'usual-set') keys.add(wordKey.usualNote(event.memberId))
    const people: MemberId[] = []
    if ('memberId' in event) people.push(event.memberId)
    if ('runnerId' in event) people.push(event.runnerId)
    if ('cyclistId' in event && event.cyclistId !== null) people.push(event.cyclistId)
    if ('requestId' in event && event.requestId !== null) {
      keys.add(wordKey.note(event.requestId))
      const request = run.requests.get(event.requestId)
      if (request) people.push(request.runnerId)
    }
    for (const memberId of people) {
      keys.add(wordKey.name(memberId))
      const owner = run.members.get(memberId)
      if (event.type === 'phone-set' && owner && seesPhone(viewer, owner)) keys.add(wordKey.phone(memberId))
    }
  }
  return [...keys].map((key) => words.get(key)).filter((word) => word !== undefined)
}
