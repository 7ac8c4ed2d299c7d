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
import type { MemberId, RunId, TrackerId } from '../../shared/units.ts'
import { type Belief, judge, noBelief } from '../core/belief.ts'
import type { Stored } from '../store/store.ts'
import { isAway } from './away.ts'
import { type Batch, type FixBatcher, fixBatcher } from './fix-batcher.ts'
import { groupKey } from './fix-group.ts'
import type { House } from './house.ts'
import type { RunRoom } from './run-room.ts'
import { type Scattered, scattered } from './scattered.ts'
import { type TrackerClocks, trackerClocks } from './tracker-clocks.ts'

export type Positions = {
  /**
   * Live fixes: shown at once, and stored soon, together with what follows. `onStored` is told once for all that were stored together,
   * and never when they were not: the phone keeps them. A refusal has changed nothing.
   */
  live(room: RunRoom, member: Member, fixes: Fixes, onStored: (receipt: Receipt) => void): Refusal | undefined
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
  /** What waits of a member, or of the whole run, is not stored any more. */
  drop(runId: RunId, memberId?: MemberId): void
  /** Everything taken so far is stored, or the store has failed. */
  settled(): Promise<void>
  /** How many live fixes were not stored, because the store was too slow or away. */
  droppedCount(): number
}

const LATER_MS = 10_000

/** `shown`: the fixes as they are compared with others, their times put right. */
type Told = {
  readonly from: Source
  readonly keys: readonly number[]
  readonly fixes: readonly Fix[]
  readonly shown: readonly Fix[]
}
type Source = { readonly source: string; readonly groupKey: string }
type Known = {
  belief: Belief
  readonly streams: Scattered
  readonly progress: Batch['progress']
  /** The phone's stream now, which changes only when it is opened anew. */
  stream: (Source & { readonly streamId: string }) | undefined
}
type RoomMemory = { readonly members: Map<MemberId, Known>; readonly clocks: TrackerClocks }

export function positionsOf(house: House): Positions {
  const batcher: FixBatcher = fixBatcher(house.store)
  const memories = new WeakMap<RunRoom, RoomMemory>()

  function memoryOf(room: RunRoom): RoomMemory {
    let memory = memories.get(room)
    if (!memory) {
      memory = { members: new Map(), clocks: trackerClocks() }
      memories.set(room, memory)
    }
    return memory
  }

  function knownOf(room: RunRoom, { memberId }: Member): Known {
    const { members } = memoryOf(room)
    let known = members.get(memberId)
    if (!known) {
      const belief = { ...noBelief, believed: room.places.fixOf(memberId) ?? null }
      const progress: Known['progress'] = (isAwaited) => room.progress.toKeep(memberId, isAwaited)
      known = { belief, streams: scattered(), progress, stream: undefined }
      members.set(memberId, known)
    }
    return known
  }

  /** Only the store knows that somebody does not share: this node may not have heard yet that they do. */
  async function sureOf(room: RunRoom, member: Member, fixes: readonly Fix[]): Promise<Member> {
    if (isSure(member, fixes)) return member
    await room.doubt()
    return room.book().run.members.get(member.memberId) ?? member
  }

  function take(room: RunRoom, member: Member, { from, keys, fixes, shown }: Told): Batch {
    const nowMs = house.clock.nowMs()
    const { memberId } = member
    const known = knownOf(room, member)
    /** A backlog is judged by itself: it says nothing about where the member is now. */
    let late: Belief = noBelief
    const droppedKeys: number[] = []
    const points: Batch['points'][number][] = []
    const believed: Fix[] = []
    const aside: Partial<Record<AsideReason, number>> = {}

    for (let at = 0; at < fixes.length; at++) {
      const [key, fix, asShown] = [keys[at] as number, fixes[at] as Fix, shown[at] as Fix]
      const isNews = asShown.takenAtMs > (known.belief.believed?.takenAtMs ?? 0)
      const judged = judge(asShown, member, isNews ? known.belief : late, nowMs, fix.takenAtMs)
      if (judged.is === 'aside') {
        aside[judged.reason] = (aside[judged.reason] ?? 0) + 1
        if (judged.reason === 'outside-sharing') droppedKeys.push(key)
        else points.push({ key, fix, receivedAtMs: nowMs, flag: 'aside' })
        continue
      }
      points.push({ key, fix, receivedAtMs: nowMs, flag: judged.is })
      if (judged.is === 'believed') believed.push(asShown)
      if (!isNews) late = judged.belief
      else {
        known.belief = judged.belief
        if (judged.is === 'believed') room.places.move(memberId, asShown)
      }
    }
    house.tally.fixesTaken += fixes.length
    if (takesPart(member.role)) room.progress.take(memberId, believed)
    const { source, groupKey: key } = from
    return { key, runId: room.runId, memberId, source, points, droppedKeys, aside, progress: known.progress }
  }

  async function takeSurely(room: RunRoom, asHeard: Member, told: Told): Promise<{ batch: Batch; stored: Stored }> {
    const batch = take(room, await sureOf(room, asHeard, told.fixes), told)
    return { batch, stored: await batcher.put(batch) }
  }

  /** Their numbers stay on them: a copy of each fix without it costs more than the rest of its way. */
  function toldBy(room: RunRoom, member: Member, { streamId, fixes }: Fixes): Told {
    const known = knownOf(room, member)
    if (known.stream?.streamId !== streamId) known.stream = { streamId, ...sourceOf(room, member, `p:${streamId}`) }
    return { from: known.stream, keys: fixes.map(({ seq }) => seq), fixes, shown: fixes }
  }

  async function fromPhone(room: RunRoom, member: Member, fixes: Fixes): Promise<Receipt | Refusal> {
    const told = toldBy(room, member, fixes)
    const { streams } = knownOf(room, member)
    if (!streams.mayTake(told.from.source, told.keys)) return tooMany // BI28
    const { stored } = await takeSurely(room, member, told)
    streams.stored(told.from.source, stored)
    return receiptOf(fixes.streamId, stored)
  }

  return {
    fromPhone,
    live(room, member, fixes, onStored) {
      if (!isSure(member, fixes.fixes)) {
        void fromPhone(room, member, fixes).then(
          (receipt) => 'code' in receipt || onStored(receipt),
          (fault: unknown) => isAway(fault) || house.onFault(fault, 'fixes'),
        )
        return undefined
      }
      const told = toldBy(room, member, fixes)
      const { source } = told.from
      const { streams } = knownOf(room, member)
      if (!streams.mayTake(source, told.keys)) return tooMany // BI28
      batcher.putLater(take(room, member, told), (stored) => {
        streams.stored(source, stored)
        onStored(receiptOf(fixes.streamId, stored))
      })
      return undefined
    },
    async fromTracker(room, member, trackerId, fixes) {
      const from = sourceOf(room, member, `t:${trackerId}`)
      const { streams } = knownOf(room, member)
      if (!streams.mayTake(from.source, [])) return { acceptedCount: 0, asideCount: fixes.length, keptCount: 0 } // BI28
      const shown = memoryOf(room).clocks.put(trackerId, fixes, house.clock.nowMs())
      const told = { from, keys: fixes.map(keyOf), fixes, shown }
      const { batch, stored } = await takeSurely(room, member, told)
      streams.stored(from.source, stored)
      const asideCount = Object.values(batch.aside).reduce((sum, count) => sum + count, 0)
      return { acceptedCount: fixes.length - asideCount, asideCount, keptCount: stored.keptCount }
    },
    stored: async ({ runId }, { memberId }, streamId) =>
      receiptOf(streamId, await house.store.stored(runId, memberId, `p:${streamId}`)),
    drop: batcher.drop,
    settled: () => batcher.settled(),
    droppedCount: () => batcher.droppedCount(),
  }
}

const sourceOf = ({ runId }: RunRoom, { memberId }: Member, source: string): Source => ({
  source,
  groupKey: groupKey(runId, memberId, source),
})

const isSure = (member: Member, fixes: readonly Fix[]): boolean =>
  fixes.every(({ takenAtMs }) => sharedAt(member, takenAtMs))

const tooMany = refuse('too-many', { field: 'fixes', retryAfterMs: LATER_MS })

const receiptOf = (streamId: string, { ranges, aside }: Pick<Stored, 'ranges' | 'aside'>): Receipt => ({
  streamId,
  ranges: ranges.map(([from, to]) => [from, to]),
  aside,
})

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
