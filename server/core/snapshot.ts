import { PersistentMap } from '../../shared/persistent-map.ts'
import type { Fact } from '../../shared/run/events.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import { isHelper } from '../../shared/run/roles.ts'
import { type Member, type Message, type RunState, seenKey } from '../../shared/run/state.ts'
import { isForServerAlone, noWord, type Word, wordKey, wordKeysOf } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import {
  knowsPhone,
  seesAlert,
  seesAll,
  seesEmergency,
  seesGuests,
  seesHandOver,
  seesHeadCount,
  seesMember,
  seesMessage,
  seesPhone,
  seesRegroup,
  seesRequest,
  seesSeen,
  seesTrackers,
  seesUsual,
} from './visibility.ts'

const nothingUsual = { usual: null, stock: null, drinkPlan: null, drunk: [], isMinor: false } satisfies Partial<Member>

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
    members: members.map((member) => {
      const trackerIds = seesTrackers(viewer, member.memberId) ? member.trackerIds : []
      const seen = seesHeadCount(viewer) ? member.seen : null
      const known = seesUsual(viewer, member.memberId) ? member : { ...member, ...nothingUsual }
      const hasPush = member.hasPush && viewer.memberId === member.memberId
      const isWhole =
        known === member &&
        hasPush === member.hasPush &&
        trackerIds.length === member.trackerIds.length &&
        seen === member.seen
      return isWhole ? member : { ...known, trackerIds, seen, hasPush }
    }),
    invites: PersistentMap.empty(),
    requests: run.requests.filter((request) => seesRequest(run, viewer, request)),
    handOvers: run.handOvers.filter((handOver) => seesHandOver(run, viewer, handOver)),
    guests: seesGuests(viewer) ? run.guests : PersistentMap.empty(),
    messages: messages.map((message) => {
      const seenCount = message.byId === viewer.memberId ? message.seenCount : Number(hasSeen(run, viewer, message))
      return seenCount === message.seenCount ? message : { ...message, seenCount }
    }),
    seen,
    alerts: run.alerts.filter((alert) => seesAlert(run, viewer, alert)),
    regroups: run.regroups.filter((regroup) => seesRegroup(viewer, regroup)),
  }
}

const hasSeen = (run: RunState, { memberId }: Member, { messageId }: Message): boolean =>
  run.seen.has(seenKey({ messageId, memberId }))

/** The words that belong to what this seat sees, which the caller may know already. */
export function wordsSeenBy(
  words: Iterable<Word>,
  whole: RunState,
  viewer: Member,
  seen = seenBy(whole, viewer),
): Word[] {
  if (seesAll(viewer)) return [...words].filter(({ key }) => !isForServerAlone(key)) // PU3
  const keys = new Set<string>([wordKey.title])
  for (const member of seen.members.values()) {
    const { memberId } = member
    keys.add(wordKey.name(memberId))
    if (seesPhone(viewer, member)) keys.add(wordKey.phone(memberId))
    if (seesUsual(viewer, memberId)) keys.add(wordKey.usualNote(memberId))
    if (viewer.role === 'leader' || memberId === viewer.memberId) addEmergency(memberId)
  }
  for (const { requestId, runnerId, cyclistId, kind, endedAtMs } of seen.requests.values()) {
    if (isHelper(viewer.role) && isAlarm(kind) && endedAtMs === null) {
      addEmergency(runnerId)
      keys.add(wordKey.phone(runnerId)) // VS23
    }
    keys.add(wordKey.note(requestId)).add(wordKey.name(runnerId))
    if (cyclistId) keys.add(wordKey.name(cyclistId))
  }
  for (const { messageId, byId } of seen.messages.values()) keys.add(wordKey.message(messageId)).add(wordKey.name(byId))
  for (const { runnerId, cyclistId } of seen.handOvers.values())
    keys.add(wordKey.name(runnerId)).add(wordKey.name(cyclistId))
  for (const { guestsId } of seen.guests.values()) keys.add(wordKey.guests(guestsId))
  for (const { regroupId } of seen.regroups.values()) keys.add(wordKey.regroup(regroupId))
  for (const { groupId } of seen.groups.values()) keys.add(wordKey.group(groupId))
  return [...words].filter(({ key }) => keys.has(key))

  function addEmergency(memberId: MemberId): void {
    keys.add(wordKey.emergency(memberId)).add(wordKey.medical(memberId))
  }
}

/** The words that facts shown to this seat bring along. Later facts about the same thing need none. */
export function wordsOfFacts(
  facts: readonly Fact[],
  words: PersistentMap<string, Word>,
  run: RunState,
  viewer: Member,
): Word[] {
  const keys = new Set<string>()
  const blanks: Word[] = []
  for (const fact of facts) {
    for (const memberId of inAlarm(run, fact)) {
      const isTold = seesEmergency(run, viewer, memberId)
      tell(wordKey.emergency(memberId), isTold)
      tell(wordKey.medical(memberId), isTold)
      tell(wordKey.phone(memberId), knowsPhone(run, viewer, memberId))
    }
    if (fact.event.type !== 'phone-set' || knowsPhone(run, viewer, fact.event.memberId))
      for (const key of wordKeysOf(fact)) if (!isForServerAlone(key)) keys.add(key) // PU3
  }
  return [...[...keys].map((key) => words.get(key)).filter((word) => word !== undefined), ...blanks]

  /** VS22, VS23: who helped forgets with the end of the call. */
  function tell(key: string, isTold: boolean): void {
    if (isTold) keys.add(key)
    else if (isHelper(viewer.role)) blanks.push(noWord(key))
  }
}

/** Whose call for help a fact is about. */
function inAlarm(run: RunState, { event }: Fact): MemberId[] {
  const request = 'requestId' in event && event.requestId !== null ? run.requests.get(event.requestId) : undefined
  return request && isAlarm(request.kind) ? [request.runnerId] : []
}
