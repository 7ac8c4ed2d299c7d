/**
 * What is asked over HTTP before a run: its plan, another one like it, a line read from a file, and a club's standing link.
 */
import { z } from 'zod/mini'
import { alertRuleSchema } from '../run/alerts.ts'
import { colourSchema, helpersWantedSchema, targetPaceSchema } from '../run/commands.ts'
import { heatSchema } from '../run/drink.ts'
import { nameSchema } from '../run/words.ts'
import { timeMsSchema } from '../units.ts'
import { secretKeySchema, tokenSchema } from './http-secrets.ts'

export const plannedGroupSchema = z.strictObject({
  name: nameSchema,
  colour: colourSchema,
  targetPaceMps: targetPaceSchema,
})

const GROUPS_MAX = 30
const RUNS_MAX = 20

/** What a plan may have besides: all of it becomes fact with the run. */
export const planBesides = {
  groups: z.optional(z.array(plannedGroupSchema).check(z.maxLength(GROUPS_MAX))),
  heat: z.optional(heatSchema),
  /** Rules of alerts that are to be otherwise than at first. */
  alertsOff: z.optional(z.array(alertRuleSchema)),
  helpersWanted: z.optional(helpersWantedSchema),
  /** Days after its end for which the run is kept; `null`: as long as the house keeps any. */
  retentionDays: z.optional(z.nullable(z.int().check(z.minimum(1)))),
  /** `false`: the watcher's invite in the answer opens nothing. */
  hasWatcherLink: z.optional(z.boolean()),
  /** The seat of a leader in an earlier run, whose route is taken over unless a file is given. */
  again: z.optional(z.nullable(z.strictObject({ seat: tokenSchema }))),
  /** An organiser's token: the club's link leads to this run too. */
  club: z.optional(z.nullable(tokenSchema)),
}

/** `GET /api/plan`, a leader's: what another run like this one begins with. */
export const planShownSchema = z.strictObject({
  ok: z.literal(true),
  title: z.nullable(z.string()),
  plannedStartMs: timeMsSchema,
  expectedDurationMs: z.int(),
  longestDurationMs: z.int(),
  groups: z.array(plannedGroupSchema),
  heat: heatSchema,
  alertsOff: z.array(alertRuleSchema),
  helpersWanted: helpersWantedSchema,
  retentionDays: z.int(),
  hasWatcherLink: z.boolean(),
  hasRoute: z.boolean(),
})
export type PlanShown = z.infer<typeof planShownSchema>

/** `POST /api/clubs` */
export const makeClubSchema = z.strictObject({ createKey: secretKeySchema, name: nameSchema })
export const clubMadeSchema = z.strictObject({
  ok: z.literal(true),
  /** Who holds it puts runs under the link. */
  organiser: z.string(),
  /** Printed or sent once, it opens the next run each time. */
  link: z.string(),
})
export type ClubMade = z.infer<typeof clubMadeSchema>

/** `POST /api/clubs/renew`: what was given out before opens nothing any more. Answers like the making of a club. */
export const renewClubSchema = z.strictObject({
  organiser: tokenSchema,
  which: z.enum(['link', 'organiser']),
  /** The same key again is the same new secret, also when it comes with the one that was replaced. */
  renewKey: secretKeySchema,
})
export type RenewClub = z.infer<typeof renewClubSchema>

/** `POST /api/clubs/runs` */
export const organiseSchema = z.strictObject({
  organiser: tokenSchema,
  /** `null` leaves it. */
  name: z.nullable(nameSchema),
  /** Runners' invites of the runs to be put under the link; of a run that is over nothing happens. */
  invites: z.array(tokenSchema).check(z.maxLength(RUNS_MAX)),
})
export type Organise = z.infer<typeof organiseSchema>

const clubRunShownSchema = z.strictObject({
  title: z.nullable(z.string()),
  plannedStartMs: timeMsSchema,
  isLive: z.boolean(),
})
export const clubShownSchema = z.strictObject({
  ok: z.literal(true),
  /** `null`: nobody has put one, or it was lost. */
  name: z.nullable(z.string()),
  link: z.string(),
  /** Those to come and those under way, in the order of their starts. */
  runs: z.array(clubRunShownSchema),
})
export type ClubShown = z.infer<typeof clubShownSchema>

/** `POST /api/club`: where a club's link leads now. Changes nothing. */
export const followClubSchema = z.strictObject({ link: tokenSchema })
export const clubNextSchema = z.strictObject({
  ok: z.literal(true),
  name: z.nullable(z.string()),
  /** `null`: no run is planned yet. */
  next: z.nullable(z.strictObject({ invite: z.string(), ...clubRunShownSchema.shape })),
})
export type ClubNext = z.infer<typeof clubNextSchema>
