/** A node of the real code: its rooms, positions, socket door and clock-work, between crashes. */
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openNode, type SerikNode } from '../../server/node.ts'
import { openOutList } from '../../server/out-list.ts'
import type { Bus } from '../../server/store/bus.ts'
import { memorySharedCounts } from '../../server/store/shared-counts.ts'
import { type Store, StoreAway } from '../../server/store/store.ts'
import { openSocketDoor } from '../../server/transport/socket-door.ts'
import type { House } from '../../server/usecase/house.ts'
import { type Seals, sealsFrom } from '../../server/usecase/seals.ts'
import { newTally } from '../../server/usecase/tally.ts'
import type { RunId } from '../../shared/units.ts'
import type { Network, Reach } from './network.ts'
import type { Actor, VirtualTime } from './virtual-time.ts'

const TICK_MS = 1_000

const sealed = sealsFrom(Buffer.alloc(32, 'of the simulation'))
const chainKeys = new Map<RunId, Buffer>()
/** All nodes share one secrets file. */
export const seals: Seals = {
  ...sealed,
  chainKey(runId) {
    const key = chainKeys.get(runId) ?? sealed.chainKey(runId) // dear to make
    chainKeys.set(runId, key)
    return key
  },
}

export type SimulatedNode = {
  readonly reach: Reach
  isUp(): boolean
  /** As a process with nothing but its out list. */
  start(): void
  crash(isSilent: boolean): void
  /** Runs in this node's process, now; nothing when it is down. */
  inside(run: (house: House, node: SerikNode) => void): void
  /** Leaves no file behind. */
  close(): void
}

export type NodeOptions = {
  readonly time: VirtualTime
  readonly network: Network
  readonly reach: Reach
  readonly store: Store
  readonly busFor: (actor: Actor) => Bus
  /** Against the other nodes' clocks. */
  readonly clockErrorMs: number
  /** Each time it has started. */
  readonly onOpen: (node: SerikNode) => void
  readonly onFault: (fault: unknown, where: string) => void
}

export function simulatedNode(options: NodeOptions): SimulatedNode {
  const { time, network, reach, store, busFor, clockErrorMs, onOpen, onFault } = options
  const outListFile = join(tmpdir(), `serik-simulation-${process.pid}-${reach.name}`)
  rmSync(outListFile, { force: true })
  let actor: Actor | undefined
  let running: { house: House; node: SerikNode } | undefined

  function boot(): void {
    const report = (fault: unknown, where: string) => {
      if (!(fault instanceof StoreAway)) onFault(fault, `${reach.name} ${where}`)
    }
    const me = actor as Actor
    const house: House = {
      store,
      bus: busFor(me),
      sharedCounts: memorySharedCounts(),
      seals,
      clock: { nowMs: () => Date.now(), timeScale: 1 },
      outList: openOutList(outListFile, report),
      tally: newTally(),
      rates: { fixEveryMs: 1_000, frameEveryMs: TICK_MS },
      onFault: report,
    }
    const node = openNode(house, TICK_MS)
    onOpen(node)
    openSocketDoor(network.open(reach, me), { house, ...node, isClosing: () => false })
    node.start()
    running = { house, node }
  }

  return {
    reach,
    isUp: () => actor?.isAlive === true,
    start() {
      actor = time.actor(reach.name, clockErrorMs)
      time.after(0, actor, boot)
    },
    crash(isSilent) {
      if (actor) actor.isAlive = false
      running = undefined
      network.shut(reach, isSilent)
    },
    inside(run) {
      if (actor) time.after(0, actor, () => running && run(running.house, running.node))
    },
    close: () => rmSync(outListFile, { force: true }),
  }
}
