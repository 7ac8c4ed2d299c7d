/**
 * Secrets that need no look-up: a seat, an invite and a tracker address are signed, so a server that
 * lost its store still knows its own people. Keys come from one secret that never enters the store.
 */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import {
  type CommandId,
  type InviteId,
  inviteIdSchema,
  type MemberId,
  memberIdSchema,
  type RunId,
  runIdSchema,
  type TrackerId,
  trackerIdSchema,
} from '../../shared/units.ts'

export type Seat = { readonly runId: RunId; readonly memberId: MemberId; readonly seatNo: number }

export type Seals = {
  sealSeat(seat: Seat): string
  openSeat(token: string): Seat | undefined
  sealInvite(invite: { runId: RunId; inviteId: InviteId }): string
  openInvite(token: string): { runId: RunId; inviteId: InviteId } | undefined
  sealTracker(trackerId: TrackerId): string
  openTracker(token: string): TrackerId | undefined
  chainKey(runId: RunId): Buffer
  /** The id of the clock's wish at a version: the same from whichever node proposes it, and nobody else's to guess. */
  wakeId(runId: RunId, version: number): CommandId
  /** The same for what nodes have seen. */
  observedId(runId: RunId, what: string): CommandId
  /** Ids made from a phone's secret: asking again gives the same ones, and nobody can go back from them. */
  idFrom(secret: string, purpose: string): string
}

/** @param masterSecret at least 32 bytes. */
export function sealsFrom(masterSecret: Buffer): Seals {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', masterSecret, '', `serik:${purpose}`, 32))
  const keys = { s: keyFor('seat'), i: keyFor('invite'), t: keyFor('tracker') }

  const wakeKey = keyFor('wake')

  const clocksId = (what: string) =>
    `cmd_${createHmac('sha256', wakeKey).update(what).digest('hex').slice(0, 24)}` as CommandId
  const macOf = (kind: keyof typeof keys, body: string) =>
    createHmac('sha256', keys[kind]).update(body).digest().subarray(0, 18).toString('base64url')
  const seal = (kind: keyof typeof keys, parts: readonly string[]) => {
    const body = [kind, ...parts].join('.')
    return `${body}.${macOf(kind, body)}`
  }
  const open = (kind: keyof typeof keys, token: string): string[] | undefined => {
    const at = token.lastIndexOf('.')
    const given = Buffer.from(token.slice(at + 1))
    const right = Buffer.from(macOf(kind, token.slice(0, at)))
    if (at < 0 || given.length !== right.length || !timingSafeEqual(given, right)) return undefined
    const [found, ...parts] = token.slice(0, at).split('.')
    return found === kind ? parts : undefined
  }

  return {
    sealSeat: ({ runId, memberId, seatNo }) => seal('s', [runId, memberId, String(seatNo)]),
    openSeat(token) {
      const [runId, memberId, seatNo] = open('s', token) ?? []
      const run = runIdSchema.safeParse(runId)
      const member = memberIdSchema.safeParse(memberId)
      if (!run.success || !member.success) return undefined
      return { runId: run.data, memberId: member.data, seatNo: Number(seatNo) }
    },
    sealInvite: ({ runId, inviteId }) => seal('i', [runId, inviteId]),
    openInvite(token) {
      const [runId, inviteId] = open('i', token) ?? []
      const run = runIdSchema.safeParse(runId)
      const invite = inviteIdSchema.safeParse(inviteId)
      return run.success && invite.success ? { runId: run.data, inviteId: invite.data } : undefined
    },
    sealTracker: (trackerId) => seal('t', [trackerId]),
    openTracker(token) {
      const [trackerId] = open('t', token) ?? []
      const tracker = trackerIdSchema.safeParse(trackerId)
      return tracker.success ? tracker.data : undefined
    },
    chainKey: (runId) => keyFor(`chain:${runId}`),
    wakeId: (runId, version) => clocksId(`${runId}/${version}`),
    observedId: (runId, what) => clocksId(`${runId}/observed/${what}`),
    idFrom: (secret, purpose) => createHash('sha256').update(`${purpose}:${secret}`).digest('hex').slice(0, 24),
  }
}
