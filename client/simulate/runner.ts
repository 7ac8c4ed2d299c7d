import { endsLater } from '../../shared/run/questions.ts'
import type { ItemKind } from '../../shared/run/requests.ts'
import { type MemberId, MINUTE_MS, type RequestId, SECOND_MS } from '../../shared/units.ts'
import { newId } from '../net/new-id.ts'
import type { Phone } from '../net/phone.ts'
import { runnerBody } from './body.ts'
import type { Fate } from './fate.ts'
import type { Reception } from './gps-noise.ts'
import { beside, gpsOf, type Person, type Stage, wishes } from './person.ts'
import { newPlant, type Plant } from './plants.ts'
import type { Random } from './random.ts'
import { runnerHabits } from './runner-habits.ts'
import type { RunnerPlan } from './runner-motion.ts'
import type { AskedRequest } from './tally.ts'

/** Wishes as a club's runners have them: mostly water. */
const WISHES: readonly ItemKind[] = ['water', 'water', 'water', 'water', 'isotonic', 'isotonic', 'gel', 'snack', 'salt']
const DRINKS_S = 6
const TAPS_GOT_IT = 0.3
/** The runner reminds the app when the cyclist forgot. */
const NOTICES_STILL_OPEN_S = 240
/** From the first-aid kit until somebody drives them home. */
const LIFT_AFTER_S = 60

export type RunnerCast = {
  readonly memberId: MemberId
  readonly phone: Phone
  readonly plan: RunnerPlan
  readonly startM: number
  /** When the first thirst comes, if chance shall not say. */
  readonly thirstyAtS: number | undefined
  readonly reception: Reception
  readonly fate: Fate
  readonly setNetwork: (isUp: boolean) => void
}

export function simulatedRunner(random: Random, stage: Stage, cast: RunnerCast): Person {
  const { memberId, phone, plan, fate } = cast
  const { firstThirstS, nextThirstS, noWishLastM } = stage.temper
  const sendGps = gpsOf(random.fork('gps'), cast.reception, stage)
  const body = runnerBody(stage.line, plan, cast.startM, fate.trouble)
  const habits = runnerHabits(random.fork('habits'), stage, { memberId, phone })
  let thirstyAtS = cast.thirstyAtS ?? random.between(firstThirstS.from, firstThirstS.to)
  let tookAtS: number | null = null
  let isStopped = false
  let isDead = false
  let unsentAtDeath = 0
  let plant: Plant | undefined
  let deadZone: Plant | undefined
  let helpedForS = 0

  function mindPhone(): void {
    mindDeadZones(body.elapsedS())
    const isDying = fate.isPhoneAtHome || (fate.trouble?.kind === 'dead-phone' && body.isInTrouble())
    if (isDead || !isDying) return
    isDead = true
    unsentAtDeath = phone.view().waitingFixCount
    void phone.close()
  }

  /** It is over when the phone has found its way back, which takes a while. */
  function mindDeadZones(elapsedS: number): void {
    const isInZone = fate.deadZones.some(([from, to]) => elapsedS >= from && elapsedS < to)
    cast.setNetwork(!isInZone)
    const isOffline = !isDead && (isInZone || phone.view().link !== 'online')
    if (isOffline && !deadZone) {
      // Lost without a reason: the machine was too busy to keep the connection.
      const kind = isInZone ? 'no-network' : 'lost-link'
      deadZone = newPlant(kind, memberId, phone.nowMs())
      stage.planted.push(deadZone)
    } else if (!isOffline && deadZone) {
      deadZone.endedAtMs = phone.nowMs()
      deadZone = undefined
    }
  }

  function mindTrouble(dtS: number): void {
    const isInTrouble = body.isInTrouble()
    if (fate.trouble && fate.trouble.kind !== 'no-network' && isInTrouble && !plant) {
      const { kind } = fate.trouble
      plant = newPlant(kind, memberId, phone.nowMs(), { requestId: kind === 'hurt' ? raise('first-aid') : null })
      stage.planted.push(plant)
    }
    if (!plant || plant.endedAtMs !== null) return
    // A dead phone stays dead, and a runner who has been left behind is brought home.
    if (!isInTrouble && plant.kind !== 'dead-phone') plant.endedAtMs = phone.nowMs()
    if (plant.kind === 'straggler' && plant.endedAtMs !== null) goHome()
    if (plant.requestId && phone.view().run.requests.get(plant.requestId)?.status === 'closed') helpedForS += dtS
    if (helpedForS > LIFT_AFTER_S) goHome()
  }

  function goHome(): void {
    if (isStopped || isDead) return
    body.bringHome()
    isStopped = true
    wishes(stage, phone, { type: 'stop', memberId, reason: 'got-a-lift', untilMs: phone.nowMs() })
  }

  function raise(kind: AskedRequest['kind']): RequestId {
    const requestId = newId<RequestId>('req')
    const asked: AskedRequest = {
      requestId,
      runnerId: memberId,
      kind,
      answer: null,
      askedAtWallMs: performance.now(),
      seenAtWallMs: null,
    }
    stage.tally.requests.set(requestId, asked)
    wishes(stage, phone, { type: 'raise-request', requestId, kind, quantity: 1, note: null }, ({ ok }) => {
      asked.answer = ok ? 'taken' : 'refused'
    })
    return requestId
  }

  function ask(): void {
    if (body.elapsedS() < thirstyAtS || plan.lengthM - body.atM() < noWishLastM || plant?.kind === 'hurt') return
    thirstyAtS = body.elapsedS() + random.between(nextThirstS.from, nextThirstS.to)
    const kind = random.pick(WISHES)
    const isOpen = endsLater(phone.view().run).some((request) => request.runnerId === memberId && request.kind === kind)
    if (!isOpen) raise(kind)
  }

  /** Drunk up, but the phone still says that somebody is coming. */
  function tellGotIt(): void {
    if (tookAtS === null || body.elapsedS() - tookAtS < NOTICES_STILL_OPEN_S) return
    tookAtS = null
    const claimedBefore = phone.nowMs() - NOTICES_STILL_OPEN_S * SECOND_MS
    for (const { requestId, runnerId, status, claimedAtMs, metAtMs } of endsLater(phone.view().run))
      if (
        runnerId === memberId &&
        status === 'claimed' &&
        habits.hasTaken(requestId) &&
        metAtMs === null &&
        (claimedAtMs ?? Number.POSITIVE_INFINITY) < claimedBefore
      )
        wishes(stage, phone, { type: 'confirm-delivered', requestId })
  }

  return {
    memberId,
    phone,
    step(dtS) {
      if (!stage.isLive() && body.elapsedS() === 0) {
        if (fate.isPhoneAtHome) return mindPhone()
        sendGps(dtS, memberId, phone, body.place(), 0)
        habits.beforeStart()
        return
      }
      if (isStopped && !isDead) return cast.setNetwork(true)
      body.step(dtS)
      mindPhone()
      mindTrouble(dtS)
      if (isDead || isStopped) return
      sendGps(dtS, memberId, phone, body.place(), body.speedMps())
      habits.step(dtS)
      ask()
      tellGotIt()
      if (!body.isBack()) return
      isStopped = true
      wishes(stage, phone, { type: 'stop', memberId, reason: 'finished', untilMs: phone.nowMs() })
    },
    place: () => beside(body.place(), random),
    take(kind, requestId) {
      body.hold(DRINKS_S)
      tookAtS = body.elapsedS()
      habits.took(requestId)
      if (isDead || random.next() > TAPS_GOT_IT) return
      const mine = endsLater(phone.view().run).find(
        (request) =>
          request.runnerId === memberId && request.kind === kind && phone.nowMs() - request.raisedAtMs > MINUTE_MS / 6,
      )
      if (mine) wishes(stage, phone, { type: 'confirm-delivered', requestId: mine.requestId })
    },
    isBack: () => body.isBack(),
    isPhoneDead: () => isDead,
    unsentAtDeath: () => unsentAtDeath,
  }
}
