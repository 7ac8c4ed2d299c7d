/** How runners answer their phones, and what they tell it by themselves. */
import { alertPolicyOf } from '../../shared/run/alerts.ts'
import { type MemberId, MINUTE_MS, type RequestId } from '../../shared/units.ts'
import type { Phone } from '../net/phone.ts'
import { type Stage, wishes } from './person.ts'
import type { Random } from './random.ts'
import { mostly, newThumb } from './thumb.ts'

const LOOKS_EVERY_S = 3
const ANSWERS_FINE = 0.85
const ANSWERS_MET = 0.6
const ANSWERS_REGROUP = 0.8
const HAS_PLAN = 0.6
/** Own flask in the belt. */
const HAS_FLASK = 0.3
const SIPS_EVERY_S = 2_400

export type RunnerHabits = {
  beforeStart(): void
  step(dtS: number): void
  took(requestId: RequestId): void
  hasTaken(requestId: RequestId): boolean
}

export function runnerHabits(
  random: Random,
  stage: Stage,
  { memberId, phone }: { readonly memberId: MemberId; readonly phone: Phone },
): RunnerHabits {
  const thumb = newThumb()
  const taken = new Set<RequestId>()
  let sinceLookS = LOOKS_EVERY_S * random.next()
  let sipInS = random.next() < HAS_FLASK ? SIPS_EVERY_S * random.between(0.5, 1.5) : Number.POSITIVE_INFINITY
  let hasPlanned = false

  function look(): void {
    const { run } = phone.view()
    for (const { alertId, rule, memberId: about, status, answer } of run.alerts.values())
      if (about === memberId && alertPolicyOf(rule).asksFirst && answer === null && status !== 'cleared')
        thumb.once(alertId, mostly(random, ANSWERS_FINE, 5, 35), () => {
          wishes(stage, phone, { type: 'answer-alert', alertId, answer: 'fine' })
        })
    for (const { requestId, runnerId, status, metAtMs, isMetDenied, isAssumed } of run.requests.values()) {
      if (runnerId !== memberId) continue
      const hasIt = taken.has(requestId)
      if (status === 'claimed' && metAtMs !== null && !isMetDenied)
        thumb.once(`${requestId} met at ${metAtMs}`, mostly(random, ANSWERS_MET, 10, 60), () => {
          wishes(stage, phone, { type: hasIt ? 'confirm-delivered' : 'deny-hand-over', requestId })
        })
      if (status === 'delivered' && isAssumed && !hasIt)
        thumb.once(`${requestId} assumed`, mostly(random, 1, 10, 60), () => {
          wishes(stage, phone, { type: 'undo-assumed', requestId })
        })
    }
    for (const { regroupId, isOver } of run.regroups.values())
      if (!isOver)
        thumb.once(regroupId, mostly(random, ANSWERS_REGROUP, 20, 200), () => {
          wishes(stage, phone, { type: 'answer-regroup', regroupId, answer: 'coming' })
        })
  }

  return {
    beforeStart() {
      if (hasPlanned) return
      hasPlanned = true
      if (random.next() > HAS_PLAN) return
      const everyMs = Math.round(random.between(18, 35)) * MINUTE_MS
      const plan = { everyMs, everyM: null, drinkMl: 250, carbGPerH: null }
      wishes(stage, phone, { type: 'set-drink-plan', plan })
    },
    step(dtS) {
      thumb.step(dtS)
      sinceLookS += dtS
      sipInS -= dtS
      if (sipInS <= 0) {
        sipInS = SIPS_EVERY_S * random.between(0.7, 1.3)
        wishes(stage, phone, { type: 'have-drunk', drinkMl: 150 })
      }
      if (sinceLookS < LOOKS_EVERY_S) return
      sinceLookS = 0
      look()
    },
    took: (requestId) => void taken.add(requestId),
    hasTaken: (requestId) => taken.has(requestId),
  }
}
