/**
 * When a seat could see whose place, live: what a replay may show it. Follows the journal, as who belongs to whom changes on the way.
 * Places that were shown only for a call for help are not shown again.
 */
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { isSeenWithPlace } from './audience.ts'
import { seesAll, seesMember } from './visibility.ts'

/** `toMs`: infinite as long as it lasts. */
export type Span = { readonly fromMs: number; readonly toMs: number }
const ALWAYS: readonly Span[] = [{ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }]

/** Whatever changes who belongs to whom, and whether a child shows itself. */
const telling: ReadonlySet<RunEvent['type']> = new Set([
  'member-joined',
  'member-changed',
  'leadership-passed',
  'leadership-taken-up',
  'sharing-started',
  'sharing-stopped',
  'member-paused',
  'member-stopped',
  'member-returned',
  'member-removed',
  'member-erased',
] as const satisfies readonly RunEvent['type'][])

/**
 * AF2: of everybody whom the viewer sees now, the times at which they saw their place. One's own is always one's own; who sees everything
 * may have everybody's track anyway (EX1). Whoever was removed or erased is not there.
 */
export function seenWhen(run: RunState, facts: Iterable<Fact>, viewer: Member): ReadonlyMap<MemberId, readonly Span[]> {
  const spans = seesAll(viewer) ? undefined : spansOf(facts, viewer.memberId)
  const seen = new Map<MemberId, readonly Span[]>()
  for (const member of run.members.values()) {
    const { memberId, status, isErased } = member
    if (status === 'removed' || isErased || !seesMember(viewer, member)) continue
    const times = !spans || memberId === viewer.memberId ? ALWAYS : spans.get(memberId)
    if (times) seen.set(memberId, times)
  }
  return seen
}

function spansOf(facts: Iterable<Fact>, viewerId: MemberId): Map<MemberId, Span[]> {
  const spans = new Map<MemberId, Span[]>()
  const since = new Map<MemberId, number>()
  let run = newRun
  for (const fact of facts) {
    if (!telling.has(fact.event.type)) continue
    run = evolve(run, fact)
    const viewer = run.members.get(viewerId)
    if (!viewer) continue
    const about = membersOf(fact.event)
    const isOfAll = about.some((memberId) => memberId === viewerId || memberId === viewer.wardId)
    const members = isOfAll ? run.members.values() : about.flatMap((memberId) => run.members.get(memberId) ?? [])
    for (const member of members) {
      const { memberId } = member
      const isSeen = isSeenWithPlace(run, viewer, member)
      const fromMs = since.get(memberId)
      if (isSeen && fromMs === undefined) since.set(memberId, fact.atMs)
      if (isSeen || fromMs === undefined) continue
      since.delete(memberId)
      keep(memberId, { fromMs, toMs: fact.atMs })
    }
  }
  for (const [memberId, fromMs] of since) keep(memberId, { fromMs, toMs: Number.POSITIVE_INFINITY })
  return spans

  function keep(memberId: MemberId, span: Span): void {
    spans.set(memberId, [...(spans.get(memberId) ?? []), span])
  }
}

function membersOf(event: RunEvent): readonly MemberId[] {
  if (event.type === 'leadership-passed') return [event.fromMemberId, event.toMemberId]
  return 'memberId' in event && event.memberId !== null ? [event.memberId] : []
}
