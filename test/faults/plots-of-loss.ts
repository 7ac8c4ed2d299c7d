/** Scenarios in which the store loses what it had: wiped, restored older, or empty under nodes that all start anew. */
import { offerForgeries } from './hostile-leader.ts'
import { bounded, type Plot, together } from './plot.ts'
import { readBefore, rebuilt } from './rebuilding.ts'
import { rest, until } from './waiting.ts'

const WARM_UP_MS = 4_000
/** Receipts come every 10 s: then the next are due just after the loss, and must not tell of what was before it. */
const BEFORE_COPY_MS = 7_000
const OLDER_BY_MS = 3_000
const OUT_WITHIN_MS = 5_000
const AFTERWARDS_MS = 2_000

/** Show 3: FLUSHALL in mid-run. */
export const wiped: Plot = async ({ field }) => {
  await rest(WARM_UP_MS)
  const before = await readBefore(field)
  field.lossesMs.push(performance.now())
  const record = field.log.began('FLUSHALL', 0)
  await Promise.all(field.arena.redis.masters().map((redis) => redis.ask('FLUSHALL')))
  record.healedMs = performance.now()
  const told = await rebuilt(field, before, 'after FLUSHALL')
  await rest(AFTERWARDS_MS)
  return told
}

/** Show 3: a copy that is three seconds old takes the place of what was there. */
export const restoredOlder: Plot = async ({ field }) => {
  await rest(BEFORE_COPY_MS)
  const masters = field.arena.redis.masters()
  const copies = await Promise.all(masters.map((redis) => redis.copyData()))
  await rest(OLDER_BY_MS)
  const before = await readBefore(field)
  field.lossesMs.push(performance.now())
  const record = field.log.began('restored 3 s older', 0)
  await Promise.all(masters.map((redis, i) => redis.restartFrom(copies[i] ?? '')))
  record.healedMs = performance.now()
  const told = await rebuilt(field, before, 'after a restore 3 s older')
  await rest(AFTERWARDS_MS)
  return told
}

/** Show 3: nothing is left but the phones, and the secrets file. Who was sent away stays out. */
export const allRestartedEmpty: Plot = async ({ field, chores, club }) => {
  await rest(WARM_UP_MS)
  for (const _ of club.leavers) await chores.letLeave()
  const areOut = () => club.leavers.every((phone) => phone.view().link === 'gone')
  const outMs = await until(areOut, OUT_WITHIN_MS)
  const out = bounded(
    'Removed and erased members are out',
    `${Math.round(outMs ?? Infinity)} ms`,
    outMs !== undefined,
    '5 s',
  )
  const before = await readBefore(field)
  field.lossesMs.push(performance.now())
  const record = field.log.began('all nodes killed, Redis empty', 0)
  await Promise.all(field.arena.nodes.map((node) => node.kill9()))
  await Promise.all(field.arena.redis.masters().map((redis) => redis.restartEmpty()))
  club.leader.network.become('dead') // the only copy comes after those that are forged
  await Promise.all(field.arena.nodes.map((node) => node.start()))
  const forged = await offerForgeries(field.arena.nodes[0]?.url ?? '', club.leader.seat, before.journal)
  club.leader.network.become('good')
  record.healedMs = performance.now()
  const told = await rebuilt(field, before, 'after all was restarted empty')
  await rest(AFTERWARDS_MS)
  // That they stay out is asked of every node when the run is judged.
  return together(out, forged, told)
}
