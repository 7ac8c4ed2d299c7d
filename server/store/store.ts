import type { Fix } from '../../shared/geo/fix.ts'
import type { AsideReason } from '../../shared/protocol/wire.ts'
import type { Fact } from '../../shared/run/events.ts'
import type { Word } from '../../shared/run/words.ts'
import type { SeqRanges } from '../../shared/seq-ranges.ts'
import type { ClubId, CommandId, InviteId, MemberId, RouteId, RunId, TrackerId } from '../../shared/units.ts'

/** A fact in the journal with its link of the chain: `mac` covers all facts through this one. */
export type Entry = { readonly fact: Fact; readonly mac: string }

/** What becomes true together. */
export type Addition = {
  /** The link that the first entry stands on; `''` at the start of a journal. */
  readonly afterMac: string
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

/** Where the filter along the route stands with a member, as text that only who computes it reads. */
export type KeptProgress = {
  /** When the newest fix in it was taken. */
  readonly takenAtMs: number
  readonly json: string
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
  /** The member's, after these fixes; `null` when none was computed. */
  readonly progress: KeptProgress | null
}

/** What the store has of one source after a batch. */
export type Stored = {
  /** Of a phone's stream; empty for a tracker, whose keys are no numbers in a row. */
  readonly ranges: SeqRanges
  /** How many fixes of the source are kept, with all flags. */
  readonly keptCount: number
  readonly aside: Partial<Record<AsideReason, number>>
}

/** Where a run's journal ends in the store now. */
export type Head = {
  /** 0 for a run that is not there. */
  readonly version: number
  /** The last link; `''` at version 0. */
  readonly mac: string
  /** Changes whenever something this store had said to be safe may be gone from the run; `''` until it has said anything. */
  readonly life: string
  readonly isForgotten: boolean
}

/** A run that a club's link may lead to, as its organiser's phone said last. */
export type ClubRun = { readonly runId: RunId; readonly inviteId: InviteId; readonly plannedStartMs: number }

/** Who has the first puts runs under the club's link, who has the second follows it. */
export type ClubSecret = 'organise' | 'follow'

/** How often a secret was made anew, and a digest of the key that asked for it last; 0 and `''`: never. */
export type Renewal = { readonly no: number; readonly by: string }

/** What is kept of a club. */
export type Club = {
  /** `null` where nobody has put one, or it was lost or forgotten. */
  readonly name: string | null
  /** `null` where there is no name. */
  readonly keptUntilMs: number | null
  readonly runs: readonly ClubRun[]
  readonly renewed: Readonly<Record<ClubSecret, Renewal>>
}

/** The store did not answer, or answered that it cannot now: nothing is known of what was asked for. Ask again later. */
export class StoreAway extends Error {}

/**
 * Where runs are remembered. Every store keeps the promises ST1-ST24; one suite,
 * test/contract/store-contract.ts, holds all of them to it.
 *
 * ST17 A store that is closed, full or out of reach rejects within 2 s, with StoreAway where trying again
 * helps. What was asked for is then done whole or not at all, and asking again does it once.
 */
export interface Store {
  /**
   * Adds facts after exactly `expectedVersion` of them, with all that belongs to them.
   *
   * ST1 All of the addition is stored, or nothing. Facts that do not follow on, and a run that would
   * begin without one, are a bug and reject. So does an addition to a forgotten run.
   * ST2 Of two appends with the same `expectedVersion`, one gets `'conflict'` and leaves no trace. So does one
   * whose `afterMac` is not the journal's last link.
   * ST3 Once it resolves, it survives kill -9 of this process, and what the README's table says besides.
   * ST4 An erased member's words and track are gone with the append, and later fixes of theirs are not kept.
   */
  append(runId: RunId, expectedVersion: number, addition: Addition): Promise<'appended' | 'conflict'>

  /** ST18 Where each of these runs ends, in their order; `undefined` where only that part of the store is away. */
  heads(runIds: readonly RunId[]): Promise<readonly (Head | undefined)[]>

  /** ST19 Resolves when all that was read of the run is as safe as what was appended: before it is answered for. */
  confirm(runId: RunId): Promise<void>

  /**
   * ST20 For how long the part of the store that holds the run has not answered, in ms of the wall; 0 while all
   * is well. Without a run: the part that is best off.
   */
  silentMs(runId?: RunId): number

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
  /** Moves the wake time without a fact; nothing for a run that is not there or has moved on from `version`. */
  setWake(runId: RunId, version: number, wakeAtMs: number | null): Promise<void>

  /**
   * ST9 Each fix is kept exactly once by (member, source, key), however often it is put; all batches of
   * one run in a call or none. ST10 Resolves when the fixes are as safe as an append, with all ranges of each
   * batch's source, in the order of `batches`. For a forgotten run or an erased member, the fixes are not
   * kept and their keys count as had: `ranges` is then those of the batch alone. A run that is not there
   * keeps nothing and says so: it may have been lost. `away`: only the part of the store that holds the run is.
   */
  putFixes(batches: readonly FixBatch[]): Promise<readonly (Stored | 'no-run' | 'away')[]>
  /** What is stored of a source. */
  stored(runId: RunId, memberId: MemberId, source: string): Promise<Stored>

  /** ST11 A member's fixes with all flags, by source, within a source by `key` for phones and by time for trackers. */
  readTrack(runId: RunId, memberId: MemberId): Promise<readonly TrackPoint[]>
  /** ST12 The believed fix with the greatest `takenAtMs` of each member. */
  newestFixes(runId: RunId): Promise<ReadonlyMap<MemberId, Fix>>

  /** ST21 The progress with the greatest `takenAtMs` of each of these members, of everybody without any named; of two, the later put. */
  readProgress(runId: RunId, memberIds?: readonly MemberId[]): Promise<ReadonlyMap<MemberId, KeptProgress>>

  /** ST13 Where a tracker is attached now, over all runs. */
  trackerSeats(trackerId: TrackerId): Promise<readonly { readonly runId: RunId; readonly memberId: MemberId }[]>

  /**
   * ST22 A run under a club, as it was put last, until it is dropped or forgotten. Of a run that is not there, or is
   * forgotten, nothing is kept and nothing told.
   */
  putClubRun(clubId: ClubId, run: ClubRun): Promise<void>
  dropClubRun(clubId: ClubId, runId: RunId): Promise<void>
  /** ST23 The name that was put last, until its time is over; that is moved by `keepClub`, which makes no club. */
  putClubName(clubId: ClubId, name: string, keptUntilMs: number): Promise<void>
  keepClub(clubId: ClubId, keptUntilMs: number): Promise<void>
  /** Whose time is over has no name any more, at the latest now. */
  forgetClubs(nowMs: number): Promise<void>
  /** ST24 The renewal with the greatest number, of equal ones the first: that is kept, and answered with, for good. */
  renewClub(clubId: ClubId, secret: ClubSecret, renewal: Renewal): Promise<Renewal>
  /** Its runs in the order of their starts. */
  club(clubId: ClubId): Promise<Club>

  /** ST14 Everything of the run goes: journal, words, tracks, routes, trackers' attachments, its place under clubs, wake time. Its id never comes back. */
  forgetRun(runId: RunId): Promise<void>

  /** ST16 Keeps the first value ever given under a name, and answers with it, whoever asks. */
  settle(name: string, value: string): Promise<string>

  close(): Promise<void>
}
