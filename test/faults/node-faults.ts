/** What may happen to nodes: one is killed, or all are drained and started again, one after the other. */
import { type Fault, type Field, last } from './field.ts'
import type { NodeProcess } from './node-process.ts'
import { syncTimesMs } from './syncing.ts'
import { rest } from './waiting.ts'

const SYNCED_WITHIN_MS = 30_000

/** Kill -9, and how long until each of its phones is synced again; resolves when they are, and the node is back. */
export async function killAndMeasure(field: Field, node: NodeProcess, downMs: number): Promise<number[]> {
  const { club, held } = field
  const theirs = club.everybody.filter((phone) => phone.network.nodeNo() === node.no && !held.has(phone))
  const killedMs = performance.now()
  const killing = node.kill9()
  const measured = syncTimesMs(field, theirs, killedMs, SYNCED_WITHIN_MS, true)
  await killing
  await rest(downMs, field.signal)
  await node.start()
  return (await measured).map((ms) => ms ?? Infinity)
}

const nodeKilled: Fault = {
  name: 'node killed',
  domain: 'node',
  unfit: ({ mortals }) => (mortals().length === 0 ? 'no node may be ended now' : undefined),
  async strike(field, random, record) {
    const node = random.pick(field.mortals())
    const resyncsMs = await killAndMeasure(field, node, random.between(2_000, 5_000))
    field.resyncsMs.push(...resyncsMs)
    record.figuresMs['slowest phone synced after the kill'] = Math.max(0, ...resyncsMs)
  },
}

const rollingRestart: Fault = {
  name: 'rolling restart',
  domain: 'node',
  isAlone: true,
  unfit: ({ mortals, arena }) => (mortals().length < arena.nodes.length ? 'some nodes are to grow old' : undefined),
  async strike(field, random, record) {
    let slowestMs = 0
    for (const node of field.arena.nodes) {
      const startedMs = performance.now()
      await node.drain()
      slowestMs = Math.max(slowestMs, performance.now() - startedMs)
      await node.start()
      await last(field, random, 1, 3)
    }
    record.figuresMs['slowest drain'] = slowestMs
  },
}

export const nodeFaults: readonly Fault[] = [nodeKilled, rollingRestart]
