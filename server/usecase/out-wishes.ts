import type { RunState } from '../../shared/run/state.ts'
import type { CommandId, RunId } from '../../shared/units.ts'
import type { LostWish } from '../core/readmit.ts'
import type { Entry } from '../store/store.ts'
import type { House } from './house.ts'

/** Beside the store, so that one that comes back older lets nobody in again. */
export function rememberOut({ outList }: House, runId: RunId, added: readonly Entry[]): void {
  for (const { fact } of added) {
    const { event } = fact
    if (event.type === 'member-erased' || event.type === 'member-removed')
      outList.put(runId, { memberId: event.memberId, seatNo: null, isErased: event.type === 'member-erased' })
    if (event.type === 'member-reseated')
      outList.put(runId, { memberId: event.memberId, seatNo: event.seatNo - 1, isErased: false })
  }
}

/** RC6: who is on the out list and not out in the run: the store is older than that, or the copy was. */
export function outWishes({ outList, seals, clock }: House, runId: RunId, run: RunState): LostWish[] {
  const wishes: LostWish[] = []
  for (const { memberId, seatNo, isErased } of outList.of(runId)) {
    const member = run.members.get(memberId)
    if (!member || member.isErased || (member.status === 'removed' && !isErased)) continue
    if (seatNo !== null && member.seatNo > seatNo) continue
    const event =
      seatNo !== null
        ? ({ type: 'member-reseated', memberId, seatNo: seatNo + 1 } as const)
        : ({ type: isErased ? 'member-erased' : 'member-removed', memberId } as const)
    // Another id each time: one that an older store has may have been for an older look.
    const id = seals.idFrom(`${runId}/${memberId}/${seatNo}/${isErased}/${run.version}`, 'out again')
    wishes.push({
      commandId: `cmd_${id}` as CommandId,
      byId: null,
      wish: { type: 'readmit', events: [event], words: [], atMs: clock.nowMs(), releasedFrom: [] },
    })
  }
  return wishes
}
