/**
 * Secrets that need no look-up: a seat, an invite and a tracker address are signed, so a server that
 * lost its store still knows its own people. Keys come from one secret that never enters the store.
 */
import { createECDH, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import {
  type ClubId,
  type CommandId,
  clubIdSchema,
  type InviteId,
  inviteIdSchema,
  type MemberId,
  memberIdSchema,
  type RunId,
  runIdSchema,
  type TrackerId,
  trackerIdSchema,
} from '../../shared/units.ts'
import type { ClubSecret, Renewal } from '../store/store.ts'

export type Seat = { readonly runId: RunId; readonly memberId: MemberId; readonly seatNo: number }

/** Both in base64url: the public one uncompressed. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string }

export type Seals = {
  sealSeat(seat: Seat): string
  openSeat(token: string): Seat | undefined
  sealInvite(invite: { runId: RunId; inviteId: InviteId }): string
  openInvite(token: string): { runId: RunId; inviteId: InviteId } | undefined
  sealTracker(trackerId: TrackerId): string
  openTracker(token: string): TrackerId | undefined
  /** Two secrets a club: who organises puts runs under its link, who has the link follows it. */
  sealClub(secret: ClubSecret, clubId: ClubId, renewal: Renewal): string
  openClub(secret: ClubSecret, token: string): { clubId: ClubId; renewal: Renewal } | undefined
  chainKey(runId: RunId): Buffer
  /** The id of the clock's wish at a version: the same from whichever node proposes it, and nobody else's to guess. */
  wakeId(runId: RunId, version: number): CommandId
  /** The same for what nodes have seen. */
  observedId(runId: RunId, what: string): CommandId
  /** Who pushes, to push services: a key pair on P-256, the same on every node. */
  vapid: VapidKeys
  /** Ids made from a phone's secret: asking again gives the same ones, and nobody can go back from them. */
  idFrom(secret: string, purpose: string): string
}

/** @param masterSecret at least 32 bytes. */
export function sealsFrom(masterSecret: Buffer): Seals {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', masterSecret, '', `serik:${purpose}`, 32))
  const keys = {
    s: keyFor('seat'),
    i: keyFor('invite'),
    t: keyFor('tracker'),
    o: keyFor('club organiser'),
    c: keyFor('club link'),
  }
  const clubKind = { organise: 'o', follow: 'c' } as const

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
    // The first secret names no renewal: so it is short, and as it was before there were any.
    sealClub: (secret, clubId, { no, by }) => seal(clubKind[secret], no === 0 ? [clubId] : [clubId, String(no), by]),
    openClub(secret, token) {
      const [clubId, no = '0', by = ''] = open(clubKind[secret], token) ?? []
      const club = clubIdSchema.safeParse(clubId)
      return club.success ? { clubId: club.data, renewal: { no: Number(no), by } } : undefined
    },
    chainKey: (runId) => keyFor(`chain:${runId}`),
    vapid: vapidFrom(Buffer.from(hkdfSync('sha256', masterSecret, '', 'serik:vapid', 48))),
    wakeId: (runId, version) => clocksId(`${runId}/${version}`),
    observedId: (runId, what) => clocksId(`${runId}/observed/${what}`),
    idFrom: (secret, purpose) => createHash('sha256').update(`${purpose}:${secret}`).digest('hex').slice(0, 24),
  }
}

/** One less than the order of P-256. */
const SCALARS = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550n

/** PU2: 48 bytes, as FIPS 186 wants them for one of 32 that is as good as random. */
function vapidFrom(bytes: Buffer): VapidKeys {
  const scalar = (BigInt(`0x${bytes.toString('hex')}`) % SCALARS) + 1n
  const privateKey = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateKey)
  return { publicKey: pair.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') }
}
