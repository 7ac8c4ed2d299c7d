/** A run that its store is going to lose, on nodes that share it. */
import type { Phone } from '../../client/net/phone.ts'
import type { Config } from '../../server/config.ts'
import type { MemberId } from '../../shared/units.ts'
import { someNodes } from './nodes.ts'
import { recordedStore } from './older-store.ts'
import { aPhone, aRun, aSeat, startsSharing, type World, wish } from './world.ts'

export async function aRunToLose(nodeCount = 2, settings: Partial<Config> = {}) {
  const nodes = await someNodes(nodeCount, settings)
  const first = recordedStore()
  nodes.use(first.store)
  for (const world of nodes.worlds) await world.restart()
  const at = (node: number) => nodes.worlds[node % nodeCount] as World
  const planned = await aRun(at(0))
  // A third node is nobody's until a test takes it.
  const urls = { urls: nodes.urls.slice(0, 2) }
  const leader = await aPhone(at(0), planned.seat, urls)
  await wish(leader, { type: 'start-run' })
  const seats = {
    runner: await aSeat(at(1), planned.invites.runner, 'Aidar'),
    dana: await aSeat(at(1), planned.invites.cyclist, 'Dana'),
    timur: await aSeat(at(1), planned.invites.cyclist, 'Timur'),
  }
  const runner = await aPhone(at(1), seats.runner, urls)
  const dana = await aPhone(at(1), seats.dana, urls)
  await startsSharing(runner)
  return { nodes, at, planned, leader, seats, runner, dana, store: first }
}

/** Fixes a millisecond apart. */
export function runs(phone: Phone, count: number): void {
  for (let i = 0; i < count; i++)
    phone.addFix({ latitudeDeg: 51.1 + i / 1e4, longitudeDeg: 71.4, takenAtMs: phone.nowMs() + i })
}

export const idOf = (phone: Phone) => phone.view().myId as MemberId
