/** What a run of faults has shown, for people. */
import { faultTable, seconds, spread } from './figures.ts'
import type { Options } from './options.ts'
import type { Ending, Scene } from './scene.ts'
import { troubleText } from './trouble.ts'

const TROUBLES_SHOWN = 25

export function reportText(
  { arena, field, races, heaps, placesSeen }: Scene,
  ending: Ending,
  { seed }: Options,
): string {
  const { log, resyncsMs } = field
  const { settled, verdict, troubles } = ending
  const { ops } = arena.history
  const count = (isSo: (op: (typeof ops)[number]) => boolean) => ops.filter(isSo).length
  const isOk = (op: (typeof ops)[number]) => op.answer?.ok === true
  const calm = races.latencies.filter(({ answeredMs, ackAfterMs, seenAfterMs }) =>
    log.wasQuiet(answeredMs - ackAfterMs, answeredMs + seenAfterMs),
  )
  const calmPlaces = placesSeen.filter(({ seenMs, ageMs }) => log.wasQuiet(seenMs - ageMs, seenMs))
  return [
    '',
    log.records.length > 0 ? `${faultTable(log.records)}\n` : '',
    `Commands    ${ops.length} invoked, ${count(isOk)} acknowledged, ${count((op) => op.answer?.ok === false)} refused, ${count((op) => op.answer === null)} unknown`,
    `Requests    ${races.raisedCount()} raced for, ${verdict.requestCount} in the run; ${verdict.factCount} facts`,
    `Fixes       ${verdict.fixCount} recorded`,
    `Kill -9     phones of a killed node synced again: ${spread(resyncsMs)}`,
    `Removed     out, with no fault on: ${spread(verdict.outAfterMs)}`,
    `In calm     a request's answer: ${spread(calm.map(({ ackAfterMs }) => ackAfterMs))}`,
    `            on another's screen after its answer: ${spread(calm.map(({ seenAfterMs }) => seenAfterMs))}`,
    `            age of a place when it comes onto the leader's screen: ${spread(calmPlaces.map(({ ageMs }) => ageMs))}`,
    `In the end  quiet after ${settled.quietAfterMs === null ? 'never' : seconds(settled.quietAfterMs)}, all phones as fresh ones after ${seconds(settled.sameAfterMs)} more`,
    ...heaps.lines().map((line) => `Heap        ${line}`),
    '',
    ...troubles.slice(0, TROUBLES_SHOWN).map(troubleText),
    ...(troubles.length > TROUBLES_SHOWN ? [`... and ${troubles.length - TROUBLES_SHOWN} more`] : []),
    troubles.length === 0
      ? 'Nothing lost, nothing doubled, everybody sees the same.'
      : `${troubles.length} PROMISES BROKEN.`,
    `seed ${seed}`,
  ].join('\n')
}
