/** What this phone's owner is asked about claims: whether they still come, would take one over, have met. */
import { isMetAsked, isOfferedTo } from '../../shared/run/claims.ts'
import { endsLater } from '../../shared/run/questions.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { nameOf } from './people.ts'
import { type Nearness, nearnessOf } from './place-age.ts'
import { canUndo } from './request-life.ts'
import type { RunView } from './run-view.ts'
import { isWaitingAbout } from './waiting.ts'

export type ClaimQuestion =
  | { readonly is: 'still-coming'; readonly request: Request; readonly runner: string }
  | {
      readonly is: 'offer'
      readonly request: Request
      readonly runner: string
      readonly holder: string
      readonly gainMs: number
    }
  /** `other`: whom I am to have met. */
  | { readonly is: 'met'; readonly request: Request; readonly other: string; readonly amRunner: boolean }
  /** To those near somebody for whom no cyclist is there. */
  | { readonly is: 'near-wish'; readonly request: Request; readonly runner: string; readonly way: Nearness | null }
  /** To whoever brought it: it counts as handed over, and can be taken back. */
  | { readonly is: 'assumed'; readonly request: Request; readonly runner: string }

/** So long a helper is told what was assumed of them. */
const ASSUMED_SHOWN_MS = 5 * MINUTE_MS

/** LE14: each until it is answered; one whose answer is on its way is not asked any more. */
export function claimQuestions(view: RunView, nowMs: number): ClaimQuestion[] {
  const { myId, run } = view
  if (!myId) return []
  const open = endsLater(run).flatMap((request): ClaimQuestion[] => questionAbout(view, request, nowMs))
  const assumed = [...run.requests.values()].filter(
    (request) =>
      request.cyclistId === myId && canUndo(view, request) && nowMs < (request.endedAtMs ?? 0) + ASSUMED_SHOWN_MS,
  )
  const told = assumed.map(
    (request): ClaimQuestion => ({ is: 'assumed', request, runner: nameOf(view, request.runnerId) }),
  )
  return [...open, ...told].filter(({ request }) => !isWaitingAbout(view, request.requestId))
}

function questionAbout(view: RunView, request: Request, nowMs: number): ClaimQuestion[] {
  const { myId } = view
  const { kind, runnerId, cyclistId, doubt, offer, toldIds } = request
  if (!myId) return []
  if (cyclistId === null) {
    const amTold = toldIds.includes(myId) && !isAlarm(kind)
    const way = nearnessOf(view, myId, runnerId, nowMs)
    return amTold ? [{ is: 'near-wish', request, runner: nameOf(view, runnerId), way }] : []
  }
  const [runner, holder] = [nameOf(view, runnerId), nameOf(view, cyclistId)]
  if (isMetAsked(request)) {
    if (myId !== runnerId && myId !== cyclistId) return []
    return [{ is: 'met', request, other: myId === runnerId ? holder : runner, amRunner: myId === runnerId }]
  }
  if (cyclistId === myId) return doubt === null ? [] : [{ is: 'still-coming', request, runner }]
  return offer && isOfferedTo(request, myId, nowMs)
    ? [{ is: 'offer', request, runner, holder, gainMs: offer.gainMs }]
    : []
}
