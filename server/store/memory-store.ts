/** Runs remembered as long as the process lives: for tests, and for trying things out. */
import { randomUUID } from 'node:crypto'
import type { Fix } from '../../shared/geo/fix.ts'
import type { Word } from '../../shared/run/words.ts'
import type { ClubId, CommandId, MemberId, RouteId, RunId, TrackerId } from '../../shared/units.ts'
import { forgottenRun, mustFollow } from './addition.ts'
import { byStart, neverRenewed } from './club-runs.ts'
import type {
  Addition,
  Club,
  ClubRun,
  Entry,
  FixBatch,
  Head,
  KeptProgress,
  Store,
  Stored,
  TrackPoint,
} from './store.ts'
import { isPhoneStream, NOTHING_STORED, onlyHad, withBatch } from './stored.ts'

type Source = { ranges: Stored['ranges']; readonly points: Map<number, TrackPoint> }
type Member = {
  aside: Stored['aside']
  newest: Fix | undefined
  progress: KeptProgress | null
  readonly sources: Map<string, Source>
}
type Run = {
  /** Empty: only routes were put so far, and the run does not exist. */
  readonly entries: Entry[]
  readonly firstVersions: Map<CommandId, number>
  readonly words: Map<string, Word>
  readonly routes: Map<RouteId, string>
  readonly attached: Map<TrackerId, Set<MemberId>>
  readonly members: Map<MemberId, Member>
  readonly erased: Set<MemberId>
  wakeAtMs: number | null
}

export function openMemoryStore(): Store {
  const runs = new Map<RunId, Run>()
  const forgotten = new Set<RunId>()
  const settled = new Map<string, string>()
  const clubNames = new Map<ClubId, Pick<Club, 'name' | 'keptUntilMs'>>()
  const clubSecrets = new Map<ClubId, Club['renewed']>()
  const clubRuns = new Map<ClubId, Map<RunId, ClubRun>>()
  /** Nothing is lost as long as the process lives. */
  const life = randomUUID()
  let isClosed = false

  const open = <Kept>(kept: Kept): Kept => {
    if (isClosed) throw new Error('the store is closed')
    return kept
  }
  const existing = (runId: RunId): Run | undefined => {
    const run = open(runs).get(runId)
    return run && run.entries.length > 0 ? run : undefined
  }
  const made = (runId: RunId): Run => open(runs).get(runId) ?? put(runs, runId, newRun())
  const mustRemember = (runId: RunId): void => {
    if (open(forgotten).has(runId)) throw forgottenRun(runId)
  }
  const headOf = (runId: RunId): Head => {
    const last = existing(runId)?.entries.at(-1)
    const isForgotten = forgotten.has(runId)
    return last ? { version: last.fact.version, mac: last.mac, life, isForgotten } : { ...NO_RUN, isForgotten }
  }

  return {
    async append(runId, expectedVersion, addition) {
      mustFollow(expectedVersion, addition.entries)
      mustRemember(runId)
      const { version, mac } = headOf(runId)
      if (version !== expectedVersion || mac !== addition.afterMac) return 'conflict'
      add(made(runId), addition)
      return 'appended'
    },

    async heads(runIds) {
      return open(runIds).map(headOf)
    },

    async confirm() {
      open(runs)
    },

    silentMs: () => 0,

    async read(runId, afterVersion, limit) {
      return existing(runId)?.entries.slice(afterVersion, afterVersion + limit) ?? []
    },

    async firstVersions(runId, commandIds) {
      const known = existing(runId)?.firstVersions
      return new Map(commandIds.flatMap((id) => (known?.has(id) ? [[id, known.get(id) as number]] : [])))
    },

    async readWords(runId) {
      return [...(existing(runId)?.words.values() ?? [])]
    },

    async putRoute(runId, routeId, json) {
      mustRemember(runId)
      made(runId).routes.set(routeId, json)
    },

    async readRoute(runId, routeId) {
      return open(runs).get(runId)?.routes.get(routeId)
    },

    async dueRuns(nowMs, limit) {
      const due = [...open(runs).keys()].flatMap((runId) => {
        const wakeAtMs = existing(runId)?.wakeAtMs ?? Number.POSITIVE_INFINITY
        return wakeAtMs <= nowMs ? [{ runId, wakeAtMs }] : []
      })
      const sorted = due.sort((a, b) => a.wakeAtMs - b.wakeAtMs)
      return sorted.slice(0, limit).map(({ runId }) => runId)
    },

    async setWake(runId, version, wakeAtMs) {
      const run = existing(runId)
      if (run?.entries.length === version) run.wakeAtMs = wakeAtMs
    },

    async putFixes(batches) {
      return open(batches).map((batch) => {
        const run = existing(batch.runId)
        if (!run && !forgotten.has(batch.runId)) return 'no-run'
        if (!run || run.erased.has(batch.memberId)) return onlyHad(batch)
        const member = run.members.get(batch.memberId) ?? put(run.members, batch.memberId, newMember())
        return keep(member, batch)
      })
    },

    async stored(runId, memberId, source) {
      const member = existing(runId)?.members.get(memberId)
      return member ? storedOf(member, source) : NOTHING_STORED
    },

    async readTrack(runId, memberId) {
      const sources = existing(runId)?.members.get(memberId)?.sources ?? new Map<string, Source>()
      const inOrder = [...sources].sort(([a], [b]) => (a < b ? -1 : 1))
      return inOrder.flatMap(([source, { points }]) => {
        const byKey = [...points.values()].sort((a, b) => a.key - b.key)
        return isPhoneStream(source) ? byKey : byKey.sort((a, b) => a.fix.takenAtMs - b.fix.takenAtMs)
      })
    },

    async newestFixes(runId) {
      const members = [...(existing(runId)?.members ?? [])]
      return new Map(members.flatMap(([memberId, { newest }]) => (newest ? [[memberId, newest]] : [])))
    },

    async readProgress(runId, memberIds) {
      const { members } = existing(runId) ?? newRun()
      const asked = memberIds ?? members.keys()
      return new Map(
        [...asked].flatMap((memberId) => {
          const progress = members.get(memberId)?.progress
          return progress ? [[memberId, progress]] : []
        }),
      )
    },

    async trackerSeats(trackerId) {
      return [...open(runs).keys()].flatMap((runId) =>
        [...(existing(runId)?.attached.get(trackerId) ?? [])].map((memberId) => ({ runId, memberId })),
      )
    },

    async putClubRun(clubId, run) {
      if (!existing(run.runId)) return
      const under = clubRuns.get(clubId) ?? put(clubRuns, clubId, new Map<RunId, ClubRun>())
      under.set(run.runId, run)
    },

    async dropClubRun(clubId, runId) {
      open(clubRuns).get(clubId)?.delete(runId)
    },

    async putClubName(clubId, name, keptUntilMs) {
      open(clubNames).set(clubId, { name, keptUntilMs })
    },

    async keepClub(clubId, keptUntilMs) {
      const club = open(clubNames).get(clubId)
      if (club) clubNames.set(clubId, { ...club, keptUntilMs })
    },

    async forgetClubs(nowMs) {
      for (const [clubId, { keptUntilMs }] of open(clubNames)) if ((keptUntilMs ?? 0) <= nowMs) clubNames.delete(clubId)
    },

    async renewClub(clubId, secret, renewal) {
      const before = open(clubSecrets).get(clubId) ?? neverRenewed
      if (renewal.no <= before[secret].no) return before[secret]
      clubSecrets.set(clubId, { ...before, [secret]: renewal })
      return renewal
    },

    async club(clubId) {
      const under = open(clubRuns).get(clubId)?.values() ?? []
      const { name, keptUntilMs } = clubNames.get(clubId) ?? { name: null, keptUntilMs: null }
      return { name, keptUntilMs, runs: [...under].sort(byStart), renewed: clubSecrets.get(clubId) ?? neverRenewed }
    },

    async forgetRun(runId) {
      open(runs).delete(runId)
      for (const under of clubRuns.values()) under.delete(runId)
      forgotten.add(runId)
    },

    async settle(name, value) {
      return open(settled).get(name) ?? put(settled, name, value)
    },

    async close() {
      isClosed = true
    },
  }
}

const NO_RUN = { version: 0, mac: '', life: '' }

const newRun = (): Run => ({
  entries: [],
  firstVersions: new Map(),
  words: new Map(),
  routes: new Map(),
  attached: new Map(),
  members: new Map(),
  erased: new Set(),
  wakeAtMs: null,
})

const newMember = (): Member => ({ aside: {}, newest: undefined, progress: null, sources: new Map() })

function put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value)
  return value
}

function add(run: Run, { entries, words, wakeAtMs, attach, detach, erase }: Addition): void {
  for (const entry of entries) {
    run.entries.push(entry)
    const { commandId, version } = entry.fact
    if (!run.firstVersions.has(commandId)) run.firstVersions.set(commandId, version)
  }
  run.wakeAtMs = wakeAtMs
  for (const memberId of erase) run.erased.add(memberId)
  for (const word of words) {
    if (word.text === '') run.words.delete(word.key)
    else if (word.ownerId === null || !run.erased.has(word.ownerId)) run.words.set(word.key, word)
  }
  for (const { trackerId, memberId } of detach) run.attached.get(trackerId)?.delete(memberId)
  for (const { trackerId, memberId } of attach) {
    if (run.erased.has(memberId)) continue
    const members = run.attached.get(trackerId) ?? put(run.attached, trackerId, new Set())
    members.add(memberId)
  }
  for (const memberId of erase) {
    run.members.delete(memberId)
    for (const { key, ownerId } of run.words.values()) if (ownerId === memberId) run.words.delete(key)
    for (const members of run.attached.values()) members.delete(memberId)
  }
}

function storedOf(member: Member, source: string): Stored {
  const { ranges, points } = member.sources.get(source) ?? { ranges: [], points: new Map() }
  return { ranges, keptCount: points.size, aside: member.aside }
}

function keep(member: Member, batch: FixBatch): Stored {
  const before = storedOf(member, batch.source)
  const source =
    member.sources.get(batch.source) ?? put(member.sources, batch.source, { ranges: [], points: new Map() })
  for (const point of batch.points) {
    if (source.points.has(point.key)) continue
    source.points.set(point.key, { source: batch.source, ...point })
    const isNewer = point.fix.takenAtMs > (member.newest?.takenAtMs ?? -1)
    if (point.flag === 'believed' && isNewer) member.newest = point.fix
  }
  const { progress } = batch
  if (progress && progress.takenAtMs >= (member.progress?.takenAtMs ?? 0)) member.progress = progress
  const after = withBatch(before, batch, source.points.size - before.keptCount)
  source.ranges = after.ranges
  member.aside = after.aside
  return after
}
