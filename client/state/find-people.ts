import type { Member } from '../../shared/run/state.ts'
import { nameOf } from './people.ts'
import type { RunView } from './run-view.ts'

/** Those whose name holds the text, or whose start number it is; everybody for an empty one. Keeps the order. */
export function findPeople(view: RunView, members: readonly Member[], text: string): Member[] {
  const wanted = text.trim().toLocaleLowerCase()
  return members.filter(
    ({ memberId, startNumber }) =>
      wanted === '' || nameOf(view, memberId).toLocaleLowerCase().includes(wanted) || startNumber === text.trim(),
  )
}
