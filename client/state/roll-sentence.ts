/** How all stand in one sentence: everybody who takes part, and each guest, is in exactly one part of it. */
import { isCounted } from '../../shared/run/head-count.ts'
import { isOut } from '../../shared/run/questions.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member, Request } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { alongRoute } from './along-route.ts'
import { headCount, isHeard } from './head-count.ts'
import { membersOf } from './people.ts'
import { isTooOld, nearnessOf } from './place-age.ts'
import { rollOf } from './roll.ts'
import type { RunView } from './run-view.ts'

/** So near to each other two are together. */
const TOGETHER_M = 60

export type RollPart =
  | {
      readonly is: 'out' | 'guests-out' | 'paused' | 'in' | 'went-home' | 'got-a-lift' | 'waiting'
      readonly count: number
    }
  /** Since a head count began: of all who are out. */
  | { readonly is: 'heard-or-seen'; readonly count: number; readonly of: number }
  /** Whoever called for help, with the helper who came. `atM`: along the route, where that is known. */
  | { readonly is: 'with'; readonly count: number; readonly helperId: MemberId; readonly atM: number | null }
  | {
      readonly is: 'unseen'
      readonly count: number
      readonly memberIds: readonly MemberId[]
      readonly guestCount: number
      readonly sinceMs: number
    }
  | { readonly is: 'missing' | 'silent'; readonly count: number; readonly memberIds: readonly MemberId[] }

type Tally = Record<'out' | 'paused' | 'in' | 'went-home' | 'got-a-lift' | 'waiting', number>

/** In the order in which it is told; parts with nobody in them are left out. */
export function rollSentence(view: RunView, nowMs: number): RollPart[] {
  const { missing, silent, guestsIn, guestsOut } = rollOf(view, nowMs)
  const { sinceMs, guestsSeen, guestsUnseen } = headCount(view, nowMs)
  const isChecked = sinceMs !== null && missing.length === 0 && view.run.head.phase !== 'ended'
  const helperOf = helpersThere(view, nowMs)
  const tally: Tally = { out: 0, paused: 0, in: guestsIn, 'went-home': 0, 'got-a-lift': 0, waiting: 0 }
  const withHelper = new Map<MemberId, Member[]>()
  const named: Record<'missing' | 'silent' | 'unseen', MemberId[]> = { missing: [], silent: [], unseen: [] }
  let checkedCount = isChecked ? guestsSeen : 0

  const [isMissing, isSilent] = [new Set(missing), new Set(silent)]
  for (const member of membersOf(view).filter(({ role }) => takesPart(role))) {
    const { memberId } = member
    const helperId = helperOf.get(memberId)
    if (!isOut(member)) tally[standing(member)]++
    else if (helperId) withHelper.set(helperId, [...(withHelper.get(helperId) ?? []), member])
    else if (isMissing.has(member)) named.missing.push(memberId)
    else if (view.run.head.phase === 'ended') tally.in++
    else if (!isChecked) {
      if (isSilent.has(member)) named.silent.push(memberId)
      else tally[member.status === 'paused' ? 'paused' : 'out']++
    } else if (isHeard(view, member, nowMs) || isCounted(view.run, member, nowMs)) checkedCount++
    else named.unseen.push(memberId)
  }

  const together = [...withHelper].map(([helperId, members]) => ({
    is: 'with' as const,
    count: members.length,
    helperId,
    atM: whereM(view, helperId, members, nowMs),
  }))
  const togetherCount = together.reduce((sum, { count }) => sum + count, 0)
  const unseenCount = named.unseen.length + (isChecked ? guestsUnseen : 0)
  const counted = (is: keyof Tally) => ({ is, count: tally[is] })
  const parts: RollPart[] = [
    { is: 'heard-or-seen', count: checkedCount, of: checkedCount + togetherCount + unseenCount },
    counted('out'),
    { is: 'guests-out', count: isChecked ? 0 : guestsOut },
    counted('paused'),
    counted('in'),
    counted('went-home'),
    counted('got-a-lift'),
    ...together,
    counted('waiting'),
    { is: 'missing', count: named.missing.length, memberIds: named.missing },
    { is: 'silent', count: named.silent.length, memberIds: named.silent },
    {
      is: 'unseen',
      count: unseenCount,
      memberIds: named.unseen,
      guestCount: isChecked ? guestsUnseen : 0,
      sinceMs: sinceMs ?? 0,
    },
  ]
  return parts.filter(({ count }) => count > 0)
}

function standing({ status, stopReason }: Member): 'waiting' | 'in' | 'went-home' | 'got-a-lift' {
  if (status !== 'stopped') return 'waiting'
  if (stopReason === 'going-home') return 'went-home'
  return stopReason === 'got-a-lift' ? 'got-a-lift' : 'in'
}

/** Whose call for help brought a helper who is there now: by their own word, or by both places, new and near each other. */
function helpersThere(view: RunView, nowMs: number): ReadonlyMap<MemberId, MemberId> {
  const there = new Map<MemberId, MemberId>()
  for (const request of view.run.requests.values()) {
    const { runnerId, cyclistId, kind, endedAtMs } = request
    if (endedAtMs === null && isAlarm(kind) && cyclistId && isThere(view, { runnerId, cyclistId }, nowMs))
      there.set(runnerId, cyclistId)
  }
  return there
}

type Pair = { readonly runnerId: MemberId; readonly cyclistId: NonNullable<Request['cyclistId']> }

function isThere(view: RunView, { runnerId, cyclistId }: Pair, nowMs: number): boolean {
  if (view.run.members.get(cyclistId)?.helping.state === 'with-injured') return true
  const way = nearnessOf(view, cyclistId, runnerId, nowMs)
  return way !== null && way.distanceM <= TOGETHER_M && !isTooOld(way.ageMs)
}

function whereM(view: RunView, helperId: MemberId, members: readonly Member[], nowMs: number): number | null {
  for (const memberId of [helperId, ...members.map((member) => member.memberId)]) {
    const along = alongRoute(view, memberId, nowMs)
    if (along) return along.atM
  }
  return members.find(({ seen }) => seen?.byId === helperId)?.seen?.atM ?? null
}
