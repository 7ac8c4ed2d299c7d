import { myRequests } from '../../state/my-requests.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { MyRequestCard } from './my-request-card.tsx'

/** What I asked for, from the tap to the hand-over. */
export function MyRequests() {
  const { view, nowMs } = useRun()
  const requests = myRequests(view, nowMs)
  if (requests.length === 0) return null
  return (
    <section class="lives" aria-label={t.ask.mine}>
      {requests.map((request) => (
        <MyRequestCard key={request.requestId} request={request} />
      ))}
    </section>
  )
}
