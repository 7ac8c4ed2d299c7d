import type { Fix } from '../../shared/geo/fix.ts'
import type { AsideReason } from '../../shared/protocol/wire.ts'
import type { Fact } from '../../shared/run/events.ts'
import type { Word } from '../../shared/run/words.ts'
import type { SeqRanges } from '../../shared/seq-ranges.ts'
import type { CommandId, MemberId, RouteId, RunId, TrackerId } from '../../shared/units.ts'

/** A fact in the journal with its link of the chain: `mac` covers all facts through this one. */
export type Entry = { readonly fact: Fact; readonly mac: string }

/** What becomes true together. */
export type Addition = {
  readonly entries: readonly Entry[]
  /** Written over what was under the same key; an empty `text` deletes. */
  readonly words: readonly Word[]
  /** When somebody must next look at the run; `null` never. */
  readonly wakeAtMs: number | null
  readonly attach: readonly { readonly trackerId: TrackerId; readonly memberId: MemberId }[]
  readonly detach: readonly { readonly trackerId: TrackerId; readonly memberId: MemberId }[]
  /** Their words, tracks and attachments go in the same step, and nothing of theirs is taken in again. */
  readonly erase: readonly MemberId[]
}

/**
 * One fix in a member's track. `source` names who numbered it: a phone's stream `p:<streamId>`, whose
 * `key` is the number, or a tracker `t:<trackerId>`, whose `key` stands for its time and place.
 */
export type TrackPoint = {
  readonly source: string
  readonly key: number
  readonly fix: Fix
  readonly receivedAtMs: number
  /** `unbelieved`: in the track, shown to nobody live. `aside`: impossible, not part of the track. */
  readonly flag: 'believed' | 'unbelieved' | 'aside'
}

/** New fixes of one member from one source. */
export type FixBatch = {
  readonly runId: RunId
  readonly memberId: MemberId
  readonly source: string
  readonly points: readonly Omit<TrackPoint, 'source'>[]
  /** Numbers answered as received and not stored: outside sharing. They count as had. */
  readonly droppedKeys: readonly number[]
  /** Added to the member's counts of fixes put aside. A repeated fix may count twice. */
  readonly aside: Partial<Record<AsideReason, number>>
}

/** What the store has of one source after a batch. */
export type Stored = {
  /** Of a phone's stream; empty for a tracker, whose keys are no numbers in a row. */
  readonly ranges: SeqRanges
  readonly aside: Partial<Record<AsideReason, number>>
}

/**
 * Where runs are remembered. Every store keeps the promises ST1-ST17; one suite,
 * test/contract/store-contract.ts, holds all of them to it.
 *
 * ST17 A store that is closed, full or out of reach rejects; nothing is half done then.
 */
export interface Store {
  /**
   * Adds facts after exactly `expectedVersion` of them, with all that belongs to them.
   *
   * ST1 All of the addition is stored, or nothing. Facts that do not follow on, and a run that would
   * begin without one, are a bug and reject.
   * ST2 Of two appends with the same `expectedVersion`, one gets `'conflict'` and leaves no trace.
   * ST3 Once it resolves, it survives kill -9 of this process.
   * ST4 An erased member's words and track are gone with the append, and later fixes of theirs are not kept.
   */
  append(runId: RunId, expectedVersion: number, addition: Addition): Promise<'appended' | 'conflict'>

  /** ST5 The entries after a version, in order, without gaps; at most `limit` of them. */
  read(runId: RunId, afterVersion: number, limit: number): Promise<readonly Entry[]>

  /** ST6 For each known command of the run, the version of its first fact; for the life of the run. */
  firstVersions(runId: RunId, commandIds: readonly CommandId[]): Promise<ReadonlyMap<CommandId, number>>

  /** ST7 All words of the run, the newest under each key. */
  readWords(runId: RunId): Promise<readonly Word[]>

  /** ST15 A planned route as JSON text, put before its run exists or after. Kept until the run is forgotten. */
  putRoute(runId: RunId, routeId: RouteId, json: string): Promise<void>
  readRoute(runId: RunId, routeId: RouteId): Promise<string | undefined>

  /** ST8 Runs whose wake time is at or before `nowMs`, earliest first. Works with nobody connected. */
  dueRuns(nowMs: number, limit: number): Promise<readonly RunId[]>
  /** Moves the wake time without a fact; nothing for a run that does not exist. */
  setWake(runId: RunId, wakeAtMs: number | null): Promise<void>

  /**
   * ST9 Each fix is kept exactly once by (member, source, key), however often it is put; all batches of a
   * call or none. ST10 Resolves when the fixes survive kill -9, with all ranges of each batch's source,
   * in the order of `batches`. For a run that does not exist or a member that is erased, the fixes are not
   * kept and their keys count as had: `ranges` is then those of the batch alone.
   */
  putFixes(batches: readonly FixBatch[]): Promise<readonly Stored[]>
  /** What is stored of a source. */
  stored(runId: RunId, memberId: MemberId, source: string): Promise<Stored>

  /** ST11 A member's fixes with all flags, by source, within a source by `key` for phones and by time for trackers. */
  readTrack(runId: RunId, memberId: MemberId): Promise<readonly TrackPoint[]>
  /** ST12 The believed fix with the greatest `takenAtMs` of each member. */
  newestFixes(runId: RunId): Promise<ReadonlyMap<MemberId, Fix>>

  /** ST13 Where a tracker is attached now, over all runs. */
  trackerSeats(trackerId: TrackerId): Promise<readonly { readonly runId: RunId; readonly memberId: MemberId }[]>

  /** ST14 Everything of the run goes: journal, words, tracks, routes, trackers' attachments, wake time. */
  forgetRun(runId: RunId): Promise<void>

  /** ST16 Keeps the first value ever given under a name, and answers with it, whoever asks. */
  settle(name: string, value: string): Promise<string>

  close(): Promise<void>
}
