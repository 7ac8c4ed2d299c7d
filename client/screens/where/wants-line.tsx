import type { Member } from '../../../shared/run/state.ts'
import { type Want, wantsOf } from '../../state/wants.ts'
import { useRun } from '../run/running.ts'
import { ageText, piecesText, t } from '../texts.ts'

/** Under a name: what they wait for, who brings it, what they just got. */
export function WantsLine({ member }: { readonly member: Member }) {
  const { view, nowMs } = useRun()
  return (
    <>
      {wantsOf(view, member.memberId, nowMs).map((want) => (
        <small key={want.request.requestId} class={`want ${want.request.status}`}>
          {wantText(want, nowMs)}
        </small>
      ))}
    </>
  )
}

function wantText({ request, holder }: Want, nowMs: number): string {
  const { kind, quantity, status, endedAtMs, raisedAtMs } = request
  const what = status === 'needs-check' ? t.queue.needsCheck : piecesText(kind, quantity)
  if (endedAtMs !== null) return status === 'closed' ? t.where.done(what, holder) : t.where.got(what, holder)
  return holder ? t.where.brings(what, holder) : t.where.wants(what, ageText(Math.max(0, nowMs - raisedAtMs)))
}
