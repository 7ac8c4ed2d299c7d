/**
 * What is asked over HTTP: everything before a seat exists, and everything too large or too rare for
 * the socket. All but the first three calls carry `Authorization: Bearer SEAT`. A refusal is the same
 * object as on the socket, with a fitting status.
 */
import { z } from 'zod/mini'
import { placeSchema } from '../geo/fix.ts'
import { lapCountSchema, routeChangeSchema } from '../geo/route-change.ts'
import { durationSchema } from '../run/commands.ts'
import { emergencyContactSchema } from '../run/emergency.ts'
import { pushSubscriptionSchema } from '../run/push.ts'
import { itemKindSchema } from '../run/requests.ts'
import { roleSchema } from '../run/roles.ts'
import { requestSchema } from '../run/state.ts'
import { nameSchema, noteSchema, phoneSchema, titleSchema } from '../run/words.ts'
import { commandIdSchema, memberIdSchema, requestIdSchema, routeIdSchema, runIdSchema, timeMsSchema } from '../units.ts'
import { planBesides } from './http-plan.ts'
import { secretKeySchema, tokenSchema } from './http-secrets.ts'

const givenRoute = {
  /** The text of a GPX, TCX or GeoJSON file; its content says which. */
  routeFile: z.optional(z.nullable(z.string())),
  /** How many laps of it the run has, when its line is closed. Left out: as the file has it. */
  routeLaps: z.optional(z.nullable(lapCountSchema)),
  /** What wire version 2 calls `routeFile`. */
  routeGpx: z.optional(z.nullable(z.string())),
}

/** `POST /api/runs` */
export const planRunSchema = z.strictObject({
  createKey: secretKeySchema,
  title: z.nullable(titleSchema),
  leaderName: nameSchema,
  leaderPhone: z.nullable(phoneSchema),
  /** `null`: now. */
  plannedStartMs: z.nullable(timeMsSchema),
  /** `null`: the house's default. */
  expectedDurationMs: z.nullable(durationSchema),
  longestDurationMs: z.nullable(durationSchema),
  /** Added to the dates of a recording that is replayed; 0 for a run of today. */
  recordedShiftMs: z.int(),
  ...givenRoute,
  ...planBesides,
})
export type PlanRun = z.infer<typeof planRunSchema>

/** `POST /api/route-file`: the line that a file gives, as a run planned with it would have it. Nothing of it is kept. */
export const readRouteFileSchema = z.strictObject(givenRoute)

export const plannedSchema = z.strictObject({
  ok: z.literal(true),
  runId: runIdSchema,
  memberId: memberIdSchema,
  seat: z.string(),
  /** One secret a role, for share links. */
  invites: z.record(z.enum(['runner', 'cyclist', 'leader', 'watcher']), z.string()),
})
export type Planned = z.infer<typeof plannedSchema>

/** `POST /api/invite`: what an invite is for, so that its owner knows what to join. Changes nothing. */
export const lookAtInviteSchema = z.strictObject({ invite: tokenSchema })
export const inviteShownSchema = z.strictObject({
  ok: z.literal(true),
  title: z.nullable(z.string()),
  role: roleSchema,
  leaderName: z.nullable(z.string()),
  plannedStartMs: timeMsSchema,
})
export type InviteShown = z.infer<typeof inviteShownSchema>

/** `POST /api/join` */
export const joinSchema = z.strictObject({
  joinKey: secretKeySchema,
  invite: tokenSchema,
  name: nameSchema,
  phone: z.nullable(phoneSchema),
  startNumber: z.nullable(z.string().check(z.minLength(1), z.maxLength(12))),
  /** Whom to call, and what whoever helps must know: for leaders, and for helpers while a call for help is open. */
  contact: z.optional(z.nullable(emergencyContactSchema)),
  medical: z.optional(z.nullable(noteSchema)),
})
export type Join = z.infer<typeof joinSchema>

export const joinedSchema = z.strictObject({
  ok: z.literal(true),
  runId: runIdSchema,
  memberId: memberIdSchema,
  seat: z.string(),
})
export type Joined = z.infer<typeof joinedSchema>

/** `GET /api/route`: the planned line in order, every pass and turn-round kept, laps written out. */
export const routeSchema = z.strictObject({
  points: z.array(placeSchema),
  namedPoints: z.array(
    z.strictObject({
      name: z.string(),
      ...placeSchema.shape,
      /** Where the line passes it, each time. Not in routes kept by an older server. */
      atM: z.optional(z.array(z.number())),
    }),
  ),
  /** Of this line: where everybody's way ends. */
  lengthM: z.number(),
  /** Of a closed course: its first `lengthM` are one lap, and so on; the last may be cut short. */
  laps: z.optional(z.strictObject({ count: z.int().check(z.minimum(2)), lengthM: z.number() })),
})
export type SharedRoute = z.infer<typeof routeSchema>

/** `PUT /api/route`, a leader's: a new line for the run. */
export const setRouteSchema = z.strictObject({ commandId: commandIdSchema, ...givenRoute })

/** `PATCH /api/route`, a leader's: another line, made of the one the run has. */
export const changeRouteSchema = z.strictObject({
  commandId: commandIdSchema,
  /** Of the route that is to be changed; refused when it has been replaced meanwhile. */
  routeId: routeIdSchema,
  change: routeChangeSchema,
})
export type ChangeRoute = z.infer<typeof changeRouteSchema>

/** `POST /api/tracker`: an address for a tracker app that lasts over runs; give the old token to use it again. */
export const askTrackerSchema = z.strictObject({
  commandId: commandIdSchema,
  trackerToken: z.nullable(tokenSchema),
})
export const trackerSchema = z.strictObject({
  ok: z.literal(true),
  trackerToken: z.string(),
  serverUrl: z.string(),
  qrUrl: z.string(),
  appLink: z.string(),
})
export type Tracker = z.infer<typeof trackerSchema>

export const trackerTroubles = ['lost', 'unreadable', 'not-shared', 'no-run'] as const
export type TrackerTrouble = (typeof trackerTroubles)[number]

/** `GET /api/tracker/:token`, from a seat it is attached to: when the app was heard, and what was wrong. */
export const trackerHeardSchema = z.strictObject({
  ok: z.literal(true),
  heardAtMs: z.nullable(timeMsSchema),
  acceptedCount: z.int(),
  asideCount: z.int(),
  /** Points the app had sent, and the server's store has lost since. */
  lostCount: z.int(),
  lastTrouble: z.nullable(z.enum(trackerTroubles)),
})
export type TrackerHeard = z.infer<typeof trackerHeardSchema>

/** `POST /u/:token/:what`, to whoever accepts JSON; others get the sentence alone. */
export const askedSchema = z.strictObject({
  ok: z.literal(true),
  requestId: requestIdSchema,
  kind: itemKindSchema,
  quantity: z.int(),
  status: requestSchema.shape.status,
  helper: z.nullable(z.string()),
  helperDistanceM: z.nullable(z.number()),
  /** How long the helper takes, reckoned from that distance. */
  arrivesInMs: z.nullable(z.int()),
  /** Where its author is along the route. */
  atM: z.nullable(z.number()),
  /** All of it in one sentence, for a watch or a voice. */
  sentence: z.string(),
})
export type AskedByAddress = z.infer<typeof askedSchema>

/** `POST /u/:token/cancel` */
export const takenBackSchema = z.strictObject({ ok: z.literal(true), count: z.int(), sentence: z.string() })
export type TakenBack = z.infer<typeof takenBackSchema>

/**
 * `GET /api/replay`: lines of JSON. First this one, then a `replayLineSchema` for each member of whom there is anything to show,
 * by number, and last a `replayEndSchema`: without it the answer was cut off.
 */
export const replayHeadSchema = z.strictObject({
  ok: z.literal(true),
  /** Times of the lines are told from here on. */
  fromMs: timeMsSchema,
  nowMs: timeMsSchema,
  /** How far a place between two that are told may be from where somebody was. */
  toleranceM: z.number(),
})
export type ReplayHead = z.infer<typeof replayHeadSchema>
export const replayLineSchema = z.strictObject({
  memberNo: z.int(),
  /**
   * Stretches without a gap of a minute: first 1 when somebody shared all the while since the stretch before (and nobody can say better
   * than by a straight line where they were), else 0; then three numbers a moment: tenths of a second, latitude and longitude in
   * hundred-thousandths of a degree, each as the difference to the moment before, the first to 0.
   */
  stretches: z.array(z.array(z.int())),
})
export const replayEndSchema = z.strictObject({ isWhole: z.literal(true) })

/** `GET /api/push`: what a browser needs to be pushed to, and whether this seat's is known. */
export const pushKeySchema = z.strictObject({
  ok: z.literal(true),
  /** The `applicationServerKey`, in base64url. */
  publicKey: z.string(),
  isHeld: z.boolean(),
})
export type PushKey = z.infer<typeof pushKeySchema>

/** `PUT /api/push`: `set-push` for a worker that has no socket. */
export const putPushSchema = z.strictObject({
  commandId: commandIdSchema,
  subscription: z.nullable(pushSubscriptionSchema),
})

/** `POST /api/push/test`: rings the phone of this seat once, so that its owner can put it away and hear. */
export const askPushTestSchema = z.strictObject({ inMs: z.int().check(z.minimum(0), z.maximum(60_000)) })
export const promisedSchema = z.strictObject({ ok: z.literal(true) })

/** `GET /api/about` */
export const aboutSchema = z.strictObject({
  ok: z.literal(true),
  name: z.literal('serik'),
  wire: z.int(),
  nowMs: timeMsSchema,
  timeScale: z.number(),
  hasDemo: z.boolean(),
  /** For how many days after its end a run is kept, at most. */
  retentionDays: z.int(),
  /** What lies beneath people and route; `null`: only the plan. `hosts`: which other servers a phone asks for it. */
  map: z.nullable(
    z.strictObject({
      styleUrl: z.string(),
      darkStyleUrl: z.nullable(z.string()),
      hosts: z.array(z.string()),
    }),
  ),
})
export type About = z.infer<typeof aboutSchema>

/** `POST /api/demo`: a small simulated run, watched from a leader's seat and a runner's. */
export const demoSchema = z.strictObject({
  ok: z.literal(true),
  leaderSeat: z.string(),
  runnerSeat: z.string(),
  cyclistSeat: z.string(),
})
export type Demo = z.infer<typeof demoSchema>
