/** Requests, each raced for by three cyclists who claim at once, then brought, taken back, or given back and claimed again. */
import { setMaxListeners } from 'node:events'
import { newId } from '../../client/net/new-id.ts'
import type { Random } from '../../client/simulate/random.ts'
import { type ItemKind, itemKindNames } from '../../shared/run/requests.ts'
import type { HandOverId, RequestId } from '../../shared/units.ts'
import type { Club } from './club.ts'
import type { RecordedPhone } from './recorded-phone.ts'
import { rest, until } from './waiting.ts'

const RACERS = 3
const SEEN_WITHIN_MS = 60_000
const ALL_SEEN_WITHIN_MS = 3_000

/** From the answer to the raiser until another's phone showed the request. */
export type RequestLatency = { readonly answeredMs: number; readonly ackAfterMs: number; readonly seenAfterMs: number }

export type Races = {
  readonly latencies: readonly RequestLatency[]
  raisedCount(): number
  openCount(): number
  /** No further request is raised. */
  stop(): void
  /** Nobody waits for anything any more, and what is still open stays so. */
  giveUp(): void
}

export function startRaces(club: Club, random: Random, perMinute: number): Races {
  const { runners, cyclists } = club
  const latencies: RequestLatency[] = []
  /** One request of a kind at a time, and after one whose end is unknown none: so that its history stays its own. */
  const busy = new Set<string>()
  const end = new AbortController()
  setMaxListeners(0, end.signal)
  let raised = 0
  let running = 0

  function freePair(): { runner: RecordedPhone; kind: ItemKind; key: string } | undefined {
    for (let tries = 0; tries < 50; tries++) {
      const runner = random.pick(runners)
      const kind = random.pick(itemKindNames)
      const key = `${runner.memberId} ${kind}`
      if (!busy.has(key)) return { runner, kind, key }
    }
    return undefined
  }

  async function race(): Promise<void> {
    const pair = freePair()
    if (!pair) return
    const { runner, kind, key } = pair
    busy.add(key)
    raised++
    running++
    const isKnown = await live(runner, kind)
    running--
    if (isKnown) busy.delete(key)
  }

  /** `false` when not all of its answers are known. */
  async function live(runner: RecordedPhone, kind: ItemKind): Promise<boolean> {
    const requestId = newId<RequestId>('req')
    const invokedMs = performance.now()
    const answer = await runner.send({ type: 'raise-request', requestId, kind, quantity: 1, note: null })
    if (!answer) return false
    if (!answer.ok) return true
    const answeredMs = performance.now()
    const racers = racersFor()
    const sees = ({ view }: RecordedPhone) => view().run.requests.has(requestId)
    const firstMs = await until(() => racers.some(sees), SEEN_WITHIN_MS, end.signal)
    if (firstMs !== undefined)
      latencies.push({ answeredMs, ackAfterMs: answeredMs - invokedMs, seenAfterMs: performance.now() - answeredMs })
    await until(() => racers.every(sees), ALL_SEEN_WITHIN_MS, end.signal)
    const claimers = racers.filter(sees)
    const claims = await Promise.all(claimers.map((each) => each.send({ type: 'claim-request', requestId })))
    if (claims.includes(undefined)) return false
    const winner = claimers.find((_, i) => claims[i]?.ok)
    if (!winner) return (await runner.send({ type: 'cancel-request', requestId })) !== undefined
    const ends = await endOf(requestId, kind, runner, winner, claimers)
    return !ends.includes(undefined)
  }

  /** Three who are online, on different nodes as far as there are. */
  function racersFor(): RecordedPhone[] {
    const shuffled = cyclists.map((phone) => ({ phone, draw: random.next() })).sort((a, b) => a.draw - b.draw)
    const online = shuffled.map(({ phone }) => phone).filter((phone) => phone.view().link === 'online')
    const nodes = new Set<number | undefined>()
    const apart = online.filter(({ network }) => !nodes.has(network.nodeNo()) && nodes.add(network.nodeNo()))
    return [...new Set([...apart, ...online, ...cyclists])].slice(0, RACERS)
  }

  async function endOf(
    requestId: RequestId,
    kind: ItemKind,
    runner: RecordedPhone,
    winner: RecordedPhone,
    claimers: readonly RecordedPhone[],
  ) {
    const gives = (cyclist: RecordedPhone) => {
      const handOverId = newId<HandOverId>('hov')
      const { memberId: runnerId } = runner
      return cyclist.send({ type: 'record-hand-over', handOverId, runnerId, kind, quantity: 1 }, requestId)
    }
    const draw = random.next()
    await rest(random.between(200, 1_500), end.signal)
    if (draw < 0.4) return [await gives(winner)]
    if (draw < 0.5) return [await runner.send({ type: 'confirm-delivered', requestId })]
    if (draw < 0.6) return [await runner.send({ type: 'cancel-request', requestId })]
    if (draw < 0.75) return Promise.all([runner.send({ type: 'cancel-request', requestId }), gives(winner)])
    const other = claimers.find((each) => each !== winner) ?? winner
    const released = winner.send({ type: 'release-request', requestId })
    const claimed = other.send({ type: 'claim-request', requestId })
    return [await released, await claimed, await gives(other)]
  }

  const timer = setInterval(() => void race(), 60_000 / perMinute)
  return {
    latencies,
    raisedCount: () => raised,
    openCount: () => running,
    stop: () => clearInterval(timer),
    giveUp: () => end.abort(),
  }
}
