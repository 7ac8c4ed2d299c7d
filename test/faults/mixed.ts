/** The mixed run: faults of all kinds, one after the other and sometimes two at once, with one phone away for a third of the time. */
import type { Random } from '../../client/simulate/random.ts'
import { type Fault, type Field, holding } from './field.ts'
import { unleash } from './nemesis.ts'
import { nodeFaults } from './node-faults.ts'
import { phoneFaults } from './phone-faults.ts'
import type { Plot } from './plot.ts'
import { redisFaults } from './redis-faults.ts'
import type { Scene } from './scene.ts'
import { syncTimesMs } from './syncing.ts'
import { rest } from './waiting.ts'

export const everyFault: readonly Fault[] = [...nodeFaults, ...redisFaults, ...phoneFaults]
const QUIET_BEFORE_MS = 4_000

export const mixed: Plot = async (scene, { minutes, only }) => {
  const { field, random, startedMs } = scene
  const lengthMs = minutes * 60_000
  const faults = everyFault.filter(
    ({ name }) => only.length === 0 || only.some((part) => slug(name).includes(slug(part))),
  )
  if (faults.length === 0)
    throw new Error(`--only ${only} is none of ${everyFault.map(({ name }) => slug(name)).join(', ')}`)
  const gapS: [number, number] = minutes < 5 ? [1, 3] : [3, 8]
  await rest(QUIET_BEFORE_MS, field.signal)
  await Promise.all([
    unleash(field, random.fork('nemesis'), { faults, untilMs: startedMs + lengthMs, gapS }),
    leave(scene, lengthMs),
    only.length === 0 && away(field, random.fork('away'), lengthMs),
  ])
  await rest(startedMs + lengthMs - performance.now(), field.signal)
  return { lines: [], wrong: [] }
}

/** Now and then somebody is removed, and one erases themself, whatever else is going on. */
async function leave({ field, club, chores }: Scene, lengthMs: number): Promise<void> {
  for (const _ of club.leavers) {
    await rest(lengthMs / (club.leavers.length + 1), field.signal)
    await chores.letLeave()
  }
}

/** One phone in a dead zone for a third of the run: ten minutes of thirty. */
async function away(field: Field, random: Random, lengthMs: number): Promise<void> {
  await rest(lengthMs / 4, field.signal)
  await holding(field, { count: 1, random, why: 'long dead zone', isLeaderSpared: true }, async ([phone]) => {
    const record = field.log.began('long dead zone', phone?.view().waitingCommands.length ?? 0, true)
    phone?.network.become('silent')
    await rest(lengthMs / 3, field.signal)
    phone?.network.become('good')
    const healedMs = performance.now()
    record.healedMs = healedMs
    record.firstAckAfterMs = 0
    const [syncedMs] = phone ? await syncTimesMs(field, [phone], healedMs, 30_000) : []
    record.syncedAfterMs = syncedMs ?? null
  })
}

const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
