/**
 * Takes fixes: judges each, moves the dot, and hands all of them to the store in batches apart from the
 * frames. A receipt goes out only after the store has said that the fixes are safe.
 */
import type { Fix } from '../../shared/geo/fix.ts'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { AsideReason, Fixes, Receipt } from '../../shared/protocol/wire.ts'
import { sharedAt } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import type { MemberId, TrackerId } from '../../shared/units.ts'
import { type Belief, judge, noBelief } from '../core/belief.ts'
import { type FixBatcher, fixBatcher } from './fix-batcher.ts'
import type { House } from './house.ts'
import type { RunRoom } from './run-room.ts'
import { type Scattered, scattered } from './scattered.ts'
import { type TrackerClocks, trackerClocks } from './tracker-clocks.ts'

export type Positions = {
  /** Resolves with the receipt when the fixes are stored; rejects when the store could not. */
  fromPhone(room: RunRoom, member: Member, fixes: Fixes): Promise<Receipt | Refusal>
  /** The same for a native tracker, whose fixes have no numbers. `key` stands for a fix's time and place. */
  fromTracker(
    room: RunRoom,
    member: Member,
    trackerId: TrackerId,
    fixes: readonly Fix[],
  ): Promise<{ acceptedCount: number; asideCount: number; keptCount: number }>
  /** What is stored of a phone's stream now. */
  stored(room: RunRoom, member: Member, streamId: string): Promise<Receipt>
  /** Everything taken so far is stored, or the store has failed. */
  settled(): Promise<void>
}

const LATER_MS = 10_000

/** `shown`: the fix as it is compared with others, its time put right. */
type Keyed = { readonly key: number; readonly fix: Fix; readonly shown: Fix }

export function positionsOf(house: House): Positions {
  const batcher: FixBatcher = fixBatcher(house.store)
  const beliefs = new WeakMap<RunRoom, Map<MemberId, Belief>>()
  const clocksOf = new WeakMap<RunRoom, TrackerClocks>()
  const scatteredOf = new WeakMap<RunRoom, Map<MemberId, Scattered>>()

  function streamsOf(room: RunRoom, { memberId }: Member): Scattered {
    const ofRoom = scatteredOf.get(room) ?? new Map<MemberId, Scattered>()
    scatteredOf.set(room, ofRoom)
    const streams = ofRoom.get(memberId) ?? scattered()
    ofRoom.set(memberId, streams)
    return streams
  }

  /** Only the store knows that somebody does not share: this node may not have heard yet that they do. */
  async function sureOf(room: RunRoom, member: Member, keyed: readonly Keyed[]): Promise<Member> {
    if (keyed.every(({ fix }) => sharedAt(member, fix.takenAtMs))) return member
    await room.doubt()
    return room.book().run.members.get(member.memberId) ?? member
  }

  async function take(room: RunRoom, asHeard: Member, source: string, keyed: readonly Keyed[]) {
    const member = await sureOf(room, asHeard, keyed)
    const nowMs = house.clock.nowMs()
    const known = beliefs.get(room) ?? new Map<MemberId, Belief>()
    beliefs.set(room, known)
    const newest = room.places.fixOf(member.memberId)
    let belief: Belief = known.get(member.memberId) ?? { ...noBelief, believed: newest ?? null }
    /** A backlog is judged by itself: it says nothing about where the member is now. */
    let late: Belief = noBelief
    const dropped: number[] = []
    const points = []
    const believed: Fix[] = []
    const aside: Partial<Record<AsideReason, number>> = {}

    for (const { key, fix, shown } of keyed) {
      const isNews = shown.takenAtMs > (belief.believed?.takenAtMs ?? 0)
      const judged = judge(shown, member, isNews ? belief : late, nowMs, fix.takenAtMs)
      if (judged.is === 'aside') {
        aside[judged.reason] = (aside[judged.reason] ?? 0) + 1
        if (judged.reason === 'outside-sharing') dropped.push(key)
        else points.push({ key, fix, receivedAtMs: nowMs, flag: 'aside' as const })
        continue
      }
      points.push({ key, fix, receivedAtMs: nowMs, flag: judged.is })
      if (judged.is === 'believed') believed.push(shown)
      if (!isNews) late = judged.belief
      else {
        belief = judged.belief
        if (judged.is === 'believed') room.places.move(member.memberId, shown)
      }
    }
    known.set(member.memberId, belief)
    const { runId, progress } = room
    if (takesPart(member.role)) progress.take(member.memberId, believed)
    const batch = {
      runId,
      memberId: member.memberId,
      source,
      points,
      droppedKeys: dropped,
      aside,
      progress: progress.toKeep(member.memberId),
    }
    return { asideCount: sumOf(aside), stored: await batcher.put(batch) }
  }

  return {
    async fromPhone(room, member, { streamId, fixes }) {
      const source = `p:${streamId}`
      const streams = streamsOf(room, member)
      const seqs = fixes.map(({ seq }) => seq)
      if (!streams.mayTake(source, seqs)) return refuse('too-many', { field: 'fixes', retryAfterMs: LATER_MS }) // BI28
      const keyed = fixes.map(({ seq, ...fix }) => ({ key: seq, fix, shown: fix }))
      const { ranges, aside } = (await take(room, member, source, keyed)).stored
      streams.stored(source, ranges)
      return { streamId, ranges: ranges.map(([from, to]) => [from, to]), aside }
    },
    async fromTracker(room, member, trackerId, fixes) {
      const clocks = clocksOf.get(room) ?? trackerClocks()
      clocksOf.set(room, clocks)
      const shown = clocks.put(trackerId, fixes, house.clock.nowMs())
      const keyed = fixes.map((fix, at) => ({ key: keyOf(fix), fix, shown: shown[at] ?? fix }))
      const { stored, asideCount } = await take(room, member, `t:${trackerId}`, keyed)
      return { acceptedCount: fixes.length - asideCount, asideCount, keptCount: stored.keptCount }
    },
    async stored({ runId }, { memberId }, streamId) {
      const { ranges, aside } = await house.store.stored(runId, memberId, `p:${streamId}`)
      return { streamId, ranges: ranges.map(([from, to]) => [from, to]), aside }
    },
    settled: () => batcher.settled(),
  }
}

const sumOf = (counts: Partial<Record<AsideReason, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** 52 bits of FNV-1a twice over the time and place: the same point re-sent has the same key. */
function keyOf({ takenAtMs, latitudeDeg, longitudeDeg }: Fix): number {
  const text = `${takenAtMs}|${latitudeDeg}|${longitudeDeg}`
  let low = 0x811c9dc5
  let high = 0xcbf29ce4
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193)
    high = Math.imul(high ^ text.charCodeAt(text.length - 1 - i), 0x01000193)
  }
  return (low >>> 0) * 2 ** 20 + ((high >>> 0) & 0xfffff)
}
