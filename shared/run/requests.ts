/** Every kind of request. A new kind is a new row; no other code of the rules changes. */

import { z } from 'zod/mini'

export type RequestPolicy = {
  /**
   * `helpers`: cyclists and leaders. `group`: also the runners who see its author.
   * `alarm`: every leader and helper of the run, whoever is near, and the author's guardian.
   */
  readonly tells: 'helpers' | 'group' | 'alarm'
  /** A thing that is handed over, in pieces; otherwise something to be done. */
  readonly isItem: boolean
  readonly maxQuantity: number
}

export const requestKinds = {
  water: { tells: 'helpers', isItem: true, maxQuantity: 5 },
  isotonic: { tells: 'helpers', isItem: true, maxQuantity: 5 },
  gel: { tells: 'helpers', isItem: true, maxQuantity: 5 },
  snack: { tells: 'helpers', isItem: true, maxQuantity: 5 },
  salt: { tells: 'helpers', isItem: true, maxQuantity: 5 },
  mechanical: { tells: 'helpers', isItem: false, maxQuantity: 1 },
  'slow-down': { tells: 'group', isItem: false, maxQuantity: 1 },
  'first-aid': { tells: 'alarm', isItem: false, maxQuantity: 1 },
  help: { tells: 'alarm', isItem: false, maxQuantity: 1 },
} as const satisfies Record<string, RequestPolicy>

export type RequestKind = keyof typeof requestKinds
export const requestKindNames = Object.keys(requestKinds) as [RequestKind, ...RequestKind[]]
export const requestKindSchema = z.enum(requestKindNames)

export const policyOf = (kind: RequestKind): RequestPolicy => requestKinds[kind]
export const isAlarm = (kind: RequestKind): boolean => policyOf(kind).tells === 'alarm'

export type ItemKind = { [K in RequestKind]: (typeof requestKinds)[K]['isItem'] extends true ? K : never }[RequestKind]
export const itemKindNames = requestKindNames.filter((kind) => requestKinds[kind].isItem) as [ItemKind, ...ItemKind[]]
export const itemKindSchema = z.enum(itemKindNames)
