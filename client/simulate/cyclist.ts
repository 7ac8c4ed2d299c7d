import { distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { nearestOnLine } from '../../shared/geo/route.ts'
import { endsLater, isOut, isSharing } from '../../shared/run/questions.ts'
import { type ItemKind, isAlarm, policyOf } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import { type HandOverId, type MemberId, type RequestId, SECOND_MS } from '../../shared/units.ts'
import { newId } from '../net/new-id.ts'
import type { Phone } from '../net/phone.ts'
import type { Stop } from '../state/proposals.ts'
import { cyclistBags } from './cyclist-bags.ts'
import { cyclistGuide } from './cyclist-guide.ts'
import { cyclistHabits } from './cyclist-habits.ts'
import { cyclistMishaps } from './cyclist-mishaps.ts'
import { cyclistAt, placeOfCyclist, stepCyclist } from './cyclist-motion.ts'
import { openSky } from './gps-noise.ts'
import { gpsOf, type Person, type Stage, wishes } from './person.ts'
import type { Trouble } from './plants.ts'
import type { Random } from './random.ts'

const HAND_OVER_M = 12
/** Beside each other while one drinks. */
const RIDES_ALONG_S = 18
const FORGETS_TO_TAP = 0.08
/** Of those who forgot; the others never think of it again. */
const REMEMBERS = 0.5
const REMEMBERS_AFTER_S = 400
const WAITING_MPS = 2
/** Nearer than this a cyclist looks up from the screen. */
const SEES_WITH_EYES_M = 80
const FIRST_AID_S = 150
const GIVES_UP_AFTER_S = 150
/** Before everything else. */
const ALARM_M = -1e9

type CyclistCast = {
  readonly memberId: MemberId
  readonly phone: Phone
  /** Where along the pack this cyclist likes to be: 0 the back, 1 the front. */
  readonly share: number
  readonly startM: number
  readonly trouble: Trouble | undefined
  readonly setNetwork: (isUp: boolean) => void
}

export function simulatedCyclist(random: Random, stage: Stage, cast: CyclistCast): Person {
  const { memberId, phone, share, startM } = cast
  const sendGps = gpsOf(random.fork('gps'), openSky, stage)
  const bags = cyclistBags(stage, memberId, phone)
  let motion = cyclistAt(startM)
  let targetM = startM
  let untilLookS = 0
  let reactsInS: number | null = null
  let isRefilling = false
  let isStopped = false
  let searchedS = 0
  /** Given, but not tapped: what the thumb still owes. */
  let owed: { readonly request: Request; inS: number }[] = []
  const givenFor = new Set<RequestId>()
  let beside: { readonly runnerId: MemberId; leftS: number } | undefined
  let helping: { readonly request: Request; leftS: number } | undefined

  const here = () => placeOfCyclist(motion, stage.line)
  const habits = cyclistHabits(random.fork('habits'), stage, {
    memberId,
    phone,
    here,
    hasGiven: (requestId) => givenFor.has(requestId),
    tapGiven: (requestId) => {
      const request = phone.view().run.requests.get(requestId)
      owed = owed.filter((debt) => debt.request.requestId !== requestId)
      if (request) handOver(request)
    },
  })
  const mishaps = cyclistMishaps(random.fork('mishaps'), stage, cast, habits)
  const guide = cyclistGuide(memberId, phone, stage.ways)
  const alongM = (place: Place) => nearestOnLine(stage.line, place).atM

  /** Near first, but nobody is forgotten: each second of waiting counts like so many metres. */
  function costM({ runnerId, raisedAtMs, kind }: Request): number {
    if (isAlarm(kind)) return ALARM_M
    const place = phone.view().places.get(runnerId)
    const wayM = place ? Math.abs(alongM(place) - alongM(here())) : Number.POSITIVE_INFINITY
    return wayM - WAITING_MPS * ((phone.nowMs() - raisedAtMs) / SECOND_MS)
  }
  const cheapest = (requests: readonly Request[]): Request | undefined => {
    const costs = new Map(requests.map((request) => [request, costM(request)]))
    return requests.toSorted((a, b) => (costs.get(a) ?? 0) - (costs.get(b) ?? 0))[0]
  }

  const mine = (): Request | undefined =>
    cheapest(
      endsLater(phone.view().run).filter(
        ({ requestId, cyclistId }) => cyclistId === memberId && !givenFor.has(requestId),
      ),
    )

  function look(): void {
    habits.look()
    if (owed.length === 0) bags.mend()
    const request = mine()
    isRefilling = (isRefilling || bags.isLow() || (request !== undefined && !bags.has(request))) && mishaps.mayRefill()
    habits.be(helping ? 'with-injured' : isRefilling ? 'refilling' : 'available')
    const next = guide.next()
    targetM = targetNowM(request, next)
    mindSearch(request)
    if (helping) return
    const open = cheapest(guide.toClaim(next, bags.has, request !== undefined || isRefilling))
    if (!open) reactsInS = null
    else if (reactsInS === null) reactsInS = random.between(stage.temper.reactsS.from, stage.temper.reactsS.to)
    else if (reactsInS <= 0) {
      reactsInS = null
      wishes(stage, phone, { type: 'claim-request', requestId: open.requestId })
    }
  }

  /** Where the runner should be, and nobody there: the bottle is needed elsewhere. */
  function mindSearch(request: Request | undefined): void {
    const runner = request && stage.people.get(request.runnerId)
    const isThere = Math.abs(alongM(here()) - targetM) < SEES_WITH_EYES_M
    const isInVain = runner && isThere && !isRefilling && distanceM(runner.place(), here()) > SEES_WITH_EYES_M
    searchedS = isInVain ? searchedS + stage.temper.looksEveryS : 0
    if (!request || searchedS < GIVES_UP_AFTER_S) return
    searchedS = 0
    guide.notFound(request.runnerId)
    wishes(stage, phone, { type: 'release-request', requestId: request.requestId })
  }

  function targetNowM(request: Request | undefined, next: Stop | undefined): number {
    if (helping) return targetM
    if (beside) return whereM(beside.runnerId) ?? targetM
    if (isRefilling && !(request && isAlarm(request.kind))) return nearestTapM()
    const sent = [...phone.view().run.alerts.values()].find(
      ({ status, sentToIds, memberId: about }) =>
        status !== 'cleared' && about !== null && sentToIds.includes(memberId),
    )
    // An alarm before what is proposed; and whom nobody can place is looked for all the same.
    const proposedM = request && isAlarm(request.kind) ? undefined : next && whereM(next.runnerId)
    const claimedM = request && whereM(request.runnerId)
    return proposedM ?? claimedM ?? (sent?.memberId && whereM(sent.memberId)) ?? amongThePack()
  }

  /** Where the runner should be by now: the screen's place is old, and says how old. */
  function whereM(runnerId: MemberId): number | undefined {
    const runner = stage.people.get(runnerId)
    if (runner && distanceM(runner.place(), here()) < SEES_WITH_EYES_M) return alongM(runner.place())
    const place = phone.view().places.get(runnerId)
    if (!place) return undefined
    const ageS = Math.max(0, phone.nowMs() - place.takenAtMs) / SECOND_MS
    return (place.progress?.atM ?? alongM(place)) + (place.speedMps ?? 0) * Math.min(ageS, 300)
  }

  function amongThePack(): number {
    const { run, places } = phone.view()
    const along = [...run.members.values()]
      .filter((member) => member.role !== 'cyclist' && isSharing(member))
      .map((member) => places.get(member.memberId))
      .filter((place) => place !== undefined)
      .map(alongM)
      .sort((a, b) => a - b)
    return along[Math.min(along.length - 1, Math.floor(share * along.length))] ?? targetM
  }

  const nearestTapM = () =>
    stage.taps.map(alongM).sort((a, b) => Math.abs(a - alongM(here())) - Math.abs(b - alongM(here())))[0] ?? 0

  /** Whoever is in reach and asked for something in the bags gets it, also on the way to somebody else. */
  function serve(): void {
    const request = endsLater(phone.view().run).find(
      (each) =>
        (each.cyclistId === memberId || each.cyclistId === null) &&
        !givenFor.has(each.requestId) &&
        bags.has(each) &&
        isInReach(each.runnerId),
    )
    const runner = request && stage.people.get(request.runnerId)
    if (!request || !runner) return
    const { kind, runnerId, requestId } = request
    givenFor.add(requestId)
    if (!policyOf(kind).isItem) {
      helping = { request, leftS: FIRST_AID_S }
      return
    }
    bags.give(kind as ItemKind)
    beside = { runnerId, leftS: RIDES_ALONG_S }
    runner.take(kind as ItemKind, requestId)
    if (random.next() >= FORGETS_TO_TAP) owed.push({ request, inS: 3 })
    else if (random.next() < REMEMBERS) owed.push({ request, inS: REMEMBERS_AFTER_S })
  }

  function isInReach(runnerId: MemberId): boolean {
    const runner = stage.people.get(runnerId)
    return runner !== undefined && distanceM(runner.place(), here()) <= HAND_OVER_M
  }

  function handOver({ runnerId, kind }: Request): void {
    const handOverId = newId<HandOverId>('hov')
    const item = kind as ItemKind
    wishes(stage, phone, { type: 'record-hand-over', handOverId, runnerId, kind: item, quantity: 1 }, ({ ok }) => {
      if (ok) stage.tally.handOvers.add(handOverId)
    })
  }

  function passTime(dtS: number): void {
    if (reactsInS !== null) reactsInS -= dtS
    if (beside) beside.leftS -= dtS
    if (beside && beside.leftS <= 0) beside = undefined
    if (helping) helping.leftS -= dtS
    if (helping && helping.leftS <= 0) {
      wishes(stage, phone, { type: 'close-request', requestId: helping.request.requestId })
      helping = undefined
    }
    for (const debt of owed) debt.inS -= dtS
    for (const { request } of owed.filter(({ inS }) => inS <= 0)) {
      // Meanwhile it may count as given already: the runner said so, or nobody said otherwise.
      const now = phone.view().run.requests.get(request.requestId)
      if (now && now.endedAtMs === null) handOver(request)
    }
    owed = owed.filter(({ inS }) => inS > 0)
  }

  return {
    memberId,
    phone,
    step(dtS) {
      if (isStopped) return
      const { run } = phone.view()
      bags.say()
      if (run.head.phase === 'live') {
        untilLookS -= dtS
        habits.step(dtS)
        passTime(dtS)
        if (mishaps.step(dtS, mine)) return sendGps(dtS, memberId, phone, here(), 0)
        if (untilLookS <= 0) {
          untilLookS = stage.temper.looksEveryS
          look()
        }
        motion = stepCyclist(motion, stage.line, { kind: 'along', atM: targetM }, dtS)
        if (isRefilling && Math.abs(alongM(here()) - targetM) < HAND_OVER_M && Math.abs(motion.speedMps) < 1) {
          if (stage.areTapsDry) mishaps.tapWasDry()
          else bags.refill()
          isRefilling = false
        }
        serve()
        const areAllIn = [...run.members.values()].every((member) => member.role === 'cyclist' || !isOut(member))
        if (areAllIn && owed.length === 0 && !helping && endsLater(run).length === 0) {
          isStopped = true
          wishes(stage, phone, { type: 'stop', memberId, reason: 'finished', untilMs: phone.nowMs() })
          return
        }
      }
      sendGps(dtS, memberId, phone, here(), motion.speedMps)
    },
    place: here,
    take: () => undefined,
    isBack: () => isStopped,
    isPhoneDead: () => false,
    unsentAtDeath: () => 0,
  }
}
