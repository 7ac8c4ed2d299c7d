/** What can go wrong: a table. A new fault is a new row: what begins it, and what it gives back when it ends. */
import type { Random } from '../../client/simulate/random.ts'
import type { Network, Reach } from './network.ts'
import type { World } from './world.ts'

export type Fault = {
  readonly name: string
  /** Against the others. */
  readonly weight: number
  readonly lastsMs: readonly [number, number]
  /** `undefined`: there was nothing to break. Otherwise what ends it. */
  readonly begin: (world: World, random: Random) => (() => void) | undefined
}

const SHORT_MS = [300, 5_000] as const
const LONG_MS = [1_000, 15_000] as const
const row = (name: string, weight: number, lastsMs: Fault['lastsMs'], begin: Fault['begin']): Fault => ({
  name,
  weight,
  lastsMs,
  begin,
})

export const faults: readonly Fault[] = [
  // Nodes
  row('a node is killed', 4, LONG_MS, (world, random) => killNodes(world, random, 1)),
  row('all nodes are killed', 1, SHORT_MS, (world, random) => killNodes(world, random, Number.POSITIVE_INFINITY)),
  row('nobody reaches a node', 2, LONG_MS, ({ network, nodes }, random) => silenced(network, random.pick(nodes).reach)),

  // Phones
  row('a phone dies', 4, LONG_MS, ({ people, time }, random) => {
    const person = random.pick(people)
    if (!person.phone()) return undefined
    person.crash(random.next() < 0.5)
    return () => time.after(0, time.outside, person.open)
  }),
  row('a dead zone', 5, [1_000, 25_000], ({ network, people }, random) => silenced(network, random.pick(people).reach)),
  row('a slow line', 2, LONG_MS, ({ people }, random) => {
    const { reach } = random.pick(people)
    reach.slowness = random.between(5, 40)
    return () => {
      reach.slowness = 1
    }
  }),
  row('a half-open line', 2, [10_000, 12_000], ({ network }, random) => {
    const lines = network.lines()
    if (lines.length === 0) return undefined
    network.stick(random.pick(lines))
    return () => undefined
  }),
  row('all lines break', 1, SHORT_MS, ({ network }) => {
    for (const { line } of network.lines()) line.cut()
    return () => undefined
  }),
  row('answers are lost', 4, SHORT_MS, ({ network }, random) =>
    during(network.chances, 'lostAnswer', random.between(0.1, 0.6)),
  ),
  row('messages are lost', 3, SHORT_MS, ({ network }, random) =>
    during(network.chances, 'lostMessage', random.between(0.1, 0.6)),
  ),

  // The store
  row('the store is slow', 2, SHORT_MS, ({ store }, random) =>
    during(store.weather, 'slowness', random.between(20, 400)),
  ),
  row('the store fails', 3, SHORT_MS, ({ store }, random) =>
    during(store.weather, 'failsBefore', random.between(0.1, 0.6)),
  ),
  row('the store does not answer for what it did', 4, SHORT_MS, ({ store }, random) =>
    during(store.weather, 'losesAnswer', random.between(0.1, 0.6)),
  ),
  row('the store is away', 3, LONG_MS, ({ store }, random) => {
    const failsAfterMs = random.next() < 0.5 ? ([1, 20] as const) : ([1_000, 2_000] as const)
    const ends = [during(store.weather, 'isAway', true), during(store.weather, 'failsAfterMs', failsAfterMs)]
    return () => {
      for (const end of ends) end()
    }
  }),
  row('a node does not reach the store', 3, LONG_MS, ({ store, nodes }, random) => {
    const { name } = random.pick(nodes).reach
    store.weather.cutOff.add(name)
    return () => store.weather.cutOff.delete(name)
  }),
  row('the store comes back older', 1, SHORT_MS, ({ store }, random) => {
    const lostMs = random.between(100, 8_000)
    return storeGoes(store.weather, () => store.comeBackOlder(lostMs))
  }),
  row('the store comes back empty', 0.5, SHORT_MS, ({ store }) =>
    storeGoes(store.weather, () => store.comeBackOlder(Number.POSITIVE_INFINITY)),
  ),

  row('all is started again from an older copy', 1, SHORT_MS, (world, random) =>
    startedAgain(world, random, random.between(100, 8_000)),
  ),
  row('all is started again from nothing', 0.5, SHORT_MS, (world, random) =>
    startedAgain(world, random, Number.POSITIVE_INFINITY),
  ),

  // The bus
  row('hints are lost', 2, LONG_MS, ({ bus }, random) => during(bus.weather, 'loses', random.between(0.3, 1))),
  row('hints are doubled and late', 2, LONG_MS, ({ bus }) => {
    const ends = [during(bus.weather, 'doubles', 0.5), during(bus.weather, 'latestMs', 2_000)]
    return () => {
      for (const end of ends) end()
    }
  }),
  row('the bus is shut', 2, LONG_MS, ({ bus, nodes }, random) => {
    bus.shut(random.next() < 0.5 ? nodes.map(({ reach }) => reach.name) : [random.pick(nodes).reach.name])
    return () => bus.openAgain()
  }),
]

const calm = new WeakMap<object, object>()

/** Sets what the fault sets. Gives what sets it back to what it is without faults: another may be on as well. */
function during<On extends object, Key extends keyof On>(on: On, key: Key, value: On[Key]): () => void {
  const usual = (calm.get(on) ?? { ...on }) as On
  calm.set(on, usual)
  on[key] = value
  return () => {
    on[key] = usual[key]
  }
}

function silenced(network: Network, reach: Reach): () => void {
  network.silence(reach)
  return () => network.hear(reach)
}

function killNodes({ nodes, time }: World, random: Random, count: number): (() => void) | undefined {
  const up = nodes.filter((node) => node.isUp())
  const killed = up.length <= count ? up : [random.pick(up)]
  if (killed.length === 0) return undefined
  for (const node of killed) node.crash(random.next() < 0.3)
  return () => {
    for (const node of killed) time.after(random.between(0, 500), time.outside, () => node.isUp() || node.start())
  }
}

/** Only the phones know what the store has lost. */
function startedAgain(world: World, random: Random, lostMs: number): () => void {
  const storeEnds = storeGoes(world.store.weather, () => world.store.comeBackOlder(lostMs))
  const nodesEnd = killNodes(world, random, Number.POSITIVE_INFINITY)
  return () => {
    void storeEnds()
    nodesEnd?.()
  }
}

/** It is away meanwhile, as a process that is started again is. */
function storeGoes(weather: World['store']['weather'], comeBack: () => Promise<void>): () => Promise<void> {
  const isBack = during(weather, 'isAway', true)
  return async () => {
    await comeBack()
    isBack()
  }
}
