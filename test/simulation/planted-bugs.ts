/** Bugs planted where the product meets the world, each to be found by the simulation. A new one is a new row. */
import type { Bug } from './bug.ts'

export type PlantedBug = { readonly name: string; readonly bug: Bug }

export const plantedBugs: readonly PlantedBug[] = []
