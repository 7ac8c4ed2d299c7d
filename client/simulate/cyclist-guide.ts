/** What the app proposes to a simulated cyclist: whom to ride to next, as the cyclist's page shows it. */
import type { Ways } from '../../shared/geo/meeting/ways.ts'
import { endsLater } from '../../shared/run/questions.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import type { Phone } from '../net/phone.ts'
import { noProposals, proposalsAfter, type Stop } from '../state/proposals.ts'

/** Nobody was proposed for it: an idle cyclist takes it all the same. */
const LEFT_LYING_MS = 3 * MINUTE_MS
const NOT_FOUND_FOR_MS = 10 * MINUTE_MS

export type CyclistGuide = {
  /** The first stop of the pass that is proposed now, of whom is to be found. */
  next(): Stop | undefined
  /** Looked for in vain: somebody else, and later, may have more luck. */
  notFound(runnerId: MemberId): void
  /** What to claim: a call for help first, then what is proposed next, then what nobody takes. */
  toClaim(next: Stop | undefined, mayServe: (request: Request) => boolean, isBusy: boolean): readonly Request[]
}

export function cyclistGuide(memberId: MemberId, phone: Phone, ways: Ways | null): CyclistGuide {
  let proposals = noProposals
  const notFoundUntilMs = new Map<MemberId, number>()
  const isToBeFound = ({ runnerId }: { readonly runnerId: MemberId }) =>
    (notFoundUntilMs.get(runnerId) ?? 0) <= phone.nowMs()
  return {
    next() {
      const view = phone.view()
      const routeId = view.run.head.route?.routeId
      proposals = proposalsAfter(proposals, view, ways && routeId ? { routeId, ways } : null, phone.nowMs())
      return proposals.pass.find(isToBeFound)
    },
    notFound: (runnerId) => void notFoundUntilMs.set(runnerId, phone.nowMs() + NOT_FOUND_FOR_MS),
    toClaim(next, mayServe, isBusy) {
      const { run } = phone.view()
      const open = endsLater(run).filter((each) => each.cyclistId === null && isToBeFound(each) && mayServe(each))
      const alarms = open.filter(({ kind }) => isAlarm(kind))
      if (alarms.length > 0) return alarms
      const proposed = open.filter(({ requestId }) => next?.isProposed && next.requestId === requestId)
      if (proposed.length > 0 || isBusy || next) return proposed
      return open.filter(({ raisedAtMs, runnerId }) => {
        return runnerId !== memberId && phone.nowMs() - raisedAtMs > LEFT_LYING_MS
      })
    },
  }
}
