/** The people and things of the tests. Lena leads; the others are what their line says. */
import type { RunEvent } from '../../shared/run/events.ts'
import type { Helping } from '../../shared/run/helping.ts'
import type { Role } from '../../shared/run/roles.ts'
import type { Stock } from '../../shared/run/stock.ts'
import {
  type AlertId,
  DAY_MS,
  type GroupId,
  type GuestsId,
  type HandOverId,
  HOUR_MS,
  type InviteId,
  type MemberId,
  type MessageId,
  type RegroupId,
  type RequestId,
  type RouteId,
  type TrackerId,
} from '../../shared/units.ts'

const idOf = <Id extends string>(prefix: string, name: string | number) =>
  `${prefix}_${String(name).padEnd(12, '0')}` as Id

export const person = (name: string) => idOf<MemberId>('mbr', name)
export const lena = person('lena')
export const aidar = person('aidar')
export const madina = person('madina')
export const dana = person('dana')
export const timur = person('timur')
export const mum = person('mum')

export const request = (no: number) => idOf<RequestId>('req', `r${no}x`)
export const handOver = (no: number) => idOf<HandOverId>('hov', `h${no}x`)
export const message = (no: number) => idOf<MessageId>('msg', `m${no}x`)
export const guests = (no: number) => idOf<GuestsId>('gst', `g${no}x`)
export const alert = (no: number) => idOf<AlertId>('alr', `a${no}x`)
export const regroup = (no: number) => idOf<RegroupId>('rgp', `p${no}x`)
export const invite = (name: string) => idOf<InviteId>('inv', name)
export const group = (name: string) => idOf<GroupId>('grp', name)
export const tracker = (no: number) => idOf<TrackerId>('trk', `t${no}x`)
export const route = (no: number) => idOf<RouteId>('rte', `l${no}x`)

/** A Sunday in May, eight in the morning. */
export const START_MS = Date.UTC(2026, 4, 3, 8)
export const EXPECTED_END_MS = START_MS + 3 * HOUR_MS
export const LATEST_END_MS = START_MS + 8 * HOUR_MS
export const RETENTION_MS = 7 * DAY_MS

export const planned: Extract<RunEvent, { type: 'run-planned' }> = {
  type: 'run-planned',
  plannedStartMs: START_MS,
  expectedEndMs: EXPECTED_END_MS,
  latestEndMs: LATEST_END_MS,
  retentionMs: RETENTION_MS,
  recordedShiftMs: 0,
}
export const started: RunEvent = { type: 'run-started' }
export const ended: RunEvent = { type: 'run-ended', reason: 'by-leader', missing: [], missingGuestCount: 0 }

type Joined = Extract<RunEvent, { type: 'member-joined' }>

export const joined = (memberId: MemberId, role: Role, memberNo: number, more: Partial<Joined> = {}): Joined => ({
  type: 'member-joined',
  memberId,
  memberNo,
  role,
  groupId: null,
  wardId: null,
  startNumber: null,
  inviteId: null,
  ...more,
})

/** Lena leads Aidar and Madina, who run; Dana and Timur ride; Mum watches. */
export const sunday: readonly RunEvent[] = [
  planned,
  joined(lena, 'leader', 1),
  joined(aidar, 'runner', 2),
  joined(madina, 'runner', 3),
  joined(dana, 'cyclist', 4),
  joined(timur, 'cyclist', 5),
  joined(mum, 'watcher', 6),
]

export const sets = (memberId: MemberId, fromMs = START_MS): RunEvent => ({ type: 'sharing-started', memberId, fromMs })

/** The same people, under way: both runners are out and share their place. */
export const underWay: readonly RunEvent[] = [...sunday, started, sets(aidar), sets(madina)]

type Raised = Extract<RunEvent, { type: 'request-raised' }>
type Claimed = Extract<RunEvent, { type: 'request-claimed' }>
type Delivered = Extract<RunEvent, { type: 'request-delivered' }>
type HandedOver = Extract<RunEvent, { type: 'handed-over' }>
type StockSet = Extract<RunEvent, { type: 'stock-set' }>

/** Whoever is not among the people of Sunday is told by `more`. */
const noOf = (memberId: MemberId): number =>
  sunday.flatMap((event) =>
    event.type === 'member-joined' && event.memberId === memberId ? [event.memberNo] : [],
  )[0] ?? 0

export const raised = (no: number, runnerId: MemberId, more: Partial<Raised> = {}): Raised => ({
  type: 'request-raised',
  requestId: request(no),
  runnerId,
  runnerNo: noOf(runnerId),
  kind: 'water',
  quantity: 1,
  hasNote: false,
  toldIds: [],
  ...more,
})

export const claimed = (no: number, cyclistId: MemberId, more: Partial<Claimed> = {}): Claimed => ({
  type: 'request-claimed',
  requestId: request(no),
  cyclistId,
  distanceM: null,
  isAutomatic: false,
  ...more,
})

export const delivered = (no: number, cyclistId: MemberId | null, more: Partial<Delivered> = {}): Delivered => ({
  type: 'request-delivered',
  requestId: request(no),
  cyclistId,
  handOverId: null,
  distanceM: null,
  ...more,
})

/** Dana gives Aidar a bottle of water, unless `more` says otherwise. */
export const handedOver = (no: number, more: Partial<HandedOver> = {}): HandedOver => ({
  type: 'handed-over',
  handOverId: handOver(no),
  runnerId: aidar,
  cyclistId: dana,
  kind: 'water',
  quantity: 1,
  requestId: null,
  ...more,
})

export const helps = (
  memberId: MemberId,
  state: Helping['state'],
  kind: Helping['kind'] = 'bike',
): Extract<RunEvent, { type: 'helping-set' }> => ({ type: 'helping-set', memberId, kind, state })

export const carries = (memberId: MemberId, stock: Stock, reason: StockSet['reason'] = 'set'): StockSet => ({
  type: 'stock-set',
  memberId,
  ...stock,
  reason,
})

export const stopped = (memberId: MemberId, toMs = START_MS): Extract<RunEvent, { type: 'member-stopped' }> => ({
  type: 'member-stopped',
  memberId,
  reason: 'finished',
  toMs,
})

export const groupAdded = (name: string): RunEvent => ({
  type: 'group-added',
  groupId: group(name),
  colour: '#ff0000',
  targetPaceMps: null,
})

export const changed = (memberId: MemberId, role: Role, groupName: string | null): RunEvent => ({
  type: 'member-changed',
  memberId,
  role,
  groupId: groupName === null ? null : group(groupName),
})
