/** LE6: who would be there much sooner than whoever has claimed it. */
import { type RiderState, riderAfter } from '../../../shared/geo/meeting/rider.ts'
import { hasLease, isMetAsked } from '../../../shared/run/claims.ts'
import { cyclistsOf, isSharing } from '../../../shared/run/questions.ts'
import type { Member, Request, RunState } from '../../../shared/run/state.ts'
import { type MemberId, MINUTE_MS, type RequestId, SECOND_MS } from '../../../shared/units.ts'
import type { Observation } from '../decision.ts'
import { couldBring } from '../observed-claims.ts'
import { apartOf, reachMs, type Spot, spotOf } from './reach.ts'
import type { Scene, Seen } from './scene.ts'

const GAIN_MS = 3 * MINUTE_MS
const GAIN_SHARE = 0.4
const HEARD_WITHIN_MS = MINUTE_MS
/** One look may be a bad fix. */
const HOLDS_FOR_MS = 10 * SECOND_MS

/** Available, heard and with nothing to bring. */
type Free = { readonly member: Member; readonly spot: Spot; readonly rideMps: number }
type Candidate = { readonly toId: MemberId; readonly sinceMs: number }
export type Swaps = {
  /** How fast each helper rides when they ride. */
  readonly riders: ReadonlyMap<MemberId, RiderState>
  readonly candidates: ReadonlyMap<RequestId, Candidate>
  /** Who has held a request, and gave it back or over: they are not asked for it again. */
  readonly holders: ReadonlyMap<RequestId, ReadonlySet<MemberId>>
}
export const noSwaps: Swaps = { riders: new Map(), candidates: new Map(), holders: new Map() }

export function swapsWatched(before: Swaps, scene: Scene): Seen<Swaps> {
  const { run, nowMs } = scene
  const riders = ridersAfter(before.riders, scene)
  const [holders, candidates] = [new Map<RequestId, ReadonlySet<MemberId>>(), new Map<RequestId, Candidate>()]
  const busy = busyIn(run)
  const free = cyclistsOf(run).flatMap((member): Free[] => {
    const { memberId, helping } = member
    const spot = helping.kind === 'table' || busy.has(memberId) ? undefined : spotOf(scene, memberId, HEARD_WITHIN_MS)
    return spot ? [{ member, spot, rideMps: rideMpsOf(riders.get(memberId)) }] : []
  })
  const observations: Observation[] = []
  for (const request of run.requests.values()) {
    const { requestId, cyclistId, endedAtMs } = request
    if (endedAtMs !== null) continue
    const held = before.holders.get(requestId) ?? new Set()
    holders.set(requestId, cyclistId === null || held.has(cyclistId) ? held : new Set([...held, cyclistId]))
    const best = bestSwap(request, scene, riders, free, held)
    if (!best) continue
    const known = before.candidates.get(requestId)
    const sinceMs = known?.toId === best.toId ? known.sinceMs : nowMs
    candidates.set(requestId, { toId: best.toId, sinceMs })
    if (nowMs - sinceMs >= HOLDS_FOR_MS) observations.push({ is: 'swap', requestId, ...best })
  }
  return { memory: { riders, candidates, holders }, observations }
}

/** How fast somebody rides is learned look by look, as a phone does it for its own cyclist. */
function ridersAfter(before: Swaps['riders'], { run, fixOf }: Scene): Swaps['riders'] {
  const riders = new Map<MemberId, RiderState>()
  for (const member of run.members.values()) {
    const fix = member.role === 'cyclist' && isSharing(member) ? fixOf(member.memberId) : undefined
    if (fix) riders.set(member.memberId, riderAfter(before.get(member.memberId), fix))
  }
  return riders
}

/** Those who bring something already: how long they take to somebody else nobody can tell. */
function busyIn(run: RunState): ReadonlySet<MemberId> {
  const busy = new Set<MemberId>()
  for (const { cyclistId, endedAtMs } of run.requests.values())
    if (cyclistId !== null && endedAtMs === null) busy.add(cyclistId)
  return busy
}

/** Both ways of reckoning must say so, since each is wrong somewhere; the lesser gain is told. */
function bestSwap(
  request: Request,
  scene: Scene,
  riders: Swaps['riders'],
  free: readonly Free[],
  held: ReadonlySet<MemberId>,
): { readonly toId: MemberId; readonly gainMs: number } | undefined {
  const { run } = scene
  const { cyclistId, runnerId } = request
  if (!hasLease(request) || cyclistId === null || request.offer !== null || isMetAsked(request)) return undefined
  const [holder, runner] = [spotOf(scene, cyclistId, HEARD_WITHIN_MS), spotOf(scene, runnerId, HEARD_WITHIN_MS)]
  if (!holder || !runner || run.members.get(cyclistId)?.helping.kind === 'table') return undefined
  const takesMs = (rider: Spot, rideMps: number) => reachMs(apartOf(rider, runner), rideMps)
  const theirs = takesMs(holder, rideMpsOf(riders.get(cyclistId)))
  if (theirs.byAir <= GAIN_MS) return undefined // LE6: who is there sooner than that cannot be beaten by it

  let best: { toId: MemberId; gainMs: number } | undefined
  for (const { member, spot, rideMps } of free) {
    const { memberId } = member
    if (held.has(memberId)) continue
    const others = takesMs(spot, rideMps)
    const byAirMs = gainOf(theirs.byAir, others.byAir)
    const areAlong = theirs.byRoute !== null && others.byRoute !== null
    const gainMs = Math.min(byAirMs, areAlong ? gainOf(theirs.byRoute ?? 0, others.byRoute ?? 0) : byAirMs)
    if (gainMs > (best?.gainMs ?? 0) && couldBring(run, request, member)) best = { toId: memberId, gainMs }
  }
  return best
}

/** 0 when it is not worth a question. */
const gainOf = (theirsMs: number, othersMs: number): number => {
  const gainMs = Math.round(theirsMs - othersMs)
  return gainMs > GAIN_MS && gainMs > GAIN_SHARE * theirsMs ? gainMs : 0
}

const FIRST_GUESS_MPS = 5
const rideMpsOf = (rider: RiderState | undefined): number => rider?.rideMps ?? FIRST_GUESS_MPS
