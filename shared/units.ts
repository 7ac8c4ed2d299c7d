/**
 * Names of things and units of numbers.
 *
 * A unit is the last word of a name (`gapM`, `ageMs`, `speedMps`), never a comment.
 * An id is branded, so a member's id cannot stand where a run's should.
 */
import { z } from 'zod/mini'

const id = (prefix: string) => z.string().check(z.regex(new RegExp(`^${prefix}_[a-z0-9]{12,32}$`)))

export const runIdSchema = id('run').brand<'RunId'>()
export const memberIdSchema = id('mbr').brand<'MemberId'>()
export const groupIdSchema = id('grp').brand<'GroupId'>()
export const requestIdSchema = id('req').brand<'RequestId'>()
export const handOverIdSchema = id('hov').brand<'HandOverId'>()
export const messageIdSchema = id('msg').brand<'MessageId'>()
export const guestsIdSchema = id('gst').brand<'GuestsId'>()
export const inviteIdSchema = id('inv').brand<'InviteId'>()
export const trackerIdSchema = id('trk').brand<'TrackerId'>()
export const routeIdSchema = id('rte').brand<'RouteId'>()
export const alertIdSchema = id('alr').brand<'AlertId'>()
export const regroupIdSchema = id('rgp').brand<'RegroupId'>()
export const clubIdSchema = id('clb').brand<'ClubId'>()
export const commandIdSchema = id('cmd').brand<'CommandId'>()

export type RunId = z.infer<typeof runIdSchema>
export type MemberId = z.infer<typeof memberIdSchema>
export type GroupId = z.infer<typeof groupIdSchema>
export type RequestId = z.infer<typeof requestIdSchema>
export type HandOverId = z.infer<typeof handOverIdSchema>
export type MessageId = z.infer<typeof messageIdSchema>
export type GuestsId = z.infer<typeof guestsIdSchema>
export type InviteId = z.infer<typeof inviteIdSchema>
export type TrackerId = z.infer<typeof trackerIdSchema>
export type RouteId = z.infer<typeof routeIdSchema>
export type AlertId = z.infer<typeof alertIdSchema>
export type RegroupId = z.infer<typeof regroupIdSchema>
export type ClubId = z.infer<typeof clubIdSchema>
export type CommandId = z.infer<typeof commandIdSchema>

/** Milliseconds since 1970 of the server's clock, unless the name says otherwise. */
export const timeMsSchema = z.int().check(z.nonnegative())

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
export const KM_M = 1_000
