import { endsLater, isOut, missingGuestCount } from '../../shared/run/questions.ts'
import type { GuestsId, MemberId, MessageId } from '../../shared/units.ts'
import { newId } from '../net/new-id.ts'
import type { Phone } from '../net/phone.ts'
import type { Stage } from './person.ts'
import { wishes } from './person.ts'

const LOOKS_EVERY_S = 20
/** A friendly word, once, when everybody is well under way. */
const WORD_AFTER_S = 600

export type SimulatedLeader = {
  step(dtS: number): void
}

/** Starts the run, counts the guests, accounts for whoever cannot tap any more, and ends it. */
export function simulatedLeader(
  stage: Stage,
  {
    memberId,
    phone,
    guestCount,
    isEveryoneHere,
  }: {
    memberId: MemberId
    phone: Phone
    guestCount: number
    isEveryoneHere: () => boolean
  },
): SimulatedLeader {
  let sinceLookS = LOOKS_EVERY_S
  let runningS = 0
  let hasSpoken = false
  let isAsked = false

  function account(): void {
    const { run } = phone.view()
    for (const member of run.members.values()) {
      const person = stage.people.get(member.memberId)
      if (isOut(member) && person?.isBack() && person.isPhoneDead())
        wishes(stage, phone, { type: 'stop', memberId: member.memberId, reason: 'finished', untilMs: phone.nowMs() })
    }
    const runners = [...stage.people.values()]
    if (runners.some((person) => !person.isBack())) return
    for (const { guestsId, count, accountedCount } of run.guests.values())
      if (count > accountedCount)
        wishes(stage, phone, { type: 'account-guests', guestsId, count: count - accountedCount })
    const areAllIn = [...run.members.values()].every((member) => !isOut(member) || member.memberId === memberId)
    if (areAllIn && missingGuestCount(run) === 0 && endsLater(run).length === 0)
      wishes(stage, phone, { type: 'end-run', despiteMissing: false })
  }

  return {
    step(dtS) {
      const { run } = phone.view()
      if (run.head.phase === 'planned' && isEveryoneHere() && !isAsked) {
        isAsked = true
        wishes(stage, phone, { type: 'start-run' })
        if (guestCount > 0) {
          const guestsId = newId<GuestsId>('gst')
          wishes(stage, phone, { type: 'count-guests', guestsId, count: guestCount, name: null, startNumber: null })
        }
      }
      if (run.head.phase !== 'live') return
      runningS += dtS
      sinceLookS += dtS
      if (!hasSpoken && runningS > WORD_AFTER_S) {
        hasSpoken = true
        const messageId = newId<MessageId>('msg')
        wishes(stage, phone, { type: 'send-message', messageId, text: 'Water at every bridge. Enjoy!', groupId: null })
      }
      if (sinceLookS < LOOKS_EVERY_S) return
      sinceLookS = 0
      account()
    },
  }
}
