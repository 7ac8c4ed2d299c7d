/** One ride in one sentence: whom I serve next, in which order, what is left then, and where to refill. */
import type { RequestKind } from '../../shared/run/requests.ts'
import { bottlesOf, isItemKind, type Stock, stockAfterGiving } from '../../shared/run/stock.ts'
import type { RequestId } from '../../shared/units.ts'
import type { Meetings } from './meetings.ts'
import { me, nameOf } from './people.ts'
import type { Proposals, Stop } from './proposals.ts'
import type { RunView } from './run-view.ts'

export type OnePass = {
  /** In the order to ride. */
  readonly stops: readonly {
    readonly requestId: RequestId
    readonly name: string
    readonly kind: RequestKind
    readonly quantity: number
    /** Proposed and not claimed yet. */
    readonly isProposed: boolean
    readonly atM: number | null
  }[]
  /** To ride until the last of them. */
  readonly rideM: number
  /** As this cyclist rides. */
  readonly rideMps: number
  /** After all that; null while they have not said what they carry. */
  readonly bottlesLeft: number | null
  /** The next place with a name, from the last stop on. */
  readonly refill: { readonly name: string; readonly atM: number } | null
}

const USUAL_RIDE_MPS = 5
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
  const stops = proposals.pass.filter(({ requestId }) => {
    const request = view.run.requests.get(requestId)
    return request?.endedAtMs === null && (request.cyclistId === null || request.cyclistId === view.myId)
  })
  if (stops.length < STOPS_FROM) return null
  const next = stops.slice(0, STOPS_MAX)
  return {
    stops: next.flatMap(({ requestId, runnerId, atM }) => {
      const request = view.run.requests.get(requestId)
      if (!request) return []
      const { kind, quantity, cyclistId } = request
      return [{ requestId, name: nameOf(view, runnerId), kind, quantity, isProposed: cyclistId === null, atM }]
    }),
    rideM: next.reduce((sumM, { rideM }) => sumM + rideM, 0),
    rideMps: meetings.rider?.rideMps ?? USUAL_RIDE_MPS,
    bottlesLeft: bottlesAfter(view, me(view)?.stock ?? null, next),
    refill: nextPoint(namedPoints, next.at(-1)?.atM ?? null),
  }
}

function bottlesAfter({ run }: RunView, stock: Stock | null, stops: readonly Stop[]): number | null {
  if (stock === null) return null
  const left = stops.reduce((carried, { requestId, runnerId }) => {
    const request = run.requests.get(requestId)
    if (!request || !isItemKind(request.kind)) return carried
    return stockAfterGiving(carried, request.kind, request.quantity, runnerId)
  }, stock)
  return bottlesOf(left)
}

function nextPoint(points: readonly Point[], fromM: number | null): OnePass['refill'] {
  if (fromM === null) return null
  const ahead = points.flatMap(({ name, atM = [] }) =>
    atM.flatMap((passM) => (passM >= fromM ? [{ name, atM: passM }] : [])),
  )
  return ahead.sort((a, b) => a.atM - b.atM)[0] ?? null
}
