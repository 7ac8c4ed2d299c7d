/** Every group in one line: how many are out, the pace it runs and the one it meant to, how long it is, and who is its last. */
import { SURE_CONFIDENCE } from '../../shared/pack/passages.ts'
import { isOut } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Group, Member } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type GroupId, KM_M, type MemberId, SECOND_MS } from '../../shared/units.ts'
import { progressNow } from './along-route.ts'
import { isHeard } from './head-count.ts'
import { ageMs, isTooOld } from './place-age.ts'
import type { RunView } from './run-view.ts'
import { isAfoot } from './trails.ts'

/** Slower is standing, and no pace of the group. */
const SLOWEST_MPS = 0.5
/** What a target pace may be. */
const PACE = { slowestMps: 0.5, fastestMps: 15 }

export type GroupLine = {
  readonly group: Group
  readonly name: string
  /** Who takes part in it. */
  readonly count: number
  readonly outCount: number
  readonly inCount: number
  /** Out, and without a place newer than two minutes. */
  readonly unheardCount: number
  /** Who leads and who comes last by plan, as long as they are in the run. */
  readonly leaderId: MemberId | null
  readonly backMarkerId: MemberId | null
  /** The median of those who move; `null` when nobody is known to. */
  readonly paceMps: number | null
  /** From the first to the last along the route, and the last of them. */
  readonly spreadM: number | null
  readonly last: { readonly memberId: MemberId; readonly atM: number } | null
  /** How far the middle of the group is behind where it meant to be, by start and target pace; negative: in front. */
  readonly behindPlanMs: number | null
}

type Bucket = {
  count: number
  outCount: number
  inCount: number
  unheardCount: number
  readonly paces: number[]
  readonly along: { readonly memberId: MemberId; readonly atM: number }[]
}

/** GR3: all groups by name; each member is looked at once, of thousands too. */
export function groupsOverview(view: RunView, nowMs: number): GroupLine[] {
  const { groups, members } = view.run
  if (groups.size === 0) return []
  const buckets = new Map<GroupId, Bucket>()
  for (const { groupId } of groups.values())
    buckets.set(groupId, { count: 0, outCount: 0, inCount: 0, unheardCount: 0, paces: [], along: [] })
  for (const member of members.values()) {
    const bucket = member.groupId === null ? undefined : buckets.get(member.groupId)
    if (bucket && takesPart(member.role) && member.status !== 'removed') count(bucket, view, member, nowMs)
  }
  const there = (memberId: MemberId | null) =>
    memberId !== null && members.get(memberId)?.status !== 'removed' && members.has(memberId) ? memberId : null
  const lines = [...groups.values()].map((group): GroupLine => {
    const { paces, along, ...counts } = buckets.get(group.groupId) as Bucket
    const front = along.sort((a, b) => b.atM - a.atM)
    const [first, last] = [front[0], front.at(-1)]
    return {
      group,
      name: view.words.get(wordKey.group(group.groupId))?.text ?? '',
      ...counts,
      leaderId: there(group.leaderId),
      backMarkerId: there(group.backMarkerId),
      paceMps: middleOf(paces.sort((a, b) => a - b)),
      spreadM: first && last ? first.atM - last.atM : null,
      last: last ?? null,
      behindPlanMs: behindPlanMs(view, group, middleOf(front.map(({ atM }) => atM)), nowMs),
    }
  })
  return lines.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
}

function count(bucket: Bucket, view: RunView, member: Member, nowMs: number): void {
  bucket.count++
  if (member.status === 'stopped') bucket.inCount++
  if (!isOut(member)) return
  bucket.outCount++
  if (!isHeard(view, member, nowMs)) bucket.unheardCount++
  const { memberId } = member
  const place = view.places.get(memberId)
  if (!place || isTooOld(ageMs(place, nowMs)) || !isAfoot(member)) return
  const { route } = view.run.head
  const progress = route && progressNow(place, route.lengthM, nowMs)
  const paceMps = progress && !progress.isStopped ? progress.speedMps : place.speedMps
  if (paceMps !== null && paceMps >= SLOWEST_MPS) bucket.paces.push(paceMps)
  if (progress && !progress.isOffRoute && progress.confidence >= SURE_CONFIDENCE)
    bucket.along.push({ memberId, atM: progress.atM })
}

const middleOf = (sorted: readonly number[]): number | null => sorted[Math.floor(sorted.length / 2)] ?? null

function behindPlanMs(view: RunView, { targetPaceMps }: Group, atM: number | null, nowMs: number): number | null {
  const { startedAtMs, route } = view.run.head
  if (targetPaceMps === null || atM === null || startedAtMs === null || !route) return null
  const plannedM = Math.min(route.lengthM, targetPaceMps * ((nowMs - startedAtMs) / SECOND_MS))
  return ((plannedM - atM) / targetPaceMps) * SECOND_MS
}

/** "6:10", "6" or "6.5" minutes for a kilometre, as a speed; `null` for what is no pace anybody runs or rides at. */
export function paceFromText(text: string): number | null {
  const [, minutes, seconds = '0'] = /^(\d{1,2}(?:[.,]\d)?)(?::([0-5]\d))?$/.exec(text.trim()) ?? []
  if (minutes === undefined) return null
  const paceMps = KM_M / (Number(minutes.replace(',', '.')) * 60 + Number(seconds))
  return paceMps >= PACE.slowestMps && paceMps <= PACE.fastestMps ? paceMps : null
}
