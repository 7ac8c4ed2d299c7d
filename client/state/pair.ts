/** Two people alone on their way: one runs, the other brings. */
import { isOut } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import { me, membersOf } from './people.ts'
import type { RunView } from './run-view.ts'

export type Pair = { readonly other: Member /** Whether it is I who brings. */; readonly brings: boolean }

/** `null` while there are others, one of them is not on their way, or it is not plain who brings: whichever leads may do either. */
export function pairOf(view: RunView): Pair | null {
  const mine = me(view)
  const others = membersOf(view).filter(({ role, memberId }) => takesPart(role) && memberId !== view.myId)
  const [other] = others
  if (!mine || !other || others.length > 1 || view.run.head.phase !== 'live') return null
  if (!isOut(mine) || !isOut(other)) return null
  if (mine.role === 'runner' || other.role === 'cyclist')
    return mine.role === 'cyclist' ? null : { other, brings: false }
  if (mine.role === 'cyclist' || other.role === 'runner') return { other, brings: true }
  return null
}
