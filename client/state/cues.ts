/** What a phone may say, sound or buzz while nobody looks at it: as data, each thing once, and seldom. */
import { distanceM } from '../../shared/geo/distance.ts'
import type { AlertRule } from '../../shared/run/alerts.ts'
import { endsLater, isAvailable, isEnded } from '../../shared/run/questions.ts'
import { isAlarm, policyOf, type RequestKind } from '../../shared/run/requests.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member, Request } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { drinkDue, intakesOf } from '../../shared/supply/drink-due.ts'
import { type MemberId, MINUTE_MS, type RequestId, SECOND_MS } from '../../shared/units.ts'
import { progressNow } from './along-route.ts'
import { isDueNow } from './drink.ts'
import { me, nameOf } from './people.ts'
import { ageMs, isTooOld, wayTo } from './place-age.ts'
import type { RunView, SeenPlace } from './run-view.ts'
import { wishEndCues } from './wish-end-cues.ts'

/** What happened longer ago is on the screen, and is not called out any more. */
const FRESH_MS = MINUTE_MS
/** CE2: between two cues, but for calls for help. */
const QUIET_MS = 10 * SECOND_MS
/** A helper who comes is told of here. */
const NEAR_M = [100, 300] as const
const HERE_M = 20
/** Nobody taps so soon: what is claimed within it went to the only cyclist by itself. */
const BY_ITSELF_MS = 2 * SECOND_MS
/** To the left or right of this, nobody is ahead or behind. */
const AHEAD_DEG = 60
/** Along the route it may be so much further than straight, with bends; much further is another leg of it. */
const SAME_LEG = { leastShare: 0.8, mostShare: 1.5, slackM: 50 }

/** What each kind of cue says. */
export type CueParams = {
  /** Somebody calls for help, and nobody has it yet. */
  readonly help: { readonly name: string; readonly what: RequestKind }
  /** Somebody brings what I asked for. */
  readonly claimed: { readonly helper: string; readonly what: RequestKind }
  readonly near: { readonly helper: string; readonly distanceM: number; readonly side: Side | null }
  readonly here: { readonly helper: string }
  readonly delivered: { readonly helper: string; readonly what: RequestKind }
  /** There is no cyclist who could bring it. */
  readonly nobody: { readonly what: RequestKind }
  /** Who had it has it no more. */
  readonly 'looking-again': { readonly what: RequestKind }
  /** The two have met and parted: was it handed over? */
  readonly met: { readonly other: string; readonly what: RequestKind }
  readonly 'drink-due': { readonly takenLastHourMl: number }
  /** Something looks wrong, and I am asked before anybody else is told. */
  readonly 'all-well': { readonly rule: AlertRule }
  readonly regroup: { readonly place: string; readonly inMs: number }
  readonly 'slow-down': { readonly name: string }
  /** To a cyclist: somebody waits for something. */
  readonly asked: Wanted & { readonly quantity: number; readonly distanceM: number | null }
  /** To a cyclist: another has what was theirs, or what they were told of. */
  readonly 'claimed-away': Wanted & { readonly helper: string }
  readonly 'still-coming': Wanted
  /** They would be there so much sooner than who has it. */
  readonly 'take-over': Wanted & { readonly gainMs: number }
}
type Wanted = { readonly name: string; readonly what: RequestKind }
type Side = 'ahead' | 'behind'

/** `id`: the same for the same thing, on every look. `help` breaks every silence; a `question` waits for an answer. */
export type Cue = {
  readonly [Kind in keyof CueParams]: {
    readonly id: string
    readonly kind: Kind
    readonly priority: 'help' | 'question' | 'news'
    readonly params: CueParams[Kind]
  }
}[keyof CueParams]

export type CueState = {
  readonly saidIds: ReadonlySet<string>
  readonly saidAtMs: number
  /** Of what is mine to get or to bring: who had it last. */
  readonly holders: ReadonlyMap<RequestId, Holder>
}
/** `sinceMs`: when they took it, whatever they were asked since. `lostAtMs`: when they ceased to have it. */
type Holder = { readonly helperId: MemberId; readonly sinceMs: number; readonly lostAtMs: number | null }

export const noCues: CueState = { saidIds: new Set(), saidAtMs: Number.NEGATIVE_INFINITY, holders: new Map() }

/**
 * What to call out now; to be asked once a second, with the state of the look before. Calls for help at once and all; of the rest
 * one at most each 10 s, questions first. What has to wait and is true no more is never said.
 */
export function cuesAfter(before: CueState, view: RunView, nowMs: number): { state: CueState; cues: readonly Cue[] } {
  const mine = me(view)
  if (!mine || !takesPart(mine.role) || !view.isCaughtUp) return { state: before, cues: [] }
  const look: Look = { view, mine, nowMs, before: { ...before, holders: holdersNow(before, view, nowMs) } }
  const isNews = ({ id }: Cue) => !before.saidIds.has(id)
  const all = cuesNow(look).filter(isNews)
  const calls = all.filter(({ priority }) => priority === 'help')
  const isQuiet = calls.length > 0 || nowMs < before.saidAtMs + QUIET_MS
  const next = isQuiet ? undefined : (all.find(({ priority }) => priority === 'question') ?? all[0])
  const cues = next ? [next] : calls
  if (cues.length === 0) return { state: look.before, cues }
  const saidIds = new Set([...before.saidIds, ...cues.map(({ id }) => id)])
  return { state: { ...look.before, saidIds, saidAtMs: nowMs }, cues }
}

type Look = {
  readonly view: RunView
  readonly mine: Member
  readonly nowMs: number
  readonly before: CueState
}

function cuesNow(look: Look): Cue[] {
  const { memberId } = look.mine
  return endsLater(look.view.run)
    .flatMap((request) => (request.runnerId === memberId ? ofMyWish(look, request) : ofTheirs(look, request)))
    .concat(
      wishEndCues(look.view, memberId, (atMs) => isFresh(look, atMs), look.nowMs),
      aboutMe(look),
    )
}

const isFresh = ({ nowMs }: Look, atMs: number | null | undefined): atMs is number =>
  typeof atMs === 'number' && nowMs - atMs < FRESH_MS

function ofMyWish(look: Look, request: Request): Cue[] {
  const { view, before } = look
  const { requestId, kind: what, status, cyclistId, escalatedAtMs } = request
  const { sinceMs, lostAtMs } = before.holders.get(requestId) ?? {}
  if (status === 'open' && isFresh(look, lostAtMs))
    return [{ id: `looking/${requestId}/${lostAtMs}`, kind: 'looking-again', priority: 'news', params: { what } }]
  if (status === 'open' && isFresh(look, escalatedAtMs))
    return [{ id: `late/${requestId}`, kind: 'looking-again', priority: 'news', params: { what } }]
  if (status !== 'claimed' || cyclistId === null) return []
  const helper = nameOf(view, cyclistId)
  const id = `${requestId}/${sinceMs}`
  const cues: Cue[] = metCue(look, request, helper)
  const priority = isAlarm(what) ? 'help' : 'news'
  if (isFresh(look, sinceMs)) cues.push({ id: `claimed/${id}`, kind: 'claimed', priority, params: { helper, what } })
  return cues.concat(comingCue(look, cyclistId, id))
}

/** At 300 m, at 100 m and when they are there; of what is near already, only the nearest. */
function comingCue({ view, mine, before, nowMs }: Look, helperId: MemberId, id: string): Cue[] {
  const here = view.places.get(mine.memberId)
  const there = view.places.get(helperId)
  if (!here || !there || isTooOld(ageMs(here, nowMs)) || isTooOld(ageMs(there, nowMs))) return []
  const helper = nameOf(view, helperId)
  const awayM = distanceM(here, there)
  const [hereId, ...nearIds] = [`here/${id}`, ...NEAR_M.map((nearM) => `near/${id}/${nearM}`)]
  const wasSaid = (said: string | undefined) => said !== undefined && before.saidIds.has(said)
  if (wasSaid(hereId)) return []
  if (awayM <= HERE_M) return [{ id: hereId, kind: 'here', priority: 'news', params: { helper } }]
  const at = NEAR_M.findIndex((nearM) => awayM <= nearM)
  const nearId = nearIds[at]
  if (nearId === undefined || nearIds.slice(0, at).some(wasSaid)) return []
  const side = sideOf(view, here, there, nowMs)
  return [
    { id: nearId, kind: 'near', priority: 'news', params: { helper, distanceM: Math.round(awayM / 10) * 10, side } },
  ]
}

/** By the route where both are on the same leg of it, else by the way I run. */
function sideOf({ run }: RunView, here: SeenPlace, there: SeenPlace, nowMs: number): Side | null {
  const { distanceM: awayM, bearingDeg } = wayTo(here, there)
  const lengthM = run.head.route?.lengthM
  const mine = lengthM === undefined ? null : progressNow(here, lengthM, nowMs)
  const theirs = lengthM === undefined ? null : progressNow(there, lengthM, nowMs)
  if (mine && theirs && !mine.isOffRoute && !theirs.isOffRoute) {
    const gapM = Math.abs(theirs.atM - mine.atM)
    const { leastShare, mostShare, slackM } = SAME_LEG
    if (gapM >= awayM * leastShare - slackM && gapM <= awayM * mostShare + slackM)
      return theirs.atM > mine.atM ? 'ahead' : 'behind'
  }
  if (here.headingDeg === null) return null
  const turnDeg = Math.abs(((bearingDeg - here.headingDeg + 540) % 360) - 180)
  return turnDeg <= AHEAD_DEG ? 'ahead' : turnDeg >= 180 - AHEAD_DEG ? 'behind' : null
}

function ofTheirs(look: Look, request: Request): Cue[] {
  const { view, mine } = look
  const { requestId, kind: what, runnerId, cyclistId, status, raisedAtMs } = request
  const name = nameOf(view, runnerId)
  if (isAlarm(what))
    return status === 'open'
      ? [{ id: `help/${requestId}`, kind: 'help', priority: 'help', params: { name, what } }]
      : []
  if (policyOf(what).tells === 'group')
    return isFresh(look, raisedAtMs)
      ? [{ id: `slow/${requestId}`, kind: 'slow-down', priority: 'news', params: { name } }]
      : []
  if (mine.role !== 'cyclist') return []
  return cyclistId === mine.memberId
    ? [...ofMyClaim(look, request, name), ...askedCue(look, request, name)]
    : ofOpen(look, request, name)
}

function ofMyClaim(look: Look, request: Request, name: string): Cue[] {
  const { requestId, kind: what, doubt } = request
  const cues = metCue(look, request, name)
  if (isFresh(look, doubt?.atMs))
    cues.push({
      id: `still/${requestId}/${doubt?.atMs}`,
      kind: 'still-coming',
      priority: 'question',
      params: { name, what },
    })
  return cues
}

function ofOpen(look: Look, request: Request, name: string): Cue[] {
  const { view, mine, before } = look
  const { requestId, kind: what, cyclistId, claimedAtMs, offer } = request
  if (cyclistId === null) return askedCue(look, request, name)
  const cues: Cue[] = []
  if (offer?.toId === mine.memberId && isFresh(look, offer.atMs))
    cues.push({
      id: `offer/${requestId}/${offer.atMs}`,
      kind: 'take-over',
      priority: 'question',
      params: { name, what, gainMs: offer.gainMs },
    })
  const concernsMe =
    before.holders.get(requestId)?.helperId === mine.memberId || before.saidIds.has(`asked/${requestId}`)
  if (concernsMe && isFresh(look, claimedAtMs)) {
    const params = { name, what, helper: nameOf(view, cyclistId) }
    cues.push({ id: `away/${requestId}/${cyclistId}`, kind: 'claimed-away', priority: 'news', params })
  }
  return cues
}

/** Nobody has it, or it went to the only cyclist by itself. Who is busy is offered nothing. */
function askedCue(look: Look, request: Request, name: string): Cue[] {
  const { view, mine, nowMs } = look
  const { requestId, kind: what, quantity, raisedAtMs, runnerId, claimedAtMs } = request
  const isByItself = claimedAtMs !== null && claimedAtMs - raisedAtMs < BY_ITSELF_MS
  if (!isAvailable(mine) || !isFresh(look, raisedAtMs) || !(claimedAtMs === null || isByItself)) return []
  const here = view.places.get(mine.memberId)
  const there = view.places.get(runnerId)
  const isKnown = here && there && !isTooOld(ageMs(here, nowMs)) && !isTooOld(ageMs(there, nowMs))
  const params = { name, what, quantity, distanceM: isKnown ? Math.round(distanceM(here, there) / 10) * 10 : null }
  return [{ id: `asked/${requestId}`, kind: 'asked', priority: 'news', params }]
}

function metCue(look: Look, { requestId, kind: what, status, metAtMs, isMetDenied }: Request, other: string): Cue[] {
  if (status !== 'claimed' || isMetDenied || !isFresh(look, metAtMs)) return []
  return [{ id: `met/${requestId}/${metAtMs}`, kind: 'met', priority: 'question', params: { other, what } }]
}

function aboutMe(look: Look): Cue[] {
  const { view, mine, nowMs } = look
  const cues: Cue[] = []
  for (const { alertId, rule, memberId, status, statusAtMs } of view.run.alerts.values())
    if (memberId === mine.memberId && status === 'asked' && isFresh(look, statusAtMs))
      cues.push({ id: `alert/${alertId}`, kind: 'all-well', priority: 'question', params: { rule } })
  for (const { regroupId, groupId, calledById, calledAtMs, atMs, isOver, answers } of view.run.regroups.values()) {
    const isMine = (groupId === null || groupId === mine.groupId) && calledById !== mine.memberId
    if (!isMine || isOver || !isFresh(look, calledAtMs) || answers.some(({ memberId }) => memberId === mine.memberId))
      continue
    const place = view.words.get(wordKey.regroup(regroupId))?.text ?? ''
    const params = { place, inMs: Math.max(0, atMs - nowMs) }
    cues.push({ id: `regroup/${regroupId}`, kind: 'regroup', priority: 'news', params })
  }
  return cues.concat(drinkCue(look))
}

/** Once after each drink, whatever becomes of it: a plan is a wish, and nobody is pressed. */
function drinkCue({ view, mine, nowMs }: Look): Cue[] {
  const place = view.places.get(mine.memberId)
  const alongM = (place && !isTooOld(ageMs(place, nowMs)) && place.progress?.atM) || undefined
  const due = drinkDue(view.run, mine, nowMs, alongM)
  if (!due || !isDueNow(due, alongM ?? null, nowMs)) return []
  const lastAtMs = Math.max(0, ...intakesOf(view.run, mine).map(({ atMs }) => atMs))
  return [
    { id: `drink/${lastAtMs}`, kind: 'drink-due', priority: 'news', params: { takenLastHourMl: due.takenLastHourMl } },
  ]
}

/** Facts do not say when somebody gave a request back: it is seen from one look to the next. */
function holdersNow({ holders }: CueState, { run, myId }: RunView, nowMs: number): CueState['holders'] {
  const now = new Map<RequestId, Holder>()
  for (const request of run.requests.values()) {
    const { requestId, runnerId, cyclistId, claimedAtMs } = request
    if (isEnded(request)) continue
    const had = holders.get(requestId)
    const isLost = had !== undefined && (cyclistId === null || (had.helperId === myId && cyclistId !== myId))
    if (isLost) now.set(requestId, { ...had, lostAtMs: had.lostAtMs ?? nowMs })
    else if (cyclistId !== null && (runnerId === myId || cyclistId === myId)) {
      const isSame = had?.helperId === cyclistId && had.lostAtMs === null
      now.set(requestId, isSame ? had : { helperId: cyclistId, sinceMs: claimedAtMs ?? nowMs, lostAtMs: null })
    }
  }
  return now
}
