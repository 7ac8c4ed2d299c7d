/** Recorded people on a route, brought together as they were: what the pack was at each moment, told without looking ahead. */
import { noProgress, type ProgressState, progressAfter, progressAt } from '../../shared/geo/progress/filter.ts'
import type { RouteMap } from '../../shared/geo/progress/route-map.ts'
import { type Cluster, clustersOf } from '../../shared/pack/clusters.ts'
import { type Pack, packOf } from '../../shared/pack/pack.ts'
import { noPassages, type Passages, passagesAfter } from '../../shared/pack/passages.ts'
import { type Straggler, stragglersOf } from '../../shared/pack/stragglers.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import type { RecordedTrack } from './recorded-track.ts'

export type PackMoment = {
  readonly atMs: number
  readonly pack: Pack
  readonly clusters: readonly Cluster[]
  readonly stragglers: readonly Straggler[]
  /** Who records, and has not come near the route yet. */
  readonly elsewhere: readonly MemberId[]
}

type Person = {
  readonly memberId: MemberId
  readonly fixes: RecordedTrack['fixes']
  next: number
  state: ProgressState
  passages: Passages
}

const ALL_SILENT_MS = 10 * MINUTE_MS

/**
 * The pack at each whole `everyMs` of recorded time, in order. A person belongs to it from the first fix of the recording to
 * the last; stretches in which nobody has a fix for ten minutes are left out. Persons are known by their names, which must differ.
 */
export function* packMoments(map: RouteMap, tracks: readonly RecordedTrack[], everyMs: number): Generator<PackMoment> {
  const people = tracks.map(personOf)
  let [clusters, stragglers]: [readonly Cluster[], readonly Straggler[]] = [[], []]
  for (let atMs = nextMomentMs(0); Number.isFinite(atMs); atMs = nextMomentMs(atMs + everyMs)) {
    for (const person of people) takeFixes(map, person, atMs)
    const elsewhere: MemberId[] = []
    const members = people
      .filter((person) => isThere(person, atMs))
      .flatMap(({ memberId, state, passages }) => {
        const progress = progressAt(map, state, atMs)
        if (!progress) elsewhere.push(memberId)
        return progress ? [{ memberId, progress, passages }] : []
      })
    const pack = packOf(members)
    clusters = clustersOf(pack.order, clusters)
    stragglers = stragglersOf(pack.order, new Set(stragglers.map(({ memberId }) => memberId)))
    if (members.length + elsewhere.length > 0) yield { atMs, pack, clusters, stragglers, elsewhere }
  }

  /** From `fromMs` on the first moment that is worth looking at; infinite after the last fix. */
  function nextMomentMs(fromMs: number): number {
    const newestMs = Math.max(0, ...people.map(({ fixes, next }) => fixes[next - 1]?.takenAtMs ?? 0))
    const comingMs = Math.min(...people.map(({ fixes, next }) => fixes[next]?.takenAtMs ?? Number.POSITIVE_INFINITY))
    const soonMs = fromMs - newestMs > ALL_SILENT_MS || comingMs === Number.POSITIVE_INFINITY ? comingMs : fromMs
    return Math.ceil(Math.max(fromMs, soonMs) / everyMs) * everyMs
  }
}

function personOf({ person, fixes }: RecordedTrack): Person {
  const inOrder = fixes.toSorted((a, b) => a.takenAtMs - b.takenAtMs)
  return { memberId: person as MemberId, fixes: inOrder, next: 0, state: noProgress, passages: noPassages }
}

function isThere({ fixes }: Person, atMs: number): boolean {
  return atMs >= (fixes[0]?.takenAtMs ?? Number.POSITIVE_INFINITY) && atMs <= (fixes.at(-1)?.takenAtMs ?? 0)
}

function takeFixes(map: RouteMap, person: Person, untilMs: number): void {
  for (let fix = person.fixes[person.next]; fix && fix.takenAtMs <= untilMs; fix = person.fixes[++person.next]) {
    person.state = progressAfter(map, person.state, fix)
    const progress = progressAt(map, person.state, fix.takenAtMs)
    if (progress) person.passages = passagesAfter(person.passages, progress)
  }
}
