/** Runners who tap for water while everybody moves, and the cyclist of their run who hears of it. */
import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '../../../../client/net/new-id.ts'
import type { Facts } from '../../../../shared/protocol/wire.ts'
import type { RequestId } from '../../../../shared/units.ts'
import type { SeatedPhone } from '../serik-join.ts'
import { caughtUp, wish } from '../serik-phone.ts'
import { routeFile } from '../serik-seats.ts'
import type { System } from '../system.ts'
import { oneNode, released } from './serik.ts'

const TAPS_PER_S = 15
const HEARD_WITHIN_MS = 5_000
/** The leader is 0. */
const CYCLIST_NO = 1

const runners: SeatedPhone[] = []
const tappedAtMs = new Map<RequestId, number>()
const tookMs: number[] = []
const answeredMs: number[] = []

export const serikWater: System = {
  about: 'all duties, and requests for water meanwhile',
  start: oneNode('sqlite'),
  ...released(
    () => ({ routeFile: routeFile(), roleOf: (memberNo) => (memberNo === CYCLIST_NO ? 'cyclist' : 'runner') }),
    {
      async onSeated(phone) {
        if (phone.memberNo > CYCLIST_NO) runners.push(phone)
        await caughtUp(phone.line, { fromVersion: 0, mac: '' })
      },
      onEvent(_, memberNo, event, body) {
        if (event === 'facts' && memberNo === CYCLIST_NO) hear(body as Facts)
      },
    },
  ),
  async besides(windowMs) {
    const taps: Promise<unknown>[] = []
    const everyMs = 1_000 / TAPS_PER_S
    const fromMs = performance.now()
    // One tap after the other over all runs, so that no runner asks for more than one may have open.
    for (let no = 0; no * everyMs < windowMs; no++) {
      await pause(Math.max(0, fromMs + no * everyMs - performance.now()))
      const runner = runners[(no * 23) % runners.length]
      if (runner) taps.push(tap(runner))
    }
    await Promise.all(taps)
    const untilMs = performance.now() + HEARD_WITHIN_MS
    while (tappedAtMs.size > 0 && performance.now() < untilMs) await pause(5)
    const [heard, answered] = [tookMs, answeredMs].map((times) => times.toSorted((a, b) => a - b))
    const at = (times: readonly number[] = [], share: number) => times[Math.floor(share * times.length)] ?? Number.NaN
    return {
      requests: taps.length,
      unheard: tappedAtMs.size,
      heardP50Ms: at(heard, 0.5),
      heardP99Ms: at(heard, 0.99),
      answeredP50Ms: at(answered, 0.5),
      answeredP99Ms: at(answered, 0.99),
    }
  },
}

/** Taken back when it is answered, so that the next one of this runner is as the first. */
async function tap({ line }: SeatedPhone): Promise<void> {
  const requestId = newId<RequestId>('req')
  const atMs = performance.now()
  tappedAtMs.set(requestId, atMs)
  await wish(line, { type: 'raise-request', requestId, kind: 'water', quantity: 1, note: null })
  answeredMs.push(performance.now() - atMs)
  await wish(line, { type: 'cancel-request', requestId })
}

function hear({ facts }: Facts): void {
  for (const { event } of facts) {
    if (event.type !== 'request-raised') continue
    const atMs = tappedAtMs.get(event.requestId)
    if (atMs === undefined) continue
    tookMs.push(performance.now() - atMs)
    tappedAtMs.delete(event.requestId)
  }
}
