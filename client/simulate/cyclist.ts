import { distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { nearestOnLine } from '../../shared/geo/route.ts'
import { endsLater, isSharing } from '../../shared/run/questions.ts'
import { type ItemKind, policyOf } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import { type HandOverId, type MemberId, SECOND_MS } from '../../shared/units.ts'
import { newId } from '../net/new-id.ts'
import type { Phone } from '../net/phone.ts'
import { cyclistAt, placeOfCyclist, stepCyclist } from './cyclist-motion.ts'
import { openSky } from './gps-noise.ts'
import { gpsOf, type Person, type Stage, wishes } from './person.ts'
import type { Random } from './random.ts'

/** About 8 litres and a bag. */
const FULL: Record<ItemKind, number> = { water: 12, isotonic: 6, gel: 10, snack: 8, salt: 10 }
const LOW_WATER = 2
const HAND_OVER_M = 12
const FORGETS_TO_TAP = 0.06
const REMEMBERS_AFTER_S = 400
const WAITING_MPS = 2
/** Nearer than this a cyclist looks up from the screen. */
const SEES_WITH_EYES_M = 80

/** @param share where along the pack this cyclist likes to be: 0 the back, 1 the front. */
export function simulatedCyclist(
  random: Random,
  stage: Stage,
  { memberId, phone, share, startM }: { memberId: MemberId; phone: Phone; share: number; startM: number },
): Person {
  const sendGps = gpsOf(random.fork('gps'), openSky, stage)
  const stock = { ...FULL }
  let motion = cyclistAt(startM)
  let targetM = startM
  let untilLookS = 0
  let reactsInS: number | null = null
  let isRefilling = false
  let isStopped = false
  /** Given, but not tapped: what the thumb still owes. */
  const owed: { runnerId: MemberId; kind: ItemKind; inS: number }[] = []
  const givenFor = new Set<string>()

  const here = () => placeOfCyclist(motion, stage.line)
  const alongM = (place: Place) => nearestOnLine(stage.line, place).atM
  const hasStock = ({ kind, quantity }: Request) => !policyOf(kind).isItem || stock[kind as ItemKind] >= quantity

  function wayToM(runnerId: MemberId): number {
    const place = phone.view().places.get(runnerId)
    return place ? Math.abs(alongM(place) - alongM(here())) : Number.POSITIVE_INFINITY
  }

  /** Near first, but nobody is forgotten: each second of waiting counts like so many metres. */
  function costM({ runnerId, raisedAtMs }: Request): number {
    return wayToM(runnerId) - WAITING_MPS * ((phone.nowMs() - raisedAtMs) / SECOND_MS)
  }

  function mine(): Request | undefined {
    return endsLater(phone.view().run)
      .filter(({ requestId, cyclistId }) => cyclistId === memberId && !givenFor.has(requestId))
      .sort((a, b) => costM(a) - costM(b))[0]
  }

  function look(): void {
    const { run } = phone.view()
    const request = mine()
    isRefilling = isRefilling || stock.water <= LOW_WATER || (request !== undefined && !hasStock(request))
    if (isRefilling) targetM = nearestTapM()
    else targetM = (request && whereM(request.runnerId)) ?? amongThePack()
    if (request || isRefilling) return
    const open = endsLater(run)
      .filter((each) => each.status === 'open' && hasStock(each))
      .sort((a, b) => costM(a) - costM(b))[0]
    if (!open) reactsInS = null
    else if (reactsInS === null) reactsInS = random.between(stage.temper.reactsS.from, stage.temper.reactsS.to)
    else if (reactsInS <= 0) {
      reactsInS = null
      wishes(stage, phone, { type: 'claim-request', requestId: open.requestId })
    }
  }

  /** Where the runner should be by now: the screen's place is old, and says how old. */
  function whereM(runnerId: MemberId): number | undefined {
    const runner = stage.people.get(runnerId)
    if (runner && distanceM(runner.place(), here()) < SEES_WITH_EYES_M) return alongM(runner.place())
    const place = phone.view().places.get(runnerId)
    if (!place) return undefined
    const ageS = Math.max(0, phone.nowMs() - place.takenAtMs) / SECOND_MS
    return alongM(place) + (place.speedMps ?? 0) * Math.min(ageS, 300)
  }

  function amongThePack(): number {
    const { run, places } = phone.view()
    const along = [...run.members.values()]
      .filter((member) => member.role === 'runner' && isSharing(member))
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
        hasStock(each) &&
        isInReach(each.runnerId),
    )
    const runner = request && stage.people.get(request.runnerId)
    if (!request || !runner) return
    const { kind, runnerId, requestId } = request
    givenFor.add(requestId)
    if (!policyOf(kind).isItem) {
      wishes(stage, phone, { type: 'close-request', requestId })
      return
    }
    const item = kind as ItemKind
    stock[item] -= request.quantity
    runner.take(item)
    owed.push({ runnerId, kind: item, inS: random.next() < FORGETS_TO_TAP ? REMEMBERS_AFTER_S : 3 })
  }

  function isInReach(runnerId: MemberId): boolean {
    const runner = stage.people.get(runnerId)
    return runner !== undefined && distanceM(runner.place(), here()) <= HAND_OVER_M
  }

  function tap(dtS: number): void {
    for (const debt of owed) debt.inS -= dtS
    while (owed[0] && owed[0].inS <= 0) {
      const { runnerId, kind } = owed.shift() as (typeof owed)[number]
      const handOverId = newId<HandOverId>('hov')
      wishes(stage, phone, { type: 'record-hand-over', handOverId, runnerId, kind, quantity: 1 }, ({ ok }) => {
        if (ok) stage.tally.handOvers.add(handOverId)
      })
    }
  }

  return {
    memberId,
    phone,
    step(dtS) {
      if (isStopped) return
      const { run } = phone.view()
      if (run.head.phase === 'live') {
        untilLookS -= dtS
        if (reactsInS !== null) reactsInS -= dtS
        if (untilLookS <= 0) {
          untilLookS = stage.temper.looksEveryS
          look()
        }
        motion = stepCyclist(motion, stage.line, { kind: 'along', atM: targetM }, dtS)
        if (isRefilling && Math.abs(alongM(here()) - targetM) < HAND_OVER_M && Math.abs(motion.speedMps) < 1) {
          Object.assign(stock, FULL)
          isRefilling = false
        }
        serve()
        tap(dtS)
        const runners = [...run.members.values()].filter(({ role }) => role === 'runner')
        const areAllIn = runners.every(({ status }) => status !== 'out' && status !== 'paused')
        if (areAllIn && owed.length === 0 && endsLater(run).length === 0) {
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
