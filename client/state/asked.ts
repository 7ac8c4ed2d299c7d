import type { RequestKind } from '../../shared/run/requests.ts'
import type { RunView } from './run-view.ts'
import { waitingOf } from './waiting.ts'

/** Kinds I asked for and have not got: asking again would be refused. */
export function askedKinds(view: RunView): ReadonlySet<RequestKind> {
  const { requests } = view.run
  const kinds = new Set<RequestKind>()
  for (const { runnerId, endedAtMs, kind } of requests.values())
    if (runnerId === view.myId && endedAtMs === null) kinds.add(kind)
  for (const { requestId, kind } of waitingOf(view, 'raise-request')) if (!requests.has(requestId)) kinds.add(kind)
  return kinds
}
