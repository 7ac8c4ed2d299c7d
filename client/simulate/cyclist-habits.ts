/** How cyclists answer their phones, and whom they tick as seen. */

import type { Place } from '../../shared/geo/fix.ts'
import type { HelperState } from '../../shared/run/helping.ts'
import { isOut } from '../../shared/run/questions.ts'
import { type MemberId, MINUTE_MS, type RequestId } from '../../shared/units.ts'
import type { Phone } from '../net/phone.ts'
import { isInSight } from './body.ts'
import { type Stage, wishes } from './person.ts'
import type { Random } from './random.ts'
import { mostly, newThumb } from './thumb.ts'

const STILL_COMING = 0.9
const ANSWERS_MET = 0.5
const TAKES_OFFER = 0.7
const SEES_M = 40
const GUESTS_SEEN_M = 150
/** Who was ticked is not ticked again for so long. */
const TICKS_AGAIN_MS = 8 * MINUTE_MS
const TICKS_EVERY_S = 60

export type CyclistHabits = {
  /** What the screen asks of them now. */
  look(): void
  step(dtS: number): void
  be(state: HelperState): void
}

export function cyclistHabits(
  random: Random,
  stage: Stage,
  own: {
    readonly memberId: MemberId
    readonly phone: Phone
    readonly here: () => Place
    readonly hasGiven: (requestId: RequestId) => boolean
    /** "Yes, handed over", to a question. */
    readonly tapGiven: (requestId: RequestId) => void
  },
): CyclistHabits {
  const { memberId, phone } = own
  const thumb = newThumb()
  let state: HelperState = 'available'
  let sinceTickS = TICKS_EVERY_S * random.next()

  function tick(): void {
    const { run } = phone.view()
    const nowMs = phone.nowMs()
    const memberIds = [...run.members.values()]
      .filter((member) => member.role === 'runner' && isOut(member))
      .filter(({ seen }) => seen === null || nowMs - seen.atMs > TICKS_AGAIN_MS)
      .map((member) => member.memberId)
      .filter((id) => isInSight(stage.people.get(id)?.place() ?? farAway, own.here(), SEES_M))
    if (memberIds.length > 0) wishes(stage, phone, { type: 'see-members', memberIds })
    const guests = stage.guests.filter((each) => !each.isBack() && isInSight(each.place(), own.here(), GUESTS_SEEN_M))
    for (const { guestsId, count, accountedCount, seen } of run.guests.values()) {
      const left = Math.min(guests.length, count - accountedCount)
      if (left > 0 && (seen === null || nowMs - seen.atMs > TICKS_AGAIN_MS))
        wishes(stage, phone, { type: 'see-guests', guestsId, count: left })
    }
  }

  return {
    look() {
      for (const { requestId, cyclistId, status, doubt, offer, metAtMs, isMetDenied } of phone
        .view()
        .run.requests.values()) {
        if (status !== 'claimed') continue
        if (offer?.toId === memberId && cyclistId !== memberId)
          thumb.once(`${requestId} offer ${offer.atMs}`, mostly(random, TAKES_OFFER, 5, 30), () => {
            wishes(stage, phone, { type: 'claim-request', requestId })
          })
        if (cyclistId !== memberId) continue
        if (doubt)
          thumb.once(`${requestId} doubt ${doubt.atMs}`, mostly(random, STILL_COMING, 5, 60), () => {
            wishes(stage, phone, { type: 'keep-claim', requestId })
          })
        if (metAtMs !== null && !isMetDenied)
          thumb.once(`${requestId} met ${metAtMs}`, mostly(random, ANSWERS_MET, 10, 60), () => {
            if (own.hasGiven(requestId)) own.tapGiven(requestId)
            else wishes(stage, phone, { type: 'deny-hand-over', requestId })
          })
      }
    },
    step(dtS) {
      thumb.step(dtS)
      sinceTickS += dtS
      if (sinceTickS < TICKS_EVERY_S || stage.people.size <= 2) return
      sinceTickS = 0
      tick()
    },
    be(next) {
      if (next === state) return
      state = next
      wishes(stage, phone, { type: 'set-helping', kind: 'bike', state })
    },
  }
}

const farAway: Place = { latitudeDeg: 0, longitudeDeg: 0 }
