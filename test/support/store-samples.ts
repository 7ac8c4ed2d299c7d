/** Whole values for tests of stores: say what matters, the rest is filled in. */
import type { Addition, Entry, FixBatch } from '../../server/store/store.ts'
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import type { Word } from '../../shared/run/words.ts'
import type { CommandId, MemberId, RouteId, RunId, TrackerId } from '../../shared/units.ts'

const id = (prefix: string, number: number) => `${prefix}_${String(number).padStart(12, '0')}`
export const runId = (number: number) => id('run', number) as RunId
export const memberId = (number: number) => id('mbr', number) as MemberId
export const commandId = (number: number) => id('cmd', number) as CommandId
export const trackerId = (number: number) => id('trk', number) as TrackerId
export const routeId = (number: number) => id('rte', number) as RouteId

export const phone = 'p:phone001'
export const tracker = `t:${trackerId(1)}`

export const macOf = (version: number): string => (version === 0 ? '' : `mac-${version}`)

export function entry(version: number, more: Partial<Fact> = {}): Entry {
  const event: RunEvent = { type: 'run-started' }
  const fact = { version, atMs: version * 1_000, byId: memberId(1), commandId: commandId(version), event, ...more }
  return { fact, mac: macOf(version) }
}

/** The entries of versions from one through another. */
export const entries = (from: number, to: number): Entry[] =>
  Array.from({ length: to - from + 1 }, (_, index) => entry(from + index))

/** Stands on the entry before its first one, as `entry` makes them. */
export const addition = (more: Partial<Addition>): Addition => ({
  afterMac: macOf((more.entries?.[0]?.fact.version ?? 1) - 1),
  entries: [],
  words: [],
  wakeAtMs: null,
  attach: [],
  detach: [],
  erase: [],
  ...more,
})

export const word = (key: string, text: string, ownerId: MemberId | null = null): Word => ({ key, ownerId, text })

export type Point = FixBatch['points'][number]

export function point(key: number, more: Partial<Omit<Point, 'fix'>> = {}, fix: Partial<Point['fix']> = {}): Point {
  const takenAtMs = key * 1_000
  return {
    key,
    receivedAtMs: takenAtMs + 50,
    flag: 'believed',
    fix: { latitudeDeg: 51.1 + key / 10_000, longitudeDeg: 71.4, takenAtMs, ...fix },
    ...more,
  }
}

export const points = (from: number, to: number): Point[] =>
  Array.from({ length: to - from + 1 }, (_, index) => point(from + index))

export const batch = (more: Partial<FixBatch> = {}): FixBatch => ({
  runId: runId(1),
  memberId: memberId(1),
  source: phone,
  points: [],
  droppedKeys: [],
  aside: {},
  progress: null,
  ...more,
})
