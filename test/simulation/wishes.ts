/** What people wish for: a table. A new wish is a new row. */
import { newId } from '../../client/net/new-id.ts'
import type { Phone } from '../../client/net/phone.ts'
import type { Random } from '../../client/simulate/random.ts'
import type { Command } from '../../shared/run/commands.ts'
import { isEnded } from '../../shared/run/questions.ts'
import { isAlarm, itemKindNames, policyOf } from '../../shared/run/requests.ts'
import type { Role } from '../../shared/run/roles.ts'
import type { Request } from '../../shared/run/state.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'

export type Asking = {
  readonly meId: MemberId
  readonly phone: Phone
  readonly random: Random
  /** So many of a kind are enough for one world: removals, erasures. */
  isTheFirst(what: string): boolean
}

type Wish = {
  /** Against the others of the same role. */
  readonly weight: number
  readonly roles: readonly Role[]
  /** `undefined`: there is nothing to ask for. */
  readonly make: (asking: Asking) => Command | undefined
}

const takers: readonly Role[] = ['runner', 'cyclist', 'leader']
const helpers: readonly Role[] = ['cyclist', 'leader']
const leaders: readonly Role[] = ['leader']
const everybody: readonly Role[] = [...takers, 'watcher']
const row = (weight: number, roles: readonly Role[], make: Wish['make']): Wish => ({ weight, roles, make })

const requestsOf = ({ phone }: Asking): Request[] => [...phone.view().run.requests.values()]
const some = <T>({ random }: Asking, items: readonly T[]): T | undefined =>
  items.length === 0 ? undefined : random.pick(items)
const openOf = (asking: Asking): Request[] => requestsOf(asking).filter((request) => !isEnded(request))
const mine = (asking: Asking): Request[] => openOf(asking).filter(({ runnerId }) => runnerId === asking.meId)
const others = (asking: Asking): Request[] => openOf(asking).filter(({ runnerId }) => runnerId !== asking.meId)
const aboutOne = (type: 'cancel-request' | 'claim-request', request: Request | undefined): Command | undefined =>
  request && { type, requestId: request.requestId }
const someOther = ({ phone, meId, random }: Asking, roles: readonly Role[]): MemberId | undefined => {
  const members = [...phone.view().run.members.values()]
  const there = members.filter(
    ({ memberId, role, status }) => memberId !== meId && roles.includes(role) && status !== 'removed',
  )
  return there.length === 0 ? undefined : random.pick(there).memberId
}

const wishes: readonly Wish[] = [
  row(14, takers, ({ random }) => ({
    type: 'raise-request',
    requestId: newId('req'),
    kind: random.pick([...itemKindNames, 'mechanical', 'slow-down']),
    quantity: 1,
    note: random.next() < 0.3 ? 'at the bridge' : null,
  })),
  row(1, takers, () => ({ type: 'raise-request', requestId: newId('req'), kind: 'help', quantity: 1, note: null })),
  row(3, takers, (asking) => aboutOne('cancel-request', some(asking, mine(asking)))),
  row(4, takers, (asking) => {
    const request = some(
      asking,
      mine(asking).filter(({ kind }) => !isAlarm(kind)),
    )
    return request && { type: 'confirm-delivered', requestId: request.requestId }
  }),
  row(20, helpers, (asking) => aboutOne('claim-request', some(asking, others(asking)))),
  row(4, helpers, (asking) => {
    const request = some(
      asking,
      others(asking).filter(({ cyclistId }) => cyclistId === asking.meId),
    )
    return request && { type: 'release-request', requestId: request.requestId }
  }),
  row(10, helpers, (asking) => {
    const request = some(asking, others(asking))
    if (!request) return undefined
    const { runnerId, requestId, quantity } = request
    const kind = itemKindNames.find((item) => item === request.kind)
    if (!kind || !policyOf(request.kind).isItem) return { type: 'close-request', requestId }
    return { type: 'record-hand-over', handOverId: newId('hov'), runnerId, kind, quantity }
  }),
  row(2, helpers, (asking) => {
    const runnerId = someOther(asking, ['runner'])
    return runnerId && { type: 'record-hand-over', handOverId: newId('hov'), runnerId, kind: 'gel', quantity: 1 }
  }),
  row(8, leaders, ({ random, phone }) => {
    const [group] = phone.view().run.groups.values()
    const groupId = random.next() < 0.3 ? (group?.groupId ?? null) : null
    return { type: 'send-message', messageId: newId('msg'), text: 'turn back at the second bridge', groupId }
  }),
  row(5, takers, (asking) => {
    const { messages, seen } = asking.phone.view().run
    const message = some(
      asking,
      [...messages.values()].filter(({ messageId }) => !seen.has(`${messageId}/${asking.meId}`)),
    )
    return message && { type: 'see-message', messageId: message.messageId }
  }),
  row(3, helpers, ({ random }) => ({
    type: 'set-stock',
    stock: { pieces: [{ kind: 'water', count: 1 + Math.floor(random.next() * 9), forId: null }], emptiesCount: 0 },
    isRefill: random.next() < 0.5,
  })),
  row(2, helpers, ({ random }) => ({
    type: 'set-helping',
    kind: 'bike',
    state: random.pick(['available', 'available', 'refilling', 'puncture']),
  })),
  row(2, takers, () => ({ type: 'have-drunk', drinkMl: 150 })),
  row(1, takers, ({ random }) => ({
    type: 'set-drink-plan',
    plan: { everyMs: random.pick([20, 30]) * MINUTE_MS, everyM: null, drinkMl: 150, carbGPerH: null },
  })),
  row(3, helpers, (asking) => {
    const memberId = someOther(asking, ['runner'])
    return memberId && { type: 'see-members', memberIds: [memberId], seenAtMs: Math.round(asking.phone.nowMs()) }
  }),
  row(1, leaders, () => ({ type: 'begin-head-count' })),
  row(1, leaders, ({ random }) => ({
    type: 'set-conditions',
    heat: random.pick(['warm', 'hot', 'frost']),
    alertsOff: random.pick([[], ['low-battery']]),
  })),
  row(2, leaders, ({ phone }) => ({
    type: 'call-regroup',
    regroupId: newId('rgp'),
    groupId: null,
    name: 'the bridge',
    place: { latitudeDeg: 51.1, longitudeDeg: 71.4 },
    atM: null,
    atMs: Math.round(phone.nowMs()) + 10 * MINUTE_MS,
  })),
  row(3, takers, (asking) => {
    const { regroups } = asking.phone.view().run
    const regroup = some(
      asking,
      [...regroups.values()].filter(({ isOver }) => !isOver),
    )
    const answer = asking.random.pick(['coming', 'here'] as const)
    return regroup && { type: 'answer-regroup', regroupId: regroup.regroupId, answer }
  }),
  row(2, takers, () => ({ type: 'pause', reason: 'toilet' })),
  row(3, takers, ({ meId }) => ({ type: 'return', memberId: meId })),
  row(1, everybody, ({ random }) => ({ type: 'rename', name: random.pick(['A', 'B', 'C']) })),
  row(1, everybody, ({ random }) => ({ type: 'set-phone', phone: random.pick([null, '+7 700 000 00 00']) })),
  row(1, takers, ({ random }) => ({
    type: 'set-emergency',
    contact: random.pick([null, { name: 'A', phone: '112' }]),
    note: random.pick([null, 'asthma']),
  })),
  row(1, takers, ({ random }) => ({
    type: 'set-usual',
    kind: 'water',
    quantity: 1,
    note: random.pick([null, 'no gas']),
  })),
  row(2, leaders, () => ({
    type: 'count-guests',
    guestsId: newId('gst'),
    count: 3,
    name: 'visitors',
    startNumber: null,
  })),
  row(2, leaders, (asking) => {
    const guests = some(asking, [...asking.phone.view().run.guests.values()])
    return guests && { type: 'account-guests', guestsId: guests.guestsId, count: 1 }
  }),
  row(1, leaders, (asking) => {
    const memberId = someOther(asking, ['runner', 'cyclist'])
    const [group] = asking.phone.view().run.groups.values()
    const role = memberId && asking.phone.view().run.members.get(memberId)?.role
    const groupId = asking.random.next() < 0.5 ? (group?.groupId ?? null) : null
    return memberId && role && { type: 'change-member', memberId, role, groupId }
  }),
  row(0.7, leaders, (asking) => {
    const memberId = someOther(asking, ['runner', 'cyclist'])
    return memberId && asking.isTheFirst('removal') ? { type: 'remove-member', memberId } : undefined
  }),
  row(0.7, leaders, (asking) => {
    const memberId = someOther(asking, ['runner', 'cyclist'])
    return memberId && asking.isTheFirst('re-seat') ? { type: 'reseat-member', memberId } : undefined
  }),
  row(0.2, ['runner', 'cyclist'], ({ isTheFirst }) => (isTheFirst('erasure') ? { type: 'erase-me' } : undefined)),
]

const byRole = new Map(
  everybody.map((role) => {
    const possible = wishes.filter(({ roles }) => roles.includes(role))
    return [role, { possible, weight: possible.reduce((sum, { weight }) => sum + weight, 0) }] as const
  }),
)

/** What comes to the mind of somebody of this role. */
export function aWish(role: Role, asking: Asking): Command | undefined {
  const { possible, weight } = byRole.get(role) ?? { possible: [], weight: 0 }
  let at = asking.random.next() * weight
  for (const wish of possible) {
    at -= wish.weight
    if (at < 0) return wish.make(asking)
  }
  return undefined
}
