/** G6: who was removed or erased is out soon, and stays out on every node. */
import type { MemberId } from '../../shared/units.ts'
import type { Trouble } from './trouble.ts'

export type Removal = {
  readonly memberId: MemberId
  /** From the acknowledgement until the phone was told; `null` when it never was. */
  readonly outAfterMs: number | null
  /** Whether a fault lay on the store, its node or its network in that time: then the bound does not count. */
  readonly wasDisturbed: boolean
  /** Nodes that let the old seat in afterwards. */
  readonly letInBy: readonly number[]
}

export function checkRemovals(removals: readonly Removal[], boundMs: number): Trouble[] {
  return removals.flatMap(({ memberId, outAfterMs, wasDisturbed, letInBy }) => {
    const troubles: Trouble[] = []
    const say = (what: string) => troubles.push({ promise: 'G6', about: memberId, what })
    if (outAfterMs === null) say('was removed and is still in')
    else if (!wasDisturbed && outAfterMs > boundMs) say(`was out only after ${Math.round(outAfterMs)} ms`)
    for (const node of letInBy) say(`was let in again by node ${node}`)
    return troubles
  })
}
