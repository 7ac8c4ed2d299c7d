/**
 * Bugs planted where the product meets the world, each to be found by the simulation: there is no switch for
 * any of them in the product. A new one is a new row.
 */
import type { Bug } from './bug.ts'
import { phoneBugs } from './phone-bugs.ts'
import { storeBugs } from './store-bugs.ts'

export type PlantedBug = {
  readonly name: string
  /** What the code would have done wrong. */
  readonly wrong: string
  readonly bug: Bug
  /** A seed that found it, tried first: for what the product heals by other ways in most worlds. */
  readonly foundAt?: number
}

export const plantedBugs: readonly PlantedBug[] = [...storeBugs, ...phoneBugs]
