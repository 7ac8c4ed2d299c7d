/** Whose phone is connected, on whichever node. Each node calls out its own now and then; what is not repeated fades. */
import type { RunState } from '../../shared/run/state.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import type { SeatLink } from './seat-link.ts'

const CALL_EVERY_MS = 5 * SECOND_MS
/** One call may get lost. */
const FADES_AFTER_MS = 2.5 * CALL_EVERY_MS
const COUNT_EVERY_MS = SECOND_MS

export type Present = {
  readonly nodeNo: number
  readonly memberNos: readonly number[]
  readonly lookingCount: number
}

export type Presence = {
  /** Who is connected here, when it is time to call it out to the other nodes. */
  due(run: RunState, nowMs: number): Present | undefined
  hear(present: Present, nowMs: number): void
  /** How many members have a phone connected anywhere; counted anew once a second. */
  connectedCount(run: RunState, nowMs: number): number
  /** Whether a member's phone is connected anywhere; as of the last count. */
  isConnected(run: RunState, memberId: MemberId): boolean
  /** How many phones look at the run, anywhere; as of the last count. */
  lookingCount(): number
}

/** @param nodeNo tells this node's calls from the others': random, up to 2^32 - 1. */
export function presenceOf(links: ReadonlySet<SeatLink>, nodeNo: number): Presence {
  const elsewhere = new Map<number, { present: Present; heardMs: number }>()
  let callMs = Number.NEGATIVE_INFINITY
  let countMs = Number.NEGATIVE_INFINITY
  let count = 0
  let looking = 0
  let connected: ReadonlySet<number> = new Set()
  /** What the count stands on. Who comes as another goes is found within seconds. */
  let counted: { readonly members: RunState['members']; readonly size: number; readonly untilMs: number } | undefined

  function here({ members }: RunState): Set<number> {
    const memberNos = new Set<number>()
    for (const { memberId } of links) {
      const member = members.get(memberId)
      if (member) memberNos.add(member.memberNo)
    }
    return memberNos
  }

  function lookingHere(): number {
    let lookers = 0
    for (const { isLooking } of links) if (isLooking) lookers++
    return lookers
  }

  return {
    lookingCount: () => looking,
    isConnected: (run, memberId) => connected.has(run.members.get(memberId)?.memberNo ?? 0),
    due(run, nowMs) {
      if (nowMs < callMs) return undefined
      callMs = nowMs + CALL_EVERY_MS
      return { nodeNo, memberNos: [...here(run)], lookingCount: lookingHere() }
    },
    hear(present, nowMs) {
      elsewhere.set(present.nodeNo, { present, heardMs: nowMs })
    },
    connectedCount(run, nowMs) {
      if (nowMs < countMs) return count
      countMs = nowMs + COUNT_EVERY_MS
      looking = lookingHere()
      const isAsBefore = elsewhere.size === 0 && counted?.members === run.members && counted.size === links.size
      if (counted && isAsBefore && nowMs < counted.untilMs) return count
      counted = { members: run.members, size: links.size, untilMs: nowMs + CALL_EVERY_MS }
      const all = here(run)
      for (const [no, { present, heardMs }] of elsewhere)
        if (nowMs - heardMs > FADES_AFTER_MS) elsewhere.delete(no)
        else {
          for (const memberNo of present.memberNos) all.add(memberNo)
          looking += present.lookingCount
        }
      count = all.size
      connected = all
      return count
    },
  }
}
