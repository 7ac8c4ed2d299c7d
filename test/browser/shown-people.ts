/** People on real phones of the SDK, who make the runs that the screens show. */
import { join, planRun } from '../../client/net/http-calls.ts'
import { newId, newSecretKey } from '../../client/net/new-id.ts'
import { openPhone } from '../../client/net/open-phone.ts'
import type { Phone } from '../../client/net/phone.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import { river } from '../../client/simulate/courses/river.ts'
import { placeAtM, routeLine } from '../../shared/geo/route.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Planned } from '../../shared/protocol/http.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { RequestKind } from '../../shared/run/requests.ts'
import { type MemberId, MINUTE_MS, type RequestId, SECOND_MS } from '../../shared/units.ts'

const STEP_MS = 5 * SECOND_MS
const BEGAN_BEFORE_MS = 20 * MINUTE_MS
const PACE_MPS = 2.8

export const route = routeLine(river.points)

const routeFile = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    feature(
      'LineString',
      river.points.map(({ longitudeDeg, latitudeDeg }) => [longitudeDeg, latitudeDeg]),
    ),
    ...river.namedPoints.map(({ name, longitudeDeg, latitudeDeg }) =>
      feature('Point', [longitudeDeg, latitudeDeg], name),
    ),
  ],
})

function feature(type: string, coordinates: unknown, name?: string): unknown {
  return { type: 'Feature', properties: name ? { name } : {}, geometry: { type, coordinates } }
}

export function granted<Answer extends object>(answer: Answer | Refusal): Exclude<Answer, Refusal> {
  if ('ok' in answer && answer.ok === false) throw new Error(JSON.stringify(answer))
  return answer as Exclude<Answer, Refusal>
}

export type Plan = {
  readonly title: string
  readonly leaderName: string
  readonly leaderPhone?: string
  readonly startsInMs?: number
  readonly hasRoute?: boolean
}

export async function plans(url: string, { title, leaderName, leaderPhone, startsInMs, hasRoute }: Plan) {
  return granted(
    await planRun(url, {
      createKey: newSecretKey(),
      title,
      leaderName,
      leaderPhone: leaderPhone ?? null,
      plannedStartMs: startsInMs ? Date.now() + startsInMs : null,
      expectedDurationMs: null,
      longestDurationMs: null,
      recordedShiftMs: 0,
      routeFile: hasRoute ? routeFile : null,
    }),
  )
}

export type Person = {
  readonly seat: string
  readonly memberId: MemberId
  readonly phone: Phone
  wish(command: Command): Promise<{ readonly invite?: string | undefined }>
  asks(kind?: RequestKind): Promise<RequestId>
}

export async function joins(
  url: string,
  invite: string,
  name: string,
  more: { phone?: string; startNumber?: string } = {},
) {
  const { seat, memberId } = granted(
    await join(url, {
      joinKey: newSecretKey(),
      invite,
      name,
      phone: more.phone ?? null,
      startNumber: more.startNumber ?? null,
    }),
  )
  return opens(url, seat, memberId)
}

export const leads = (url: string, { seat, memberId }: Planned): Promise<Person> => opens(url, seat, memberId)

async function opens(url: string, seat: string, memberId: MemberId): Promise<Person> {
  const phone = openPhone({ urls: [url], seat, storage: memoryPhoneStorage() })
  await new Promise<void>((isHere) => {
    if (phone.view().isCaughtUp) return isHere()
    const stop = phone.subscribe(({ isCaughtUp }) => {
      if (!isCaughtUp) return
      stop()
      isHere()
    })
  })
  const wish = async (command: Command) => granted(await phone.send(command))
  return {
    seat,
    memberId,
    phone,
    wish,
    async asks(kind = 'water') {
      const requestId = newId<RequestId>('req')
      await wish({ type: 'raise-request', requestId, kind, quantity: 1, note: null })
      return requestId
    },
  }
}

/** Has shared for a while, along the route up to `atM`, and goes on; `besideDeg` north of it. Returns what ends it. */
export async function goes(
  { phone, wish }: Person,
  atM: number,
  { besideDeg = 0, isOnTheMove = true } = {},
): Promise<() => void> {
  const sinceMs = phone.nowMs() - BEGAN_BEFORE_MS
  await wish({ type: 'start-sharing', sinceMs: Math.round(sinceMs) })
  const fixAt = (takenAtMs: number) => {
    const behindM = Math.max(0, ((sinceMs + BEGAN_BEFORE_MS - takenAtMs) / SECOND_MS) * PACE_MPS)
    const aheadM = isOnTheMove ? Math.max(0, ((takenAtMs - sinceMs - BEGAN_BEFORE_MS) / SECOND_MS) * PACE_MPS) : 0
    const { latitudeDeg, longitudeDeg } = placeAtM(route, Math.max(0, atM - behindM + aheadM))
    phone.addFix({
      latitudeDeg: latitudeDeg + besideDeg,
      longitudeDeg,
      accuracyM: 8,
      speedMps: PACE_MPS,
      takenAtMs: Math.round(takenAtMs),
    })
  }
  for (let atMs = sinceMs; atMs < sinceMs + BEGAN_BEFORE_MS; atMs += 2 * STEP_MS) fixAt(atMs)
  fixAt(phone.nowMs())
  const timer = setInterval(() => fixAt(phone.nowMs()), STEP_MS)
  return () => clearInterval(timer)
}
