/** Everything of one seed: time, network, store, bus, nodes and people, under way and without faults. */
import { type Random, seededRandom } from '../../client/simulate/random.ts'
import { join, planRun } from '../../server/usecase/planning.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { SentCommand } from '../../shared/run/commands.ts'
import type { Role } from '../../shared/run/roles.ts'
import type { MemberId, RunId } from '../../shared/units.ts'
import type { Bug, Seam } from './bug.ts'
import { type BusModel, busModel } from './bus-model.ts'
import type { Packet } from './line.ts'
import { type Network, openNetwork } from './network.ts'
import { aPerson, type Person, type Tap } from './person.ts'
import { type SimulatedNode, simulatedNode } from './simulated-node.ts'
import { type StoreModel, storeModel } from './store-model.ts'
import { openVirtualTime, type VirtualTime } from './virtual-time.ts'

export type Problem = { readonly check: string; readonly text: string }

export type World = {
  readonly seed: number
  readonly time: VirtualTime
  /** For faults and people, each purpose with a fork of its own. */
  readonly random: Random
  readonly network: Network
  readonly store: StoreModel
  readonly bus: BusModel
  readonly nodes: readonly SimulatedNode[]
  readonly people: Person[]
  readonly runId: RunId
  /** The journal's version when everybody had joined, and nobody had tapped anything. */
  readonly plannedThrough: number
  /** Seats a member on a new phone. */
  seat(name: string, memberId: MemberId, role: Role, seat: string): Person
  /** How many faults are on, and when the last one ended. */
  readonly trouble: { count: number; endedAtMs: number }
  readonly problems: Problem[]
  /** Calls `listener` whenever a phone has heard a yes. */
  onGranted(listener: (tap: Tap) => void): void
  readonly trace: Trace | undefined
  /** A line of the trace. */
  note(text: string): void
  close(): void
}

/** What happened, for whoever looks for the cause of a failure. */
export type Trace = { readonly lines: string[] }

export type WorldOptions = { readonly seed: number; readonly isTraced: boolean; readonly bug?: Bug | undefined }

const CAST: readonly Role[] = ['leader', 'runner', 'runner', 'cyclist', 'cyclist', 'watcher', 'runner', 'cyclist']
/** Until then nobody taps anything. */
const SETTLED_MS = 1_000
const WRONG_CLOCK_MS = 90_000

export async function openWorld({ seed, isTraced, bug = {} }: WorldOptions): Promise<World> {
  const random = seededRandom(seed)
  const problems: Problem[] = []
  const trace: Trace | undefined = isTraced ? { lines: [] } : undefined
  const trouble = { count: 0, endedAtMs: 0 }
  const time = openVirtualTime(random.fork('time'), (fault, who) => thrown(fault, who))
  const note = (text: string): void =>
    void trace?.lines.push(`${(time.nowMs() / 1_000).toFixed(4).padStart(9)} ${time.current().name.padEnd(8)} ${text}`)
  const thrown = (fault: unknown, where: string): void => {
    const text = `${where}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`
    note(text)
    problems.push({ check: 'thrown', text })
  }

  const network = openNetwork({
    time,
    random: random.fork('network'),
    onPacket(from, to, packet) {
      if (trace) note(`${from} -> ${to} ${shown(packet)}`)
    },
    onHeard(event, body, answer) {
      if (event !== 'command') return
      const { commandId } = body as SentCommand
      for (const person of people) {
        const granted = person.onHeard(commandId, answer as Accepted | Refusal)
        if (granted) for (const listener of grantedListeners) listener(granted)
      }
    },
  })
  const store = storeModel(time, random.fork('store'), (node, method, args, outcome) => {
    if (!trace || method === 'dueRuns' || method === 'heads') return // many, and the same
    const asked = JSON.stringify(args.slice(1)).slice(0, 300)
    note(`${node} store.${method} ${asked} = ${JSON.stringify(outcome)?.slice(0, 100)}`)
  })
  const seam: Seam = { truth: store.truth, kept: new Map() }
  const bus = busModel(time, random.fork('bus'))
  const nodes = ['a', 'b', 'c'].slice(0, random.pick([2, 2, 3])).map((name) => {
    const reach = { name, latencyMs: random.between(0.2, 5), slowness: 1, isDead: false }
    const ours = store.storeFor(name)
    return simulatedNode({
      time,
      network,
      reach,
      store: bug.store?.(ours, seam) ?? ours,
      busFor: (actor) => {
        const real = bus.busFor(name, actor)
        return bug.bus?.(real, seam) ?? real
      },
      clockErrorMs: random.between(-50, 50),
      onOpen: (node) => bug.node?.(node),
      onFault: thrown,
    })
  })
  const people: Person[] = []
  const grantedListeners: ((tap: Tap) => void)[] = []
  const runs = random.fork('people')

  function seat(name: string, memberId: MemberId, role: Role, token: string): Person {
    const no = people.length
    const person = aPerson({
      time,
      random: runs.fork(name),
      network,
      name,
      memberId,
      role,
      seat: token,
      urls: nodes.map((_, i) => nodes[(i + no) % nodes.length]?.reach.name ?? ''),
      no,
      clockErrorMs: runs.between(-WRONG_CLOCK_MS, WRONG_CLOCK_MS),
      bug,
      seam,
    })
    people.push(person)
    return person
  }

  for (const node of nodes) node.start()
  const cast = CAST.slice(0, runs.pick([6, 6, 6, 7, 8]))
  const runId = await plan()
  for (const person of people) person.open()
  await time.runUntil(time.nowMs() + SETTLED_MS)
  const [head] = await store.truth().heads([runId])

  return {
    ...{ seed, time, random, network, store, bus, nodes, people, trouble, problems, trace, note, seat },
    runId,
    plannedThrough: head?.version ?? 0,
    onGranted: (listener) => void grantedListeners.push(listener),
    close() {
      time.close()
      for (const node of nodes) node.close()
    },
  }

  /** Plans the run and joins it over the calls that the HTTP door makes. */
  async function plan(): Promise<RunId> {
    let runId: RunId | undefined
    nodes[0]?.inside(async (house, { rooms }) => {
      const planned = await planRun(
        house,
        rooms,
        { ...PLAN, createKey: `of the simulation ${seed}` },
        { retentionDays: 7 },
      )
      if (!planned.ok) throw new Error(planned.code)
      seat('leader', planned.memberId, 'leader', planned.seat)
      for (const [i, role] of cast.entries()) {
        if (role === 'leader') continue
        const wish = { joinKey: `${seed} ${i} joins`, name: `${role} ${i}`, phone: null, startNumber: null }
        const joined = await join(house, rooms, { ...wish, invite: planned.invites[role as 'runner'] })
        if (!joined.ok) throw new Error(joined.code)
        seat(`${role}${i}`, joined.memberId, role, joined.seat)
      }
      runId = planned.runId
    })
    await time.runUntil(5_000, () => runId !== undefined)
    if (!runId) throw new Error('nobody could plan a run')
    return runId
  }
}

const PLAN = {
  title: 'Sunday',
  leaderName: 'Lena',
  leaderPhone: '+7 700 000 00 01',
  plannedStartMs: null,
  expectedDurationMs: null,
  longestDurationMs: null,
  recordedShiftMs: 0,
  routeFile: null,
}

const shown = ({ is, event, id, body }: Packet): string =>
  `${event ?? is}${id === undefined ? '' : `#${id}`} ${body && 'text' in body ? body.text.slice(0, 300) : ''}`
