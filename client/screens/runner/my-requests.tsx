import { isGoingOn, myRequests } from '../../state/my-requests.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { MyRequestCard } from './my-request-card.tsx'

/** What I asked for, from the tap to the hand-over: what goes on, or what is over. */
export function MyRequests({ isOver = false }: { readonly isOver?: boolean }) {
  const { view, nowMs } = useRun()
  const requests = myRequests(view, nowMs).filter((request) => isGoingOn(view, request) !== isOver)
  if (requests.length === 0) return null
  return (
    <section class="lives" aria-label={isOver ? t.ask.mineOver : t.ask.mine}>
      {requests.map((request) => (
        <MyRequestCard key={request.requestId} request={request} />
      ))}
    </section>
  )
}
