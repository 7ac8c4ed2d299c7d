/** A coach at the gate: ticks each child that comes by, once a lap, phone or not. */
import type { MemberId } from '../../shared/units.ts'
import type { Phone } from '../net/phone.ts'
import { isInSight } from './body.ts'
import { type Stage, wishes } from './person.ts'

const GATE_M = 25
/** Whoever has run on so far may come by again. */
const AWAY_M = 80

export function coach(stage: Stage, phone: Phone): { step(): void } {
  const atGate = new Set<MemberId>()
  const gate = stage.taps[0]
  return {
    step() {
      if (!gate) return
      const { members } = phone.view().run
      const ticked: MemberId[] = []
      for (const person of stage.people.values()) {
        if (members.get(person.memberId)?.role !== 'runner') continue
        const place = person.place()
        if (isInSight(place, gate, GATE_M) && !atGate.has(person.memberId)) {
          atGate.add(person.memberId)
          ticked.push(person.memberId)
        } else if (!isInSight(place, gate, AWAY_M)) atGate.delete(person.memberId)
      }
      if (ticked.length > 0) wishes(stage, phone, { type: 'see-members', memberIds: ticked })
    },
  }
}
