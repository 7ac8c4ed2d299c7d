/** Reads what the nodes have in the end, and holds the history against it. */
import { exportedPoints } from '../../client/simulate/exported.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { checkEffects } from './check-effects.ts'
import { checkFold } from './check-fold.ts'
import { checkJournal } from './check-journal.ts'
import { checkRemovals, type Removal } from './check-removed.ts'
import { checkRequests } from './check-requests.ts'
import { checkTrack, keyOf, keyOfPoint } from './check-tracks.ts'
import type { Departure } from './chores.ts'
import { clockOps } from './clock-ops.ts'
import type { Field } from './field.ts'
import { withFreshPhone } from './fresh-phone.ts'
import { readJournal } from './journal.ts'
import type { Trouble } from './trouble.ts'

export type Verdict = {
  readonly troubles: readonly Trouble[]
  readonly requestCount: number
  readonly fixCount: number
  readonly factCount: number
  /** Of removals that no fault disturbed, ms. */
  readonly outAfterMs: readonly number[]
}

/** @param outWithinMs how soon a removed member must be out where nothing is broken. */
export async function judge(field: Field, departures: readonly Departure[], outWithinMs: number): Promise<Verdict> {
  const { arena, club } = field
  const { history, nodes } = arena
  const urls = nodes.map(({ url }) => url)
  const [url] = urls as [string]
  const { seat } = club.leader
  const run = await withFreshPhone(urls, seat, async (phone) => phone.view().run)
  const journal = await readJournal(url, seat)
  const troubles: Trouble[] = [
    ...checkRequests(
      [...history.ops, ...clockOps(journal.facts)],
      new Map([...run.requests.values()].map((each) => [each.requestId, each])),
    ),
    ...checkEffects(history.ops, run),
    ...checkJournal(history.ops, journal.facts),
    ...checkFold(journal.facts, run),
  ]
  let fixCount = 0
  for (const phone of club.everybody) {
    const recorded = history.fixesOf(phone.memberId).map(({ fix }) => keyOf(fix))
    fixCount += recorded.length
    const departed = departures.find(({ memberId }) => memberId === phone.memberId)
    troubles.push(...checkTrack(phone.name, ...(await trackOf(field, run, phone.memberId, recorded, departed))))
  }
  const removals = await Promise.all(departures.map((departure) => removalOf(field, departure, urls)))
  troubles.push(...checkRemovals(removals, outWithinMs))
  for (const { unexpectedEnds } of nodes)
    for (const what of unexpectedEnds) troubles.push({ promise: 'nodes', about: 'process', what })
  return {
    troubles,
    requestCount: run.requests.size,
    fixCount,
    factCount: run.version,
    outAfterMs: removals.flatMap(({ outAfterMs, wasDisturbed }) =>
      outAfterMs !== null && !wasDisturbed ? [outAfterMs] : [],
    ),
  }
}

/** What was recorded, what is stored, and how many of the first must be. */
async function trackOf(
  { arena, club, lossesMs }: Field,
  run: RunState,
  memberId: MemberId,
  recorded: readonly string[],
  departed: Departure | undefined,
): Promise<[recorded: readonly string[], stored: readonly string[], dueCount: number]> {
  const [node] = arena.nodes
  const stored = (await exportedPoints(node?.url ?? '', club.leader.seat, memberId)).map(keyOfPoint)
  const member = run.members.get(memberId)
  if (member?.isErased) return [[], stored, 0] // nothing of theirs may be left
  if (member?.status !== 'removed') return [recorded, stored, recorded.length]
  // What a removed member had not delivered is theirs alone; and nobody asks them for what the store loses later.
  const isLost = lossesMs.some((lostMs) => departed !== undefined && lostMs > departed.ackedMs)
  return [recorded, stored, isLost ? 0 : arena.history.storedCountOf(memberId)]
}

async function removalOf({ club, log }: Field, departure: Departure, urls: readonly string[]): Promise<Removal> {
  const { memberId, ackedMs, outMs } = departure
  const seat = club.everybody.find((phone) => phone.memberId === memberId)?.seat ?? ''
  const asked = urls.map((url, no) =>
    withFreshPhone([url], seat, async (phone) => (phone.view().link === 'gone' ? [] : [no])),
  )
  return {
    memberId,
    outAfterMs: outMs === null ? null : Math.max(0, outMs - ackedMs),
    wasDisturbed: !log.wasQuiet(ackedMs, outMs ?? Infinity),
    letInBy: (await Promise.all(asked)).flat(),
  }
}
