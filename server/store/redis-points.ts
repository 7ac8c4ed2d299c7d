/** How fixes lie in Redis and travel to its scripts. */
import type { Fix } from '../../shared/geo/fix.ts'
import type { SeqRanges } from '../../shared/seq-ranges.ts'
import type { FixBatch, KeptProgress, Stored, TrackPoint } from './store.ts'
import { isPhoneStream } from './stored.ts'

/** Stored as their place in this list. Add at the end only; the scripts know that 0 is believed. */
const flags = ['believed', 'unbelieved', 'aside'] as const satisfies readonly TrackPoint['flag'][]

/** In the order in which they are stored. Add at the end only. */
const fields = [
  'latitudeDeg',
  'longitudeDeg',
  'accuracyM',
  'speedMps',
  'headingDeg',
  'altitudeM',
  'battery',
] as const satisfies readonly (keyof Fix)[]

type Point = Omit<TrackPoint, 'source'>

/** `[key,flag,takenAtMs,receivedAtMs,...fields]` as JSON, which keeps doubles to the last bit; `null` is unknown. */
function packed({ key, flag, receivedAtMs, fix }: Point): string {
  const values = fields.map((field) => fix[field] ?? null)
  while (values.at(-1) === null) values.pop()
  return JSON.stringify([key, flags.indexOf(flag), fix.takenAtMs, receivedAtMs, ...values])
}

/** Of one fix, or of several with commas between them. */
export const unpacked = (text: string): Point[] => (JSON.parse(`[${text}]`) as Packed[]).map(pointIn)

type Packed = [key: number, flag: number, takenAtMs: number, receivedAtMs: number, ...values: (number | null)[]]

function pointIn([key, flag, takenAtMs, receivedAtMs, ...values]: Packed): Point {
  const known = fields.flatMap((field, place) => (values[place] == null ? [] : [[field, values[place]]]))
  const fix = { takenAtMs, ...Object.fromEntries(known) } as Fix
  return { key, fix, receivedAtMs, flag: flags[flag] as TrackPoint['flag'] }
}

/** A batch as the script that puts it reads it. */
export function batchWords({ memberId, source, points, droppedKeys, aside, progress }: FixBatch): (string | number)[] {
  const counts = Object.entries(aside).filter(([, count]) => count > 0)
  // Of two with one key the first stays first.
  const inOrder = points.toSorted((a, b) => a.key - b.key)
  return [
    memberId,
    source,
    isPhoneStream(source) ? 1 : 0,
    progress ? `${progress.takenAtMs}\n${progress.json}` : '',
    counts.length,
    ...counts.flat(),
    droppedKeys.length,
    ...droppedKeys,
    points.length,
    inOrder.map(packed).join(),
    ...rowOf(source, inOrder),
    ...newestOf(inOrder),
  ]
}

/** The first and last number of a phone's fixes without holes or repeats: they cost the script the least. */
function rowOf(source: string, inOrder: readonly Point[]): [first: number | '', last: number | ''] {
  const first = inOrder[0]?.key
  if (first === undefined || !isPhoneStream(source) || inOrder.some(({ key }, at) => key !== first + at))
    return ['', '']
  return [first, first + inOrder.length - 1]
}

function newestOf(points: readonly Point[]): [packed: string, takenAtMs: number | ''] {
  let newest: Point | undefined
  for (const point of points)
    if (point.flag === 'believed' && point.fix.takenAtMs > (newest?.fix.takenAtMs ?? -1)) newest = point
  return newest ? [packed(newest), newest.fix.takenAtMs] : ['', '']
}

export function progressIn(text: string): KeptProgress {
  const end = text.indexOf('\n')
  return { takenAtMs: Number(text.slice(0, end)), json: text.slice(end + 1) }
}

/** Of a script's answer; `aside` as `reason:count,...`. */
export type StoredReply = readonly [ranges: string, keptCount: number, aside: string]

export function storedIn([ranges, keptCount, aside]: StoredReply): Stored {
  const counts = aside === '' ? [] : aside.split(',').map((part) => part.split(':') as [string, string])
  return {
    ranges: rangesIn(ranges),
    keptCount,
    aside: Object.fromEntries(counts.map(([reason, count]) => [reason, Number(count)])),
  }
}

const rangesIn = (text: string): SeqRanges =>
  text === '' ? [] : text.split(',').map((part) => part.split('-').map(Number) as [number, number])
