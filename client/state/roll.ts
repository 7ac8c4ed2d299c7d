/** The roll call: how many are out, in, away, and who is not heard of. */
import { isCounted } from '../../shared/run/head-count.ts'
import { isOut, missingGuestCount } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { onceALook } from './once-a-look.ts'
import { membersOf } from './people.ts'
import type { RunView } from './run-view.ts'

/** Out and unheard for so long is told to the leader. Most likely a dead phone, and still to be checked. */
const SILENT_AFTER_MS = 10 * MINUTE_MS

export type Roll = {
  readonly waiting: number
  readonly out: number
  readonly paused: number
  readonly finished: number
  readonly wentHome: number
  readonly gotALift: number
  readonly guestsOut: number
  readonly guestsIn: number
  /** Out, no place for ten minutes, and not seen by anybody. Counted among `out` or `paused` too. */
  readonly silent: readonly Member[]
  /** Not accounted for although the run should be over. Then nobody is called silent. */
  readonly missing: readonly Member[]
}

/** A leader's page asks several times each second. */
export const rollOf = onceALook((view, nowMs): Roll => {
  const members = membersOf(view).filter(({ role }) => takesPart(role))
  const count = (is: (member: Member) => boolean) => members.filter(is).length
  const isEnded = view.run.head.phase === 'ended'
  const missing = missingOf(view, members)
  const guestsOut = missingGuestCount(view.run)
  return {
    waiting: count(({ status }) => status === 'joined'),
    out: isEnded ? 0 : count(({ status }) => status === 'out'),
    paused: isEnded ? 0 : count(({ status }) => status === 'paused'),
    // Who ended the run is there, and was out until then.
    finished: count(
      (member) => member.stopReason === 'finished' || (isEnded && isOut(member) && !missing.includes(member)),
    ),
    wentHome: count(({ stopReason }) => stopReason === 'going-home'),
    gotALift: count(({ stopReason }) => stopReason === 'got-a-lift'),
    guestsOut,
    guestsIn: [...view.run.guests.values()].reduce((sum, guests) => sum + guests.count, 0) - guestsOut,
    silent: isEnded || isEndAsked(view) ? [] : members.filter((member) => isSilent(view, member, nowMs)),
    missing,
  }
})

/** After the end, whom it named; while the leader is asked, everybody out but the one who reads it. */
function missingOf(view: RunView, members: readonly Member[]): Member[] {
  const { phase, missing } = view.run.head
  if (phase === 'ended') return members.filter((member) => isOut(member) && missing.includes(member.memberId))
  return isEndAsked(view) ? members.filter((member) => isOut(member) && member.memberId !== view.myId) : []
}

/** The run was to be over, some are still out, and it asks its leader whether to go on. */
export const isEndAsked = (view: RunView): boolean =>
  view.run.head.phase === 'live' && view.run.head.endAskedAtMs !== null

function isSilent(view: RunView, member: Member, nowMs: number): boolean {
  // Whoever reads this is not lost.
  if (!isOut(member) || member.memberId === view.myId) return false
  const heardAtMs = view.places.get(member.memberId)?.takenAtMs ?? 0
  return nowMs - Math.max(heardAtMs, member.statusAtMs) > SILENT_AFTER_MS && !isCounted(view.run, member, nowMs)
}

const order = ['out', 'paused', 'joined', 'stopped', 'removed'] as const

/** Whom the leader must look at first: the missing and the silent, the ones out, then all others. */
export function rollList(view: RunView, nowMs: number): Member[] {
  const { silent, missing } = rollOf(view, nowMs)
  const first = new Set([...silent, ...missing])
  // By number they are already: of thousands, each second, they are laid in heaps and not sorted again.
  const heaps: Member[][] = Array.from({ length: 2 * order.length }, () => [])
  for (const member of membersOf(view))
    heaps[(first.has(member) ? 0 : order.length) + order.indexOf(member.status)]?.push(member)
  return heaps.flat()
}
