/** Whose phone is connected, on whichever node. Each node calls out its own now and then; what is not repeated fades. */
import type { Member, RunState } from '../../shared/run/state.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import type { Scene } from '../core/watch/scene.ts'
import type { SeatLink } from './seat-link.ts'

const CALL_EVERY_MS = 5 * SECOND_MS
/** So that each is called out more than once. */
const NEWLY_DARK_MS = 3 * CALL_EVERY_MS
/** One call may get lost. */
const FADES_AFTER_MS = 2.5 * CALL_EVERY_MS
const COUNT_EVERY_MS = SECOND_MS

export type Present = {
  readonly nodeNo: number
  readonly memberNos: readonly number[]
  readonly lookingCount: number
  /** Whose screen went dark there of late, and how long ago: left out when nobody's did. */
  readonly dark?: readonly { readonly memberNo: number; readonly forMs: number }[]
}

/** Who looks, on one node. */
export type Looked = { readonly nodeNo: number; readonly memberNos: readonly number[] }

export type Looks = (member: Pick<Member, 'memberId' | 'memberNo'>) => boolean

export type Presence = {
  /** Who is connected here, when it is time to call it out to the other nodes. */
  due(run: RunState, nowMs: number): Present | undefined
  hear(present: Present, nowMs: number): void
  /** How many members have a phone connected anywhere; counted anew once a second. */
  connectedCount(run: RunState, nowMs: number): number
  /** Whose phone is connected anywhere, and whose went dark; as of the last count. */
  seenIn(run: RunState): Pick<Scene, 'isConnected' | 'darkForMs'>
  /** The same of who looks, called out at once when that changes: nobody who has just put their phone away is to miss a ring. */
  lookedDue(run: RunState, nowMs: number): Looked | undefined
  hearLooked(looked: Looked, nowMs: number): void
  /** Whether a phone of theirs is connected and looked at now, on whichever node: gathered once for all who are asked about. */
  whoLooks(nowMs: number): Looks
  /** How many phones look at the run, anywhere; as of the last count. */
  lookingCount(): number
}

/**
 * @param nodeNo tells this node's calls from the others': random, up to 2^32 - 1.
 * @param timeScale how much faster than the wall the server's clock goes, by which places are as old as they are.
 */
export function presenceOf(links: ReadonlySet<SeatLink>, nodeNo: number, timeScale = 1): Presence {
  const elsewhere = new Map<number, { present: Present; heardMs: number }>()
  const lookedElsewhere = new Map<number, { memberNos: ReadonlySet<number>; heardMs: number }>()
  let lookedCallMs = Number.NEGATIVE_INFINITY
  let lookedCalled = ''
  let callMs = Number.NEGATIVE_INFINITY
  let countMs = Number.NEGATIVE_INFINITY
  let count = 0
  let looking = 0
  let countedMs = 0
  let connected: ReadonlySet<number> = new Set()
  /** What the count stands on. Who comes as another goes is found within seconds. */
  let counted: { readonly members: RunState['members']; readonly size: number; readonly untilMs: number } | undefined

  /** By member: since when a phone is connected here and not looked at, or was when it left. Told again only once it was looked at. */
  const darkSinceMs = new Map<MemberId, number>()
  const darkElsewhere = new Map<number, number>()

  function mindScreens(nowMs: number): void {
    countedMs = nowMs
    for (const { memberId, isLooking } of links)
      if (!isLooking && !darkSinceMs.has(memberId)) darkSinceMs.set(memberId, nowMs)
    if (darkSinceMs.size > 0) for (const { memberId, isLooking } of links) if (isLooking) darkSinceMs.delete(memberId)
  }

  function newlyDark({ members }: RunState, nowMs: number): Pick<Present, 'dark'> {
    const dark = [...darkSinceMs].flatMap(([memberId, sinceMs]) => {
      const member = nowMs - sinceMs < NEWLY_DARK_MS ? members.get(memberId) : undefined
      return member ? [{ memberNo: member.memberNo, forMs: nowMs - sinceMs }] : []
    })
    return dark.length > 0 ? { dark } : {}
  }

  function here({ members }: RunState, isCounted: (link: SeatLink) => boolean = () => true): Set<number> {
    const memberNos = new Set<number>()
    for (const link of links) {
      const member = isCounted(link) ? members.get(link.memberId) : undefined
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
    seenIn: ({ members }) => ({
      isConnected: (memberId) => connected.has(members.get(memberId)?.memberNo ?? 0),
      darkForMs(memberId) {
        const here = darkSinceMs.get(memberId) ?? Number.NEGATIVE_INFINITY
        const elsewhere = darkElsewhere.get(members.get(memberId)?.memberNo ?? 0) ?? Number.NEGATIVE_INFINITY
        const forMs = countedMs - Math.max(here, elsewhere)
        return Number.isFinite(forMs) ? forMs * timeScale : null
      },
    }),
    due(run, nowMs) {
      if (nowMs < callMs) return undefined
      callMs = nowMs + CALL_EVERY_MS
      return { nodeNo, memberNos: [...here(run)], lookingCount: lookingHere(), ...newlyDark(run, nowMs) }
    },
    lookedDue(run, nowMs) {
      const memberNos = [...here(run, ({ isLooking }) => isLooking)]
      const called = memberNos.join()
      if (called === lookedCalled && (nowMs < lookedCallMs || called === '')) return undefined
      lookedCallMs = nowMs + CALL_EVERY_MS
      lookedCalled = called
      return { nodeNo, memberNos }
    },
    hearLooked: (looked, nowMs) =>
      void lookedElsewhere.set(looked.nodeNo, { memberNos: new Set(looked.memberNos), heardMs: nowMs }),
    whoLooks(nowMs) {
      const lookHere = new Set<MemberId>()
      for (const { memberId, isLooking } of links) if (isLooking) lookHere.add(memberId)
      for (const [no, { heardMs }] of lookedElsewhere) if (nowMs - heardMs > FADES_AFTER_MS) lookedElsewhere.delete(no)
      const lookThere = [...lookedElsewhere.values()]
      return ({ memberId, memberNo }) =>
        lookHere.has(memberId) || lookThere.some(({ memberNos }) => memberNos.has(memberNo))
    },
    hear(present, nowMs) {
      elsewhere.set(present.nodeNo, { present, heardMs: nowMs })
      for (const { memberNo, forMs } of present.dark ?? []) darkElsewhere.set(memberNo, nowMs - forMs)
    },
    connectedCount(run, nowMs) {
      if (nowMs < countMs) return count
      countMs = nowMs + COUNT_EVERY_MS
      mindScreens(nowMs)
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
