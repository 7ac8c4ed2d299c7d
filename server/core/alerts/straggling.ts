import { type MemberId, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { noStreaks, type RuleWatch, type Streaks, type Verdict, weighed } from './lasting.ts'
import { byGroup, type Lookout, type Watched } from './lookout.ts'
import { gapBetween, orderOf, type Placed } from './order.ts'

const LEAST_RUNNERS = 3
/** Behind a break at most this share: more is the field coming apart (`split-pack`). */
const SHARE_MAX = 1 / 3
const BREAK_M = 100
const BREAK_MS = 60 * SECOND_MS
const KEPT_BREAK_MS = 45 * SECOND_MS
/** So many times the usual gap; a field that is strung out has no stragglers. */
const UNUSUAL = 3
const WINDOW_MS = 5 * MINUTE_MS
/** 7 % slower than the others. */
const GROWING_M = 50

/** How far behind somebody was, at a moment from which growth is counted. */
type Behind = { readonly fromMs: number; readonly gapM: number; readonly hasGrown: boolean }
type Memory = { readonly behind: ReadonlyMap<MemberId, Behind>; readonly streaks: Streaks }

/**
 * AT25: behind a break of 100 m and 60 s to the last of the others of their group, and that gap has grown by 50 m in five minutes.
 * Over when the break is under 45 s for a minute, or they are told of as stopped. After `stragglersOf` (shared/pack), with paces in the place of passings.
 */
export const straggling: RuleWatch<Memory> = {
  nothing: { behind: new Map(), streaks: noStreaks },
  look(memory, lookout) {
    const { run, nowMs } = lookout.scene
    const behind = new Map<MemberId, Behind>()
    const verdicts: Verdict[] = []
    for (const runners of byGroup(lookout.runners).values())
      for (const { placed, gapM } of [...behindBreak(orderOf(runners), lookout), ...arrived(runners)]) {
        const { memberId } = placed.one.member
        const atMs = placed.one.fix.takenAtMs
        if (gapM === null) {
          verdicts.push({ memberId, holds: false, atMs })
          continue
        }
        const one = behindAfter(memory.behind.get(memberId), gapM, nowMs)
        behind.set(memberId, one)
        const isOpen = openAlert(run, 'straggling', memberId) !== undefined
        const holds = (one.hasGrown || isOpen) && !openAlert(run, 'stopped', memberId)
        verdicts.push({ memberId, holds, atMs, sinceMs: one.fromMs, value: Math.round(gapM) })
      }
    const limits = { rule: 'straggling', raisedAfterMs: 0, overAfterMs: MINUTE_MS, leastCount: 1 } as const
    const { memory: streaks, observations } = weighed(limits, memory.streaks, lookout, verdicts)
    return { memory: { behind, streaks }, observations }
  },
}

/** Of whom nothing is told any more: no order has them. */
const arrived = (runners: readonly Watched[]): Told[] =>
  runners.filter(({ hasArrived }) => hasArrived).map((one) => ({ placed: { one }, gapM: null }))

function behindAfter(before: Behind | undefined, gapM: number, nowMs: number): Behind {
  const now = { fromMs: nowMs, gapM, hasGrown: false }
  if (!before || gapM < before.gapM) return now // they come nearer: counted from here
  if (nowMs - before.fromMs < WINDOW_MS || before.hasGrown) return before
  return gapM - before.gapM >= GROWING_M ? { ...before, hasGrown: true } : now
}

type Told = { readonly placed: Pick<Placed, 'one'>; readonly gapM: number | null }

/** Those behind a break, with their gap to the last before it; `null` for those of whom it is told, and who are not. */
function behindBreak(order: readonly Placed[], lookout: Lookout): Told[] {
  const at = breakIn(order, lookout)
  const last = order[at - 1]
  const behind = last ? order.slice(at).map((placed) => ({ placed, gapM: last.atM - placed.atM })) : []
  const isTold = ({ one }: Placed) => openAlert(lookout.scene.run, 'straggling', one.member.memberId) !== undefined
  const others = (last ? order.slice(0, at) : order).filter(isTold).map((placed) => ({ placed, gapM: null }))
  return [...behind, ...others]
}

/** The index of the first one behind the break; -1 when there is none. */
function breakIn(order: readonly Placed[], { scene: { run } }: Lookout): number {
  if (order.length < LEAST_RUNNERS) return -1
  const gaps = order.slice(1).map((behind, index) => gapBetween(order[index] as Placed, behind))
  const most = Math.max(1, Math.floor(order.length * SHARE_MAX))
  const usualMs = median(gaps.slice(0, order.length - most - 1).map((gap) => gap.gapMs))
  const leastMs = Math.max(BREAK_MS, UNUSUAL * usualMs)
  return order.findIndex(({ one }, index) => {
    const gap = index >= order.length - most ? gaps[index - 1] : undefined
    if (!gap || gap.gapM < BREAK_M || gap.gapMs < KEPT_BREAK_MS) return false
    return gap.gapMs >= leastMs || openAlert(run, 'straggling', one.member.memberId) !== undefined
  })
}

/** 0 of none. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}
