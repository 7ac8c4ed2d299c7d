import { hasLease } from '../../shared/run/claims.ts'
import type { Request } from '../../shared/run/state.ts'
import type { RunView } from './run-view.ts'

/** What somebody has promised to bring me. */
export const comingTo = ({ run, myId }: RunView): Request[] =>
  [...run.requests.values()].filter((request) => request.runnerId === myId && hasLease(request))

/** Whether this phone has anybody to look out for: only then it needs to know the ways of the route. */
export const isSomebodyComing = (view: RunView): boolean => comingTo(view).length > 0
