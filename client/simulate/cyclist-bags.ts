/** What a simulated cyclist carries, and what the phone is told of it. */
import { type ItemKind, itemKindNames, policyOf } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import { isDrink } from '../../shared/run/stock.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import type { Phone } from '../net/phone.ts'
import { type Stage, wishes } from './person.ts'

/** About 9 litres and a bag. */
const FULL: Record<ItemKind, number> = { water: 12, isotonic: 6, gel: 10, snack: 8, salt: 10 }
const LOW_WATER = 2
/** Whoever finds a pocket empty looks at the list, now and then. */
const MENDS_EVERY_MS = 2 * MINUTE_MS

export type Bags = {
  /** Tells the phone what is in them, once, before the start. */
  say(): void
  has(request: Request): boolean
  isLow(): boolean
  give(kind: ItemKind): void
  refill(): void
  /** Tells the phone again when it believes in what is not there: somebody forgot to tap. */
  mend(): void
}

export function cyclistBags(stage: Stage, memberId: MemberId, phone: Phone): Bags {
  const stock = { ...FULL }
  let emptiesCount = 0
  let hasSaid = false
  const carry = () => stage.waterCarried.set(memberId, stock.water)
  carry()
  let toldAtMs = 0

  function tell(isRefill: boolean): void {
    toldAtMs = phone.nowMs()
    const pieces = itemKindNames.map((kind) => ({ kind, count: stock[kind], forId: null }))
    wishes(stage, phone, { type: 'set-stock', stock: { pieces, emptiesCount }, isRefill })
  }

  return {
    say() {
      if (hasSaid) return
      hasSaid = true
      tell(false)
    },
    has: ({ kind, quantity }) => !policyOf(kind).isItem || stock[kind as ItemKind] >= quantity,
    isLow: () => stock.water <= LOW_WATER,
    give(kind) {
      stock[kind]--
      carry()
      if (isDrink(kind)) emptiesCount++
    },
    mend() {
      const { myId, run } = phone.view()
      const said = (myId && run.members.get(myId)?.stock?.pieces) || []
      const isWrong = said.some(({ kind, count }) => count > 0 && kind !== 'tube' && stock[kind] === 0)
      if (isWrong && phone.nowMs() - toldAtMs > MENDS_EVERY_MS) tell(false)
    },
    refill() {
      Object.assign(stock, FULL)
      carry()
      emptiesCount = 0
      tell(true)
    },
  }
}
