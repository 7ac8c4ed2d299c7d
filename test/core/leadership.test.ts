import { describe, expect, test } from 'vitest'
import type { Observation } from '../../server/core/decision.ts'
import { leadersWatch } from '../../server/core/watch/leaders-watch.ts'
import { nextLeaderOf } from '../../server/core/watch/next-leader.ts'
import type { Scene } from '../../server/core/watch/scene.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { event, given, type Past, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, sets, stopped, sunday, timur, underWay } from '../support/people.ts'

const gulnar = p.person('gulnar')
const LOOK_EVERY_MS = 5 * SECOND_MS
const BEGAN_MS = p.START_MS

type Heard = {
  readonly connected?: readonly MemberId[]
  /** When their newest fix was taken. */
  readonly fixes?: readonly (readonly [MemberId, number])[]
}

/** Everything one node says while it looks for so long; `heard` is asked at each look. */
function looks(history: readonly Past[], forMs: number, heard: (nowMs: number) => Heard) {
  const run = runOf(...history)
  let memory = leadersWatch.nothing
  const said: { afterMs: number; observation: Observation }[] = []
  for (let nowMs = BEGAN_MS; nowMs <= BEGAN_MS + forMs; nowMs += LOOK_EVERY_MS) {
    const { connected = [], fixes = [] } = heard(nowMs)
    const taken = new Map(fixes)
    const scene: Scene = {
      run,
      nowMs,
      fixOf: (id) => {
        const takenAtMs = taken.get(id)
        return takenAtMs === undefined ? undefined : { latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs }
      },
      progressOf: () => null,
      isConnected: (id) => connected.includes(id),
      darkForMs: () => null,
    }
    const seen = leadersWatch.look(memory, scene)
    memory = seen.memory
    for (const observation of seen.observations) said.push({ afterMs: nowMs - BEGAN_MS, observation })
  }
  return said
}

const gone = (toId: MemberId, more: object = {}) =>
  ({ is: 'leaders-gone', insteadOfId: lena, toId, leaderIds: [lena], ...more }) as const
const observe = (...observations: Observation[]) => wishes({ type: 'observe', observations })
const takenUp = (memberId: MemberId) => event({ type: 'leadership-taken-up', memberId, insteadOfId: lena })

describe('[LS1] nobody leads who can be reached', () => {
  test('[LS1] is said once the leader was neither connected nor heard for ten minutes, while others are', () => {
    const said = looks(underWay, 10 * MINUTE_MS + LOOK_EVERY_MS, () => ({ connected: [dana] }))
    expect(said).toEqual([{ afterMs: 10 * MINUTE_MS + LOOK_EVERY_MS, observation: gone(dana) }])
  })

  test('[LS1] not while the leader is connected, or sends fixes, and from their last sign on', () => {
    expect(looks(underWay, 30 * MINUTE_MS, () => ({ connected: [lena, dana] }))).toEqual([])
    expect(
      looks(underWay, 30 * MINUTE_MS, (nowMs) => ({ connected: [dana], fixes: [[lena, nowMs - 9 * MINUTE_MS]] })),
    ).toEqual([])
    const untilMs = BEGAN_MS + 7 * MINUTE_MS
    const said = looks(underWay, 18 * MINUTE_MS, (nowMs) => ({
      connected: nowMs <= untilMs ? [lena, dana] : [dana],
    }))
    expect(said[0]?.afterMs).toBe(17 * MINUTE_MS + LOOK_EVERY_MS)
  })

  test('[LS1] not when nobody else can be reached either: that is the network', () => {
    expect(looks(underWay, 30 * MINUTE_MS, () => ({}))).toEqual([])
    const old = looks(underWay, 11 * MINUTE_MS, (nowMs) => ({ fixes: [[dana, nowMs - MINUTE_MS - 1]] }))
    expect(old).toEqual([])
    const fresh = looks(underWay, 11 * MINUTE_MS, (nowMs) => ({ fixes: [[dana, nowMs - MINUTE_MS]] }))
    expect(fresh.length).toBeGreaterThan(0)
  })

  test('[LS1] another leader of the whole run is enough, and one of a group is not', () => {
    const other = (groupId: ReturnType<typeof p.group> | null) => [
      ...underWay,
      p.groupAdded('red'),
      p.joined(gulnar, 'leader', 7, { groupId }),
    ]
    const connected = () => ({ connected: [gulnar, dana] })
    expect(looks(other(null), 11 * MINUTE_MS, connected)).toEqual([])
    expect(looks(other(p.group('red')), 11 * MINUTE_MS, connected)[0]?.observation).toEqual(gone(gulnar))
  })
})

describe('[LS2] who leads then', () => {
  const marked = event({
    type: 'group-changed',
    groupId: p.group('red'),
    colour: '#ff0000',
    targetPaceMps: null,
    leaderId: null,
    backMarkerId: madina,
  })
  const withRed = [...underWay, p.groupAdded('red'), marked]
  const next = (history: readonly Past[], ...reached: MemberId[]) =>
    nextLeaderOf(runOf(...history), (id) => reached.includes(id))?.memberId

  test('[LS2] is who leads a group, else its back marker, else a cyclist, else a runner; of equals who joined first', () => {
    expect(next(withRed, aidar, madina, dana, timur)).toBe(madina)
    expect(next([...withRed, { ...marked, leaderId: aidar }], aidar, madina, dana)).toBe(aidar)
    expect(next(underWay, aidar, madina, timur, dana)).toBe(dana)
    expect(next(underWay, madina, aidar)).toBe(aidar)
  })

  test('[LS2] takes part, is out there, grown up, and can be reached', () => {
    expect(next(underWay, lena, mum)).toBeUndefined()
    expect(next([...underWay, stopped(dana)], dana, timur)).toBe(timur)
    expect(next([...underWay, { type: 'minor-set', memberId: aidar, isMinor: true }], aidar, madina)).toBe(madina)
    expect(next([...underWay, { type: 'member-removed', memberId: dana }], dana)).toBeUndefined()
  })
})

describe('[LS3] taking it up', () => {
  test('[LS3] is a fact once, whoever of the nodes saw it, and whom they chose', () => {
    given(...underWay)
      .when(observe(gone(dana)), null)
      .gives(takenUp(dana))
    given(...underWay)
      .when(observe(gone(dana), gone(dana), gone(timur)), null)
      .gives(takenUp(dana))
    for (const id of [dana, timur])
      given(...underWay, takenUp(dana))
        .when(observe(gone(id)), null)
        .givesNothing()
  })

  test('[LS3] is none when somebody was made leader meanwhile, or the run has ended', () => {
    given(...underWay, p.joined(gulnar, 'leader', 7))
      .when(observe(gone(dana)), null)
      .givesNothing()
    given(...underWay, { type: 'leadership-passed', fromMemberId: lena, toMemberId: aidar })
      .when(observe(gone(dana)), null)
      .givesNothing()
    given(...underWay, p.ended)
      .when(observe(gone(dana)), null)
      .givesNothing()
    given(...underWay, stopped(dana))
      .when(observe(gone(dana)), null)
      .givesNothing()
  })

  test('[LS3] who led goes on leading, and who leads now keeps what they had promised', () => {
    const run = runOf(...underWay, p.raised(1, aidar), p.claimed(1, dana), takenUp(dana))
    expect([run.members.get(lena)?.role, run.members.get(dana)?.role]).toEqual(['leader', 'leader'])
    expect(run.requests.get(p.request(1))).toMatchObject({ status: 'claimed', cyclistId: dana })
  })

  test('[LS3] sees the whole run, when who led saw it', () => {
    const history = [...underWay, p.groupAdded('red'), p.changed(madina, 'runner', 'red')]
    given(...history)
      .when(observe(gone(madina)), null)
      .gives(takenUp(madina), p.changed(madina, 'leader', null))
    const ofGroup = p.joined(gulnar, 'leader', 7, { groupId: p.group('red') })
    given(...history, ofGroup)
      .when(observe(gone(gulnar), gone(madina)), null)
      .gives(takenUp(gulnar), p.changed(gulnar, 'leader', null))
  })
})

test('[LS4] a leader who was removed while they ended the run ends nothing, and is nobody the end waits for', () => {
  const two = [...underWay, p.joined(gulnar, 'leader', 7), sets(gulnar), sets(lena)]
  const removed = event({ type: 'member-removed', memberId: gulnar })
  const end = wishes({ type: 'end-run', despiteMissing: true })
  given(...two, removed)
    .when(end, gulnar)
    .isRefused('not-a-member')
  given(...two, removed, stopped(aidar), stopped(madina))
    .when({ type: 'end-run', despiteMissing: false }, lena)
    .gives({ type: 'run-ended', reason: 'by-leader', missing: [], missingGuestCount: 0 })
  // And the other way round: who has ended the run removes nobody from it by that.
  given(...two, p.ended)
    .when({ type: 'remove-member', memberId: gulnar }, lena)
    .gives(removed)
  given(...sunday, p.started, sets(lena))
    .when({ type: 'remove-member', memberId: lena }, lena)
    .isRefused('last-leader')
})
