/**
 * Every message between a phone and the server over Socket.IO. docs/WIRE.md is written from here.
 *
 * Up: `command`, `fixes`, `stored`, `catch-up`, `journal`, `offer`, `key-frame`, `look`. Down: `welcome`,
 * `facts`, `places` (JSON), `rhythm`, `receipt`, `refused`, `counts`, `again`, `lost`, `gone`.
 *
 * Beside them raw messages, for who greets with `frames: 'binary'`: binary websocket messages of their own
 * (raw-parser.ts), live fixes up (frame/fix-codec.ts) and frames down (frame/frame-lane.ts).
 */
import { z } from 'zod/mini'
import { FIXES_MAX } from '../frame/fix-layout.ts'
import { fixSchema } from '../geo/fix.ts'
import { placeProgressSchema } from '../geo/progress/place-progress.ts'
import { alertSchema } from '../run/alerts.ts'
import { sentCommandSchema } from '../run/commands.ts'
import { factSchema } from '../run/events.ts'
import { regroupSchema } from '../run/regroup.ts'
import {
  groupSchema,
  guestsSchema,
  handOverSchema,
  headSchema,
  inviteSchema,
  memberSchema,
  messageSchema,
  requestSchema,
  seenSchema,
} from '../run/state.ts'
import { MESSAGE_MAX, wordSchema } from '../run/words.ts'
import { memberIdSchema, runIdSchema, timeMsSchema } from '../units.ts'

const versionSchema = z.int().check(z.nonnegative())
/** The journal's chain at a version; '' at version 0. */
const macSchema = z.string().check(z.maxLength(64))

/** At most this many facts, and words, in a page of the journal and in a part that is offered. */
export const OFFERED_MAX = 800
/** A larger message ends its connection; a smaller one of a wrong shape is refused by its field. */
export const MESSAGE_BYTES_MAX = 2 * 1024 * 1024

/** Socket.IO's `auth` payload. */
export const greetingSchema = z.strictObject({
  seat: z.string().check(z.maxLength(300)),
  wire: z.int(),
  outbox: z.int(),
  /** How this client wants places: as raw frames, which its parser must know, or as JSON, at most every two seconds. */
  frames: z.enum(['binary', 'json']),
})
export type Greeting = z.infer<typeof greetingSchema>

export const welcomeSchema = z.strictObject({
  runId: runIdSchema,
  memberId: memberIdSchema,
  wire: z.int(),
  /** The server's clock at this moment, and how much faster than the wall it runs. */
  nowMs: timeMsSchema,
  timeScale: z.number(),
  /** The journal's newest version: catch up to it. */
  version: versionSchema,
})
export type Welcome = z.infer<typeof welcomeSchema>

/** Facts a seat may see of the versions after `fromVersion` through `toVersion`; the range stands for the rest. */
export const factsSchema = z.strictObject({
  fromVersion: versionSchema,
  toVersion: versionSchema,
  mac: macSchema,
  facts: z.array(factSchema),
  words: z.array(wordSchema),
})
export type Facts = z.infer<typeof factsSchema>

const standSchema = z.strictObject({ version: versionSchema, mac: macSchema })
/** A place in the journal. */
export type Stand = z.infer<typeof standSchema>

export const catchUpSchema = z.strictObject({
  fromVersion: versionSchema,
  mac: macSchema,
  page: z.int().check(z.nonnegative()),
  /** The newest this client was ever told of the run, when it has nothing of it any more: after a reload. */
  told: z.optional(standSchema),
})
export type CatchUp = z.infer<typeof catchUpSchema>

/** One thing of a snapshot, and the table it belongs to. */
export const snapshotRowSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('head'), value: headSchema }),
  z.strictObject({ of: z.literal('groups'), value: groupSchema }),
  z.strictObject({ of: z.literal('members'), value: memberSchema }),
  z.strictObject({ of: z.literal('invites'), value: inviteSchema }),
  z.strictObject({ of: z.literal('requests'), value: requestSchema }),
  z.strictObject({ of: z.literal('handOvers'), value: handOverSchema }),
  z.strictObject({ of: z.literal('guests'), value: guestsSchema }),
  z.strictObject({ of: z.literal('messages'), value: messageSchema }),
  z.strictObject({ of: z.literal('seen'), value: seenSchema }),
  z.strictObject({ of: z.literal('alerts'), value: alertSchema }),
  z.strictObject({ of: z.literal('regroups'), value: regroupSchema }),
  z.strictObject({ of: z.literal('words'), value: wordSchema }),
])
export type SnapshotRow = z.infer<typeof snapshotRowSchema>

/** The answer to `catch-up`: the tail, or page by page a snapshot that replaces what the phone had. */
export const catchUpAnswerSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('tail'), ok: z.literal(true), ...factsSchema.shape }),
  z.strictObject({
    is: z.literal('snapshot'),
    ok: z.literal(true),
    /** What the phone stood on is not in this journal: something it was told has been lost. Send again what was yours. */
    isFork: z.boolean(),
    version: versionSchema,
    mac: macSchema,
    page: z.int(),
    pageCount: z.int(),
    rows: z.array(snapshotRowSchema),
  }),
])
export type CatchUpAnswer = z.infer<typeof catchUpAnswerSchema>

/** A fix with its number on this phone: 1, 2, 3, ... within one stream. */
export const numberedFixSchema = z.strictObject({ seq: z.int().check(z.positive()), ...fixSchema.shape })
export type NumberedFix = z.infer<typeof numberedFixSchema>

/** Made anew whenever a phone begins to number from 1 again. */
const streamIdSchema = z.string().check(z.regex(/^[a-z0-9]{8,24}$/))

export const fixesSchema = z.strictObject({
  streamId: streamIdSchema,
  fixes: z.array(numberedFixSchema).check(z.minLength(1), z.maxLength(FIXES_MAX)),
})
export type Fixes = z.infer<typeof fixesSchema>

/** Why a well-formed fix is no point of the track. */
export const asideReasonSchema = z.enum(['from-the-future', 'outside-sharing', 'nowhere'])
export type AsideReason = z.infer<typeof asideReasonSchema>

/** Stored: the fixes of these ranges (both ends inside) need never be sent again. */
export const receiptSchema = z.strictObject({
  streamId: z.string(),
  ranges: z.array(z.tuple([z.int(), z.int()])),
  /** Counts of the member's fixes put aside so far. */
  aside: z.partialRecord(asideReasonSchema, z.int()),
})
export type Receipt = z.infer<typeof receiptSchema>

/** What is stored of a stream? Asked at each welcome and `again`, and answered like a receipt that replaces all before. */
export const askStoredSchema = z.strictObject({ streamId: streamIdSchema })

/** A leader of the whole run reads the journal, to keep a copy of it. */
export const askJournalSchema = z.strictObject({ fromVersion: versionSchema, mac: macSchema })
export type AskJournal = z.infer<typeof askJournalSchema>
/** Facts without holes; `mac` is the link of the last of them. Ask again until none come. */
export const journalSchema = z.strictObject({
  ok: z.literal(true),
  fromVersion: versionSchema,
  facts: z.array(factSchema),
  mac: macSchema,
  /** The link asked with is not in this journal: the copy is of another, and none of this one follows it. */
  isFork: z.boolean(),
})
export type Journal = z.infer<typeof journalSchema>

/**
 * A leader's copy of the journal for a server that lost it, part after part from version 1 on, without holes.
 * Each part ends at a link the leader was told, and is taken only when it leads there.
 */
export const offerSchema = z.strictObject({
  facts: z.array(factSchema).check(z.maxLength(OFFERED_MAX)),
  mac: macSchema,
  /** Taken as far as facts of the copy name them. */
  words: z
    .array(z.extend(wordSchema, { text: z.string().check(z.maxLength(MESSAGE_MAX)) }))
    .check(z.maxLength(OFFERED_MAX)),
  isLast: z.boolean(),
})
export type Offer = z.infer<typeof offerSchema>

/** Positions as JSON, for clients that do not decode frames. Holds only what changed since the last. */
export const placesSchema = z.strictObject({
  atMs: timeMsSchema,
  places: z.array(
    z.strictObject({
      memberId: memberIdSchema,
      latitudeDeg: z.number(),
      longitudeDeg: z.number(),
      /** How old the fix was at `atMs`. */
      ageMs: z.number(),
      accuracyM: z.nullable(z.number()),
      speedMps: z.nullable(z.number()),
      headingDeg: z.nullable(z.number()),
      /** Along the route, as far as that is known. */
      progress: z.nullable(placeProgressSchema),
    }),
  ),
})
export type Places = z.infer<typeof placesSchema>

/** How the whole run stands, for leaders and for seats that fold only a part of it. Replaces the last one. */
export const countsSchema = z.strictObject({
  joined: z.int(),
  out: z.int(),
  paused: z.int(),
  stopped: z.int(),
  /** Members whose phone is connected, on any node; some seconds old. */
  connected: z.int(),
})
export type Counts = z.infer<typeof countsSchema>

/** Something the server had said may be lost: ask what is stored, catch up, and send again what was yours. */
export const againSchema = z.strictObject({})

/** The seat is good, and the server knows nothing of its run any more. Whoever has a copy offers it; the others wait. */
export const lostSchema = z.strictObject({})

/** The run is over for this seat: `removed` it holds no seat any more, `forgotten` the run is deleted everywhere. */
export const goneSchema = z.strictObject({ reason: z.enum(['removed', 'forgotten']) })
export type Gone = z.infer<typeof goneSchema>

export const lookSchema = z.strictObject({
  isLooking: z.boolean(),
  /** How often this client would like to see places, in ms of the server's clock; left out, as often as the server thinks. */
  everyMs: z.optional(z.int().check(z.minimum(100), z.maximum(60_000))),
})

/** How often to send, and when. All times in ms of the server's clock. Replaces the last one. */
export const rhythmSchema = z.strictObject({
  /** Send what was recorded this often; the first after a while at once. */
  fixEveryMs: z.int(),
  /** Places come this often, when there is news. */
  frameEveryMs: z.int(),
  /** What arrives just before the run's tick is passed on soonest: the next one, and how far they are apart. */
  nextTickAtMs: timeMsSchema,
  tickMs: z.int(),
})
export type Rhythm = z.infer<typeof rhythmSchema>

/** A raw message was not taken. Its fixes are not lost: sent again as `fixes`, they are answered. */
export const refusedSchema = z.strictObject({
  of: z.literal('fixes'),
  code: z.string(),
  field: z.optional(z.string()),
  detail: z.optional(z.string()),
  retryAfterMs: z.optional(z.int()),
})
export type Refused = z.infer<typeof refusedSchema>

/** A command's answer when it became fact; otherwise a refusal (errors.ts). */
export const acceptedSchema = z.strictObject({
  ok: z.literal(true),
  version: versionSchema,
  /** `false`: nothing had to change, so there is no fact of it. */
  isFact: z.boolean(),
  /** A new seat, for the leader who re-seated a member. */
  seat: z.optional(z.string()),
  /** An invite's secret, for the leader who issued it. */
  invite: z.optional(z.string()),
})
export type Accepted = z.infer<typeof acceptedSchema>

export const upSchemas = {
  command: sentCommandSchema,
  fixes: fixesSchema,
  stored: askStoredSchema,
  'catch-up': catchUpSchema,
  journal: askJournalSchema,
  offer: offerSchema,
  'key-frame': z.strictObject({}),
  look: lookSchema,
} as const

export const downSchemas = {
  welcome: welcomeSchema,
  facts: factsSchema,
  places: placesSchema,
  rhythm: rhythmSchema,
  receipt: receiptSchema,
  refused: refusedSchema,
  counts: countsSchema,
  again: againSchema,
  lost: lostSchema,
  gone: goneSchema,
} as const
