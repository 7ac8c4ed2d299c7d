/** The pack on one line: who stands where along the route, in groups; and who does not, by the reason. Everybody is in exactly one place. */

import type { Gap } from '../../shared/pack/pack.ts'
import { missingGuestCount } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { alongRoute } from './along-route.ts'
import type { PackView } from './pack-view.ts'
import { membersOf } from './people.ts'
import { ageMs, isStale } from './place-age.ts'
import type { RunView, SeenPlace } from './run-view.ts'
import { waitingMembers } from './wants.ts'

/** So many deviations to either side most true places lie within. */
const DEVIATIONS = 2

export type StripPerson = {
  readonly memberId: MemberId
  readonly atM: number
  readonly isStale: boolean
  readonly fallsBehind: boolean
  readonly waits: 'open' | 'claimed' | null
}

/** People who run together, from front to back. */
export type StripGroup = {
  readonly people: readonly StripPerson[]
  /** To the last of the group in front; `null` of the first. */
  readonly toAhead: Gap | null
}

export const doubtReasons = ['silent', 'off-route', 'unsure'] as const

/** Somebody whose place is not certain: where they may be, or where they were last. */
export type StripDoubt = {
  readonly memberId: MemberId
  readonly because: (typeof doubtReasons)[number]
  /** Where they most likely are. */
  readonly atM: number
  /** The other place in question. */
  readonly orAtM: number | null
  /** As far to both sides it may be wrong, without another place. */
  readonly aroundM: number
  /** Of the place it is made of. */
  readonly ageMs: number
}

export type StripHelper = { readonly memberId: MemberId; readonly atM: number; readonly isStale: boolean }

export const asideReasons = [
  'not-on-route',
  'unheard',
  'arrived',
  'in',
  'waiting',
  'helper-elsewhere',
  'guests-out',
  'guests-in',
] as const
export type AsideReason = (typeof asideReasons)[number]

/** Not on the line. `memberIds` is empty of guests, who have none. */
export type Aside = { readonly is: AsideReason; readonly count: number; readonly memberIds: readonly MemberId[] }

export type PackStrip = {
  readonly lengthM: number
  readonly groups: readonly StripGroup[]
  readonly doubts: readonly StripDoubt[]
  /** On the other side of the line. */
  readonly helpers: readonly StripHelper[]
  readonly asides: readonly Aside[]
}

/** `null` where there is no pack: without a route, and once the run is over. */
export function packStrip(view: RunView, pack: PackView | null, nowMs: number): PackStrip | null {
  const { route } = view.run.head
  if (!pack || !route) return null
  const aside = new Map<AsideReason, MemberId[]>()
  const setAside = (is: AsideReason, memberId: MemberId) => {
    const others = aside.get(is)
    if (others) others.push(memberId)
    else aside.set(is, [memberId])
  }
  const doubts: StripDoubt[] = []
  for (const { memberId, because, ageMs: age } of pack.uncounted) {
    const isOff = because === 'arrived' || because === 'not-on-route'
    const place = isOff ? null : placeOf(view, memberId, nowMs)
    if (isOff) setAside(because, memberId)
    else if (place) doubts.push({ memberId, because, ...place, ageMs: age ?? 0 })
    else setAside('unheard', memberId)
  }
  const known = new Set([
    ...pack.order.map(({ member }) => member.memberId),
    ...pack.uncounted.map(({ memberId }) => memberId),
  ])
  const helpers: StripHelper[] = []
  for (const member of membersOf(view)) {
    const { memberId, role, status } = member
    if (!takesPart(role) || known.has(memberId)) continue
    const helper = role === 'cyclist' ? helperAt(view, member, nowMs) : null
    if (helper) helpers.push(helper)
    else setAside(status === 'stopped' ? 'in' : status === 'joined' ? 'waiting' : elsewhere(role), memberId)
  }
  return {
    lengthM: route.lengthM,
    groups: groupsOf(view, pack, nowMs),
    doubts,
    helpers: helpers.sort((a, b) => b.atM - a.atM),
    asides: asideReasons.flatMap((is) => counted(view, is, aside.get(is) ?? [])),
  }
}

/** Whoever is out on foot and in no pack has come after it was made, which is a second ago. */
const elsewhere = (role: Member['role']): AsideReason => (role === 'cyclist' ? 'helper-elsewhere' : 'unheard')

function counted(view: RunView, is: AsideReason, memberIds: readonly MemberId[]): Aside[] {
  const out = missingGuestCount(view.run)
  const all = [...view.run.guests.values()].reduce((sum, guests) => sum + guests.count, 0)
  const count = is === 'guests-out' ? out : is === 'guests-in' ? all - out : memberIds.length
  return count > 0 ? [{ is, count, memberIds }] : []
}

function groupsOf(view: RunView, { order, clusters, stragglers }: PackView, nowMs: number): StripGroup[] {
  const waiting = waitingMembers(view)
  const behind = new Set(stragglers.map(({ memberId }) => memberId))
  let next = 0
  return clusters.map((cluster) => {
    const placings = order.slice(next, next + cluster.length)
    next += cluster.length
    return {
      toAhead: placings[0]?.toAhead ?? null,
      people: placings.map(({ member: { memberId, progress } }) => ({
        memberId,
        atM: progress.atM,
        isStale: isStale({ takenAtMs: progress.takenAtMs } as SeenPlace, nowMs),
        fallsBehind: behind.has(memberId),
        waits: waiting.get(memberId) ?? null,
      })),
    }
  })
}

/** Both places that are in question, and how far the one may be off; of somebody unheard where they were last. */
function placeOf(
  view: RunView,
  memberId: MemberId,
  nowMs: number,
): Pick<StripDoubt, 'atM' | 'orAtM' | 'aroundM'> | null {
  const place = view.places.get(memberId)
  const along = alongRoute(view, memberId, nowMs)
  if (!place?.progress || !along) return null
  return { atM: along.atM, orAtM: along.orAtM, aroundM: DEVIATIONS * place.progress.spreadM }
}

/** `null` unless their place on the route is known. */
function helperAt(view: RunView, { memberId, status }: Member, nowMs: number): StripHelper | null {
  const place = view.places.get(memberId)
  const along = alongRoute(view, memberId, nowMs)
  if (!place?.progress || !along || place.progress.isOffRoute || status === 'stopped' || status === 'joined')
    return null
  return { memberId, atM: along.atM, isStale: ageMs(place, nowMs) > 0 && isStale(place, nowMs) }
}
