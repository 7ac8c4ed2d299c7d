import { placeAtM } from '../../shared/geo/route.ts'
import { endsLater } from '../../shared/run/questions.ts'
import type { ItemKind } from '../../shared/run/requests.ts'
import { type MemberId, MINUTE_MS, type RequestId } from '../../shared/units.ts'
import { newId } from '../net/new-id.ts'
import type { Phone } from '../net/phone.ts'
import type { Reception } from './gps-noise.ts'
import { beside, gpsOf, type Person, type Stage, wishes } from './person.ts'
import type { Random } from './random.ts'
import { isFinished, type RunnerPlan, runnerAtStart, runnerHeld, stepRunner } from './runner-motion.ts'
import type { AskedRequest } from './tally.ts'

/** Wishes as a club's runners have them: mostly water. */
const WISHES: readonly ItemKind[] = ['water', 'water', 'water', 'water', 'isotonic', 'isotonic', 'gel', 'snack', 'salt']
const DRINKS_S = 6
const TAPS_GOT_IT = 0.3
/** The runner reminds the app when the cyclist forgot. */
const NOTICES_STILL_OPEN_S = 240

export type Fate = {
  /** When, in seconds of running, the phone dies for good; null for most. */
  readonly phoneDiesS: number | null
  /** From and to, in seconds of running: no network at all. */
  readonly deadZones: readonly (readonly [fromS: number, toS: number])[]
}

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
  let motion = { ...runnerAtStart, atM: cast.startM }
  let thirstyAtS = cast.thirstyAtS ?? random.between(firstThirstS.from, firstThirstS.to)
  let tookAtS: number | null = null
  let isStopped = false
  let isDead = false
  let unsentAtDeath = 0

  function mindNetwork(): void {
    const isUp = !fate.deadZones.some(([from, to]) => motion.elapsedS >= from && motion.elapsedS < to)
    cast.setNetwork(isUp)
    if (fate.phoneDiesS === null || motion.elapsedS < fate.phoneDiesS || isDead) return
    isDead = true
    unsentAtDeath = phone.view().waitingFixCount
    void phone.close()
  }

  function ask(): void {
    if (motion.elapsedS < thirstyAtS || plan.lengthM - motion.atM < noWishLastM) return
    thirstyAtS = motion.elapsedS + random.between(nextThirstS.from, nextThirstS.to)
    const kind = random.pick(WISHES)
    const isOpen = endsLater(phone.view().run).some((request) => request.runnerId === memberId && request.kind === kind)
    if (isOpen) return
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
  }

  /** Drunk up, but the phone still says that somebody is coming. */
  function tellGotIt(): void {
    if (tookAtS === null || motion.elapsedS - tookAtS < NOTICES_STILL_OPEN_S) return
    tookAtS = null
    const claimedBefore = phone.nowMs() - NOTICES_STILL_OPEN_S * 1_000
    for (const { requestId, runnerId, status, claimedAtMs } of endsLater(phone.view().run))
      if (runnerId === memberId && status === 'claimed' && (claimedAtMs ?? Number.POSITIVE_INFINITY) < claimedBefore)
        wishes(stage, phone, { type: 'confirm-delivered', requestId })
  }

  return {
    memberId,
    phone,
    step(dtS) {
      if (phone.view().run.head.phase !== 'live' && motion.elapsedS === 0) {
        sendGps(dtS, memberId, phone, placeAtM(stage.line, motion.atM), 0)
        return
      }
      if (isStopped && !isDead) return cast.setNetwork(true)
      motion = stepRunner(plan, motion, dtS)
      mindNetwork()
      if (isDead) return
      sendGps(dtS, memberId, phone, placeAtM(stage.line, motion.atM), motion.speedMps)
      ask()
      tellGotIt()
      if (!isFinished(plan, motion)) return
      isStopped = true
      wishes(stage, phone, { type: 'stop', memberId, reason: 'finished', untilMs: phone.nowMs() })
    },
    place: () => beside(placeAtM(stage.line, motion.atM), random),
    take(kind) {
      motion = runnerHeld(motion, DRINKS_S)
      tookAtS = motion.elapsedS
      if (isDead || random.next() > TAPS_GOT_IT) return
      const mine = endsLater(phone.view().run).find(
        (request) =>
          request.runnerId === memberId && request.kind === kind && phone.nowMs() - request.raisedAtMs > MINUTE_MS / 6,
      )
      if (mine) wishes(stage, phone, { type: 'confirm-delivered', requestId: mine.requestId })
    },
    isBack: () => isFinished(plan, motion),
    isPhoneDead: () => isDead,
    unsentAtDeath: () => unsentAtDeath,
  }
}
