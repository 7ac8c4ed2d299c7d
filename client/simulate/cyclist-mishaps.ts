/** What keeps a simulated cyclist from riding: a puncture, a dead zone with a claim, a tap that was dry. */
import type { Request } from '../../shared/run/state.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import type { Phone } from '../net/phone.ts'
import type { CyclistHabits } from './cyclist-habits.ts'
import type { Stage } from './person.ts'
import { newPlant, type Plant, type Trouble } from './plants.ts'
import type { Random } from './random.ts'

const PUNCTURES = 0.2
const PUNCTURE_BETWEEN_S = [1_500, 6_000] as const
const PUNCTURE_LASTS_S = 360
const TRIES_TAP_AGAIN_MS = 6 * MINUTE_MS

export type CyclistMishaps = {
  /** Whether they stand where they are in this step. */
  step(dtS: number, mine: () => Request | undefined): boolean
  tapWasDry(): void
  mayRefill(): boolean
}

export function cyclistMishaps(
  random: Random,
  stage: Stage,
  own: {
    readonly memberId: MemberId
    readonly phone: Phone
    readonly trouble: Trouble | undefined
    readonly setNetwork: (isUp: boolean) => void
  },
  habits: CyclistHabits,
): CyclistMishaps {
  const { memberId, phone, trouble } = own
  let elapsedS = 0
  let puncturesAtS = random.next() < PUNCTURES ? random.between(...PUNCTURE_BETWEEN_S) : Number.POSITIVE_INFINITY
  let plant: Plant | undefined
  let triesTapAtMs = 0

  /** Whose tyre holds: what a lone runner would miss then is not what is looked at. */
  const isOnlyCyclist = () => [...phone.view().run.members.values()].filter(({ role }) => role === 'cyclist').length < 2

  /** Once the time has come and something is claimed. */
  function isSilent(mine: () => Request | undefined): boolean {
    if (!trouble || elapsedS < trouble.fromS) return false
    if (!plant) {
      const claimed = mine()
      if (!claimed) return false
      plant = newPlant(trouble.kind, memberId, phone.nowMs(), { requestId: claimed.requestId })
      stage.planted.push(plant)
      own.setNetwork(false)
    }
    if (plant.endedAtMs !== null) return false
    if (phone.nowMs() - plant.begunAtMs < trouble.lastsS * SECOND_MS) return true
    plant.endedAtMs = phone.nowMs()
    own.setNetwork(true)
    return false
  }

  return {
    step(dtS, mine) {
      elapsedS += dtS
      if (isSilent(mine)) return true
      if (elapsedS < puncturesAtS) return false
      if (elapsedS >= puncturesAtS + PUNCTURE_LASTS_S || isOnlyCyclist()) {
        puncturesAtS = Number.POSITIVE_INFINITY
        return false
      }
      habits.be('puncture')
      return true
    },
    tapWasDry() {
      triesTapAtMs = phone.nowMs() + TRIES_TAP_AGAIN_MS
    },
    mayRefill: () => phone.nowMs() >= triesTapAtMs,
  }
}
