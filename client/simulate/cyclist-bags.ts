/** What a simulated cyclist carries, and what the phone is told of it. */
import { type ItemKind, itemKindNames, policyOf } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import type { Phone } from '../net/phone.ts'
import { type Stage, wishes } from './person.ts'

/** About 9 litres and a bag. */
const FULL: Record<ItemKind, number> = { water: 12, isotonic: 6, gel: 10, snack: 8, salt: 10 }
const LOW_WATER = 2

export type Bags = {
  /** Tells the phone what is in them, once, before the start. */
  say(): void
  has(request: Request): boolean
  isLow(): boolean
  give(kind: ItemKind): void
  refill(): void
}

export function cyclistBags(stage: Stage, phone: Phone): Bags {
  const stock = { ...FULL }
  let emptiesCount = 0
  let hasSaid = false

  function tell(isRefill: boolean): void {
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
      if (kind === 'water' || kind === 'isotonic') emptiesCount++
    },
    refill() {
      Object.assign(stock, FULL)
      emptiesCount = 0
      tell(true)
    },
  }
}
