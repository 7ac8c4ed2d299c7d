/** One ride in one sentence: whom I serve next, in which order, what is left then, and where to refill. */
import type { RequestKind } from '../../shared/run/requests.ts'
import { bottlesOf, isDrink, isItemKind, piecesOf, type Stock, stockAfterGiving } from '../../shared/run/stock.ts'
import type { Meetings } from './meetings.ts'
import { me, nameOf } from './people.ts'
import type { Proposals, Stop } from './proposals.ts'
import { USUAL_RIDE_MPS } from './rough-ride.ts'
import type { RunView } from './run-view.ts'

type PassStop = Omit<Stop, 'atMs'> & {
  readonly name: string
  readonly kind: RequestKind
  readonly quantity: number
}

export type OnePass = {
  /** In the order to ride. */
  readonly stops: readonly PassStop[]
  /** To ride until the last of them. */
  readonly rideM: number
  /** As this cyclist rides. */
  readonly rideMps: number
  /** After all that, below 0 when so many are promised too many; null while they have not said what they carry. */
  readonly bottlesLeft: number | null
  /** The next place with a name, from the last stop on. */
  readonly refill: { readonly name: string; readonly atM: number } | null
}

const STOPS_FROM = 2
/** Longer than that nobody keeps in mind, and half of it will be otherwise. */
const STOPS_MAX = 5

type Point = { readonly name: string; readonly atM?: readonly number[] | undefined }

/** `null` while there are not at least two to serve in one ride. */
export function onePass(
  view: RunView,
  { proposals, meetings }: { readonly proposals: Proposals; readonly meetings: Meetings },
  namedPoints: readonly Point[],
): OnePass | null {
  const stock = me(view)?.stock ?? null
  const stops = proposals.pass.flatMap((stop) => shownStop(view, stop) ?? [])
  if (stops.length < STOPS_FROM) return null
  const next = stops.slice(0, STOPS_MAX)
  return {
    stops: next,
    rideM: next.reduce((sumM, { rideM }) => sumM + rideM, 0),
    rideMps: meetings.rider?.rideMps ?? USUAL_RIDE_MPS,
    bottlesLeft: stock && bottlesAfter(stock, next),
    refill: nextPoint(namedPoints, next.at(-1)?.atM ?? null),
  }
}

/** As it is now: what has ended, or is another's by now, is left out. */
function shownStop(view: RunView, { requestId, runnerId, atM, rideM }: Stop): PassStop | null {
  const stop = { requestId, runnerId, name: nameOf(view, runnerId), atM, rideM }
  if (requestId === null) return { ...stop, kind: 'water', quantity: 1, isProposed: true }
  const request = view.run.requests.get(requestId)
  if (request?.endedAtMs !== null || (request.cyclistId ?? view.myId) !== view.myId) return null
  const { kind, quantity, cyclistId } = request
  return { ...stop, kind, quantity, isProposed: cyclistId === null }
}

function bottlesAfter(stock: Stock, stops: readonly PassStop[]): number {
  let [left, missing] = [stock, 0]
  for (const { kind, quantity, runnerId } of stops) {
    if (!isItemKind(kind)) continue
    if (isDrink(kind)) missing += Math.max(0, quantity - piecesOf(left, kind, runnerId))
    left = stockAfterGiving(left, kind, quantity, runnerId)
  }
  return missing > 0 ? -missing : bottlesOf(left)
}

function nextPoint(points: readonly Point[], fromM: number | null): OnePass['refill'] {
  if (fromM === null) return null
  const ahead = points.flatMap(({ name, atM = [] }) =>
    atM.flatMap((passM) => (passM >= fromM ? [{ name, atM: passM }] : [])),
  )
  return ahead.sort((a, b) => a.atM - b.atM)[0] ?? null
}
