/**
 * Where everybody of a run is along its route, as this node knows: computed from the fixes it took, told of the others.
 *
 * Whichever node takes a member's fix goes on from the state the last one left in the store. What comes live is run through the
 * filter at once; a backlog so much a tick, while what was shown stays. Without the store progress waits, and places do not.
 */
import type { Fix } from '../../shared/geo/fix.ts'
import { noProgress, progressAfter, progressAt } from '../../shared/geo/progress/filter.ts'
import { type PackedState, packed, unpacked } from '../../shared/geo/progress/packed-state.ts'
import { besidePlace, type PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import { type Reached, type Rerun, rerunFrom, runOn, startedOver, withFixes } from '../../shared/geo/progress/rerun.ts'
import type { MemberId, RouteId, RunId } from '../../shared/units.ts'
import { keptProgress, progressIn } from '../core/kept-progress.ts'
import { type KeptProgress, StoreAway } from '../store/store.ts'
import type { House } from './house.ts'
import { preparedRoute, type RouteOfRun } from './prepared-route.ts'

/** More fixes than come live in one message are a backlog. */
const AT_ONCE = 60
/**
 * A fix this soon after another says next to nothing that one did not: a phone's errors last for many seconds. For its moment progress
 * is reckoned on.
 */
const NEWS_AFTER_MS = 1_900
/** Some ms of each run's tick, shared in turns among those who come out of a dead zone. */
const BACKLOG_PER_TICK = 1_000
const BACKLOG_TURN = 100
/** What is kept may be so much older than what is shown: whoever goes on from it sees a gap of that length. */
const KEEP_EVERY_MS = 15_000
/** Ages travel in tenths of a second: a moment told by another node may be off by so much. */
const TOLD_WITHIN_MS = 100

const UNKNOWN = packed(noProgress)
const NOTHING: Reached<PackedState> = { state: UNKNOWN, throughMs: 0 }

export type RunProgress = {
  /** Believed fixes of a member, in any order. */
  take(memberId: MemberId, fixes: readonly Fix[]): void
  /** What another node has computed for the fix of that moment. Whether it is newer than what is known here. */
  hear(memberId: MemberId, takenAtMs: number, progress: PlaceProgress | null): boolean
  /** At the moment of their place; `null` without a route, or while it is not known. */
  of(memberId: MemberId, atMs: number): PlaceProgress | null
  /** What the store should keep of a member with their next fixes; `null` when it has that already, or nearly: unless `isExact`. */
  toKeep(memberId: MemberId, isExact: boolean): KeptProgress | null
  /** Takes up what the store has of everybody. @throws StoreAway */
  learn(): Promise<void>
  forget(memberId: MemberId): void
  /** Goes on with what waits. Who is elsewhere by it, without a new fix. */
  tick(): ReadonlySet<MemberId>
}

type Told = { readonly routeId: RouteId; readonly takenAtMs: number; readonly progress: PlaceProgress | null }
type Followed = {
  /** The route that the states of `rerun` speak of. */
  routeId: RouteId
  rerun: Rerun<PackedState>
  told: Told | undefined
  isReading: boolean
  /** The store has the newest state. */
  isKept: boolean
  keptThroughMs: number
  /** What the newest state says of a moment. */
  shown: { readonly atMs: number; readonly progress: PlaceProgress | null } | undefined
  /** A row that no state is in any more, for the next one: what lives for a second costs the garbage collector most. */
  spare: PackedState | undefined
}

export function runProgress(house: House, runId: RunId, route: RouteOfRun): RunProgress {
  const { store, onFault } = house
  const followed = new Map<MemberId, Followed>()
  /** Whose state waits for something: the route, the store, or its turn. */
  const waiting = new Set<MemberId>()
  const prepared = preparedRoute(house, route, () => {
    for (const [memberId, { rerun }] of followed) if (rerun !== UNSEEN) waiting.add(memberId)
  })

  function follow(memberId: MemberId, routeId: RouteId): Followed {
    const known = followed.get(memberId)
    if (known) return known
    const one = {
      routeId,
      rerun: UNSEEN,
      told: undefined,
      isReading: false,
      isKept: true,
      keptThroughMs: 0,
      shown: undefined,
      spare: undefined,
    }
    followed.set(memberId, one)
    return one
  }

  function run(one: Followed, fixesMax: number): void {
    const ready = prepared.now()
    if (!ready) return
    if (one.routeId !== ready.routeId) {
      one.rerun = startedOver(one.rerun, NOTHING)
      changed(one)
    }
    one.routeId = ready.routeId
    const { running, newest } = one.rerun
    one.rerun = runOn(
      one.rerun,
      (state, fix) => {
        const row = one.spare
        one.spare = undefined
        return packed(progressAfter(ready.map, unpacked(state), fix), row)
      },
      fixesMax,
    )
    if (!holds(one.rerun, running.state)) one.spare = running.state
    if (one.rerun.newest !== newest) changed(one)
  }

  function changed(one: Followed): void {
    one.isKept = false
    one.shown = undefined
  }

  /** Goes on from what was kept, when that is newer. */
  function adopt(one: Followed, kept: KeptProgress, routeId: RouteId): void {
    const read = progressIn(kept, routeId)
    if (!read) return
    const reached = { state: packed(read.state), throughMs: read.throughMs }
    if (one.routeId === routeId && reached.throughMs <= one.rerun.newest.throughMs) return
    one.rerun = startedOver(one.rerun, reached)
    one.routeId = routeId
    changed(one)
    one.isKept = true
    one.keptThroughMs = reached.throughMs
  }

  /** What another node has left of a member who is here now. */
  async function readUp(memberId: MemberId, one: Followed): Promise<void> {
    one.isReading = true
    try {
      const kept = (await store.readProgress(runId, [memberId])).get(memberId)
      const routeId = route.id()
      if (kept && routeId !== undefined) adopt(one, kept, routeId)
    } catch (fault) {
      if (!(fault instanceof StoreAway)) onFault(fault, 'progress') // else it goes on from what is known here
    }
    one.isReading = false
  }

  const isAhead = (told: Told | undefined, { rerun }: Followed): told is Told =>
    told?.routeId === route.id() && told !== undefined && told.takenAtMs > rerun.newest.throughMs + TOLD_WITHIN_MS

  return {
    take(memberId, fixes) {
      const routeId = route.id()
      if (routeId === undefined || fixes.length === 0) return
      const one = follow(memberId, routeId)
      one.rerun = withFixes(one.rerun, fixes.map(forFilter), NEWS_AFTER_MS)
      if (isAhead(one.told, one) && !one.isReading) void readUp(memberId, one)
      const isLive = !waiting.has(memberId) && one.rerun.waiting.length <= AT_ONCE
      if (isLive && !one.isReading && prepared.now()) run(one, AT_ONCE)
      else waiting.add(memberId)
    },

    hear(memberId, takenAtMs, progress) {
      const routeId = route.id()
      if (routeId === undefined || (!progress && !followed.has(memberId))) return false
      const one = follow(memberId, routeId)
      const isOlder = one.told?.routeId === routeId && takenAtMs < one.told.takenAtMs - TOLD_WITHIN_MS
      if (!isOlder) one.told = { routeId, takenAtMs, progress }
      return !isOlder && isAhead(one.told, one)
    },

    of(memberId, atMs) {
      const one = followed.get(memberId)
      if (!one) return null
      if (isAhead(one.told, one)) return one.told.progress
      const ready = prepared.now()
      if (!ready || one.routeId !== ready.routeId) return null
      if (one.shown?.atMs !== atMs) {
        const progress = progressAt(ready.map, unpacked(one.rerun.newest.state), atMs)
        one.shown = { atMs, progress: progress ? besidePlace(progress) : null }
      }
      return one.shown.progress
    },

    toKeep(memberId, isExact) {
      const one = followed.get(memberId)
      if (!one || one.isReading || one.routeId !== route.id()) return null
      const { newest } = one.rerun
      if (one.isKept) return null
      if (!isExact && newest.throughMs < one.keptThroughMs + KEEP_EVERY_MS) return null
      one.isKept = true
      one.keptThroughMs = newest.throughMs
      return keptProgress(one.routeId, { state: unpacked(newest.state), throughMs: newest.throughMs })
    },

    async learn() {
      if (route.id() === undefined) return
      const all = await store.readProgress(runId)
      const routeId = route.id()
      if (routeId === undefined) return
      for (const [memberId, kept] of all) {
        adopt(follow(memberId, routeId), kept, routeId)
        waiting.add(memberId)
      }
    },

    forget(memberId) {
      followed.delete(memberId)
    },

    tick() {
      if (followed.size > 0) prepared.tick()
      const moved = new Set<MemberId>()
      if (!prepared.now()) return moved
      let left = BACKLOG_PER_TICK
      for (const memberId of waiting) {
        const one = followed.get(memberId)
        if (one?.isReading) continue
        if (left <= 0) break
        waiting.delete(memberId)
        if (!one) continue
        const { newest } = one.rerun
        const waitedCount = one.rerun.waiting.length
        run(one, Math.min(left, BACKLOG_TURN))
        left -= Math.max(1, waitedCount - one.rerun.waiting.length)
        if (one.rerun.waiting.length > 0) waiting.add(memberId) // behind the others who wait
        if (waitedCount === 0 || newest !== one.rerun.newest) moved.add(memberId)
      }
      return moved
    },
  }
}

/** Whether a state may still be gone back to, or shown. That of nobody is everybody's. */
const holds = ({ parts, running, newest }: Rerun<PackedState>, state: PackedState): boolean =>
  state === UNKNOWN ||
  state === running.state ||
  state === newest.state ||
  parts.some(({ from }) => from.state === state)

/** What the filter reads of a fix. Hundreds are kept of each member, and a whole one takes more than twice the memory. */
const forFilter = ({ latitudeDeg, longitudeDeg, takenAtMs, accuracyM }: Fix): Fix =>
  accuracyM === undefined
    ? { latitudeDeg, longitudeDeg, takenAtMs }
    : { latitudeDeg, longitudeDeg, takenAtMs, accuracyM }

/** Nothing was taken of this member here, nor kept. */
const UNSEEN = rerunFrom(NOTHING)
