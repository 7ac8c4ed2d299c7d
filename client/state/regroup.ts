/** Who comes to where all are to come together, when, and who is missing there. */
import { distanceM } from '../../shared/geo/distance.ts'
import { type Coming, type Eta, etaTo } from '../../shared/pack/eta.ts'
import { isOut } from '../../shared/run/questions.ts'
import { isCalled, type Regroup, type RegroupAnswer } from '../../shared/run/regroup.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import type { PackView } from './pack-view.ts'
import { me, membersOf } from './people.ts'
import { ageMs, isTooOld } from './place-age.ts'
import type { RunView, SeenPlace } from './run-view.ts'
import { isAfoot } from './trails.ts'
import { waitingOf } from './waiting.ts'

/** Whoever is so near is there. */
const HERE_M = 60
/** Where no route says how far it is, ways are so much longer than the air line: as a rule, at the least and at the most. */
const DETOUR = { middle: 1.3, least: 1, most: 1.8 }
/** Of who stands or whose speed is not told. */
const USUAL_MPS = { afoot: 2.5, riding: 4.5 }
const SLOWEST_MPS = 0.7

export type Comer = {
  readonly memberId: MemberId
  readonly answer: RegroupAnswer | null
  /**
   * `here` by their place, their own word, or because somebody saw them there; `passed`: by their way along the route they have gone on;
   * `unknown`: no word of theirs, and nobody can say.
   */
  readonly is: 'here' | 'coming' | 'passed' | 'not-coming' | 'unknown'
  /** Of whoever is coming, as far as it can be told. */
  readonly eta: Coming | null
}

export type RegroupView = {
  readonly regroup: Regroup
  readonly name: string
  /** Those called who are out: here, coming by time, gone on, unknown, not coming. */
  readonly comers: readonly Comer[]
  readonly hereCount: number
  /** When the last of those coming is there; `null` while nobody is on the way. */
  readonly last: { readonly memberId: MemberId; readonly atMs: number } | null
  /** Once the time has come: those called who are neither there nor have said that they do not come. */
  readonly missingIds: readonly MemberId[]
  /** Whether I am to answer, and what I have said: also what is not sent yet. */
  readonly isForMe: boolean
  readonly myAnswer: RegroupAnswer | null
}

/** RG5: those that go on, the next first. All end with the run. */
export const openRegroups = ({ run }: RunView): Regroup[] =>
  run.head.phase === 'ended'
    ? []
    : [...run.regroups.values()].filter(({ isOver }) => !isOver).sort((a, b) => a.atMs - b.atMs)

/** @param pack as the outlook has it: where a route says who comes when; else air line and speed do, roughly. */
export function regroupView(view: RunView, regroup: Regroup, pack: PackView | null, nowMs: number): RegroupView {
  const { regroupId } = regroup
  const answers = new Map(regroup.answers.map(({ memberId, answer }) => [memberId, answer]))
  const byRoute = etasAlong(view, regroup, pack)
  const comers = membersOf(view)
    .filter((member) => isOut(member) && isCalled(regroup, member))
    .map((member) => comer(view, regroup, member, answers.get(member.memberId) ?? null, byRoute, nowMs))
    .sort((a, b) => order.indexOf(a.is) - order.indexOf(b.is) || (a.eta?.atMs ?? nowMs) - (b.eta?.atMs ?? nowMs))
  const last = comers.findLast(({ eta }) => eta !== null)
  const awaited = comers.filter(({ is }) => is === 'coming' || is === 'passed' || is === 'unknown')
  const mine = me(view)
  const isForMe = mine !== undefined && takesPart(mine.role) && isCalled(regroup, mine)
  const said = waitingOf(view, 'answer-regroup').findLast((wish) => wish.regroupId === regroupId)
  return {
    regroup,
    name: view.words.get(wordKey.regroup(regroupId))?.text ?? '',
    comers,
    hereCount: comers.filter(({ is }) => is === 'here').length,
    last: last?.eta ? { memberId: last.memberId, atMs: last.eta.atMs } : null,
    missingIds: nowMs >= regroup.atMs ? awaited.map(({ memberId }) => memberId) : [],
    isForMe,
    myAnswer: said?.answer ?? (mine ? (answers.get(mine.memberId) ?? null) : null),
  }
}

const order: readonly Comer['is'][] = ['here', 'coming', 'passed', 'unknown', 'not-coming']

function comer(
  view: RunView,
  regroup: Regroup,
  member: Member,
  answer: RegroupAnswer | null,
  byRoute: ReadonlyMap<MemberId, Eta> | null,
  nowMs: number,
): Comer {
  const { memberId } = member
  const known = view.places.get(memberId)
  const place = known && !isTooOld(ageMs(known, nowMs)) ? known : undefined
  const isHere =
    answer === 'here' || isSeenThere(regroup, member) || (place && distanceM(place, regroup.place) <= HERE_M)
  if (isHere) return { memberId, answer, is: 'here', eta: null }
  if (answer === 'not-coming') return { memberId, answer, is: 'not-coming', eta: null }
  const eta = etaOf(regroup, member, place, byRoute, nowMs)
  if (eta || answer === 'coming') return { memberId, answer, is: 'coming', eta }
  const hasPassed = place && isAfoot(member) && byRoute?.get(memberId)?.kind === 'passed'
  return { memberId, answer, is: hasPassed ? 'passed' : 'unknown', eta: null }
}

/** Where the route says who comes when, nothing is guessed of a runner whose place on it is in doubt; cyclists come any way. */
function etaOf(
  regroup: Regroup,
  member: Member,
  place: SeenPlace | undefined,
  byRoute: ReadonlyMap<MemberId, Eta> | null,
  nowMs: number,
): Coming | null {
  if (!place) return null
  if (!byRoute || !isAfoot(member)) return byAirLine(regroup, member, place, nowMs)
  const along = byRoute.get(member.memberId)
  return along?.kind === 'coming' ? along : null
}

/** `null` where no route leads there. */
function etasAlong(view: RunView, { atM }: Regroup, pack: PackView | null): ReadonlyMap<MemberId, Eta> | null {
  const { route } = view.run.head
  if (!pack || atM === null || !route || atM > route.lengthM) return null
  return new Map(pack.order.map(({ member }) => [member.memberId, etaTo(member, atM)]))
}

/** Counted there by somebody since it was called. */
const isSeenThere = ({ atM, calledAtMs }: Regroup, { seen }: Member): boolean =>
  atM !== null && seen != null && seen.atM !== null && seen.atMs >= calledAtMs && Math.abs(seen.atM - atM) <= HERE_M

function byAirLine(regroup: Regroup, { role }: Member, place: SeenPlace, nowMs: number): Coming {
  const { speedMps, takenAtMs } = place
  const usualMps = role === 'cyclist' ? USUAL_MPS.riding : USUAL_MPS.afoot
  const mps = speedMps !== null && speedMps >= SLOWEST_MPS ? speedMps : usualMps
  const airMs = (distanceM(place, regroup.place) / mps) * SECOND_MS
  const after = (factor: number) => Math.max(nowMs, takenAtMs + airMs * factor)
  return { kind: 'coming', atMs: after(DETOUR.middle), earliestMs: after(DETOUR.least), latestMs: after(DETOUR.most) }
}
