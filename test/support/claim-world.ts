/** Claims as they go on by themselves: people move, nodes look each five seconds and propose, the clock wakes the run, and somebody taps. */
import { decide } from '../../server/core/decide.ts'
import { dueAtMs } from '../../server/core/decide-wake.ts'
import type { Wish } from '../../server/core/decision.ts'
import { claimsWatch } from '../../server/core/watch/claims-watch.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { evolve } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import { type Past, runOf } from './given-run.ts'
import { START_MS } from './people.ts'
import { seenAt } from './watched.ts'

const LOOK_EVERY_S = 5
const SPOT = { latitudeDeg: 51.1, longitudeDeg: 71.4 }

/** Metres north of a spot after so many seconds; `null` while no fix comes. */
export type Moves = (s: number) => number | null

export type Played = {
  readonly history: readonly Past[]
  readonly moves: ReadonlyMap<MemberId, Moves>
  readonly untilS: number
  readonly taps?: readonly (readonly [s: number, by: MemberId, wish: Wish])[]
  readonly isConnected?: (memberId: MemberId, s: number) => boolean
  /** Metres along the route, of whoever is on one; not a number while that is not known. */
  readonly along?: ReadonlyMap<MemberId, (s: number) => number>
  readonly accuracyM?: number
  /** How many look. */
  readonly nodes?: number
}

export type Told = { readonly s: number; readonly event: RunEvent }

const atMs = (s: number) => START_MS + s * SECOND_MS

type Outcome = {
  /** What has become fact, and when. */
  readonly told: Told[]
  /** How often a node proposed what changed nothing. */
  readonly idleCount: number
  readonly run: RunState
}

export function played(world: Played): Outcome {
  const { history, untilS, taps = [], isConnected = () => false, nodes = 1 } = world
  let run = runOf(...history)
  const told: Told[] = []
  let idleCount = 0
  const memories = Array.from({ length: nodes }, () => claimsWatch.nothing)
  const left = [...taps]

  const asked = (wish: Wish, byId: MemberId | null, s: number) => {
    const placeOf = (id: MemberId) => fixAt(world, id, s)
    const decision = decide(run, wish, byId, { nowMs: atMs(s), placeOf, alongM: () => undefined })
    if (!decision.ok) throw new Error(`${wish.type} at ${s} s: ${decision.code}`)
    if (decision.events.length === 0) idleCount++
    for (const event of decision.events) {
      told.push({ s, event })
      run = evolve(run, { version: run.version + 1, atMs: atMs(s), byId, event })
    }
  }
  for (let s = 0; s <= untilS; s += LOOK_EVERY_S) {
    for (const [, by, wish] of left.filter(([tapS]) => tapS <= s)) asked(wish, by, s)
    left.splice(0, left.findLastIndex(([tapS]) => tapS <= s) + 1)
    // All nodes look before the first has stored what it saw.
    const scene = {
      run,
      nowMs: atMs(s),
      fixOf: (id: MemberId) => fixAt(world, id, s),
      progressOf: (id: MemberId) => progressAt(world, id, s),
      isConnected: (id: MemberId) => isConnected(id, s),
      darkForMs: () => null,
    }
    const seen = memories.map((memory, node) => {
      const { memory: next, observations } = claimsWatch.look(memory, scene)
      memories[node] = next
      return observations
    })
    for (const observations of seen) if (observations.length > 0) asked({ type: 'observe', observations }, null, s)
    if ((dueAtMs(run) ?? Number.POSITIVE_INFINITY) <= atMs(s)) asked({ type: 'wake' }, null, s)
  }
  return { told, idleCount, run }
}

/** Each five seconds one, as phones send them. */
function fixAt({ moves, accuracyM }: Played, id: MemberId, s: number): Fix | undefined {
  const motion = moves.get(id)
  for (let fixS = s; motion && fixS >= 0; fixS -= LOOK_EVERY_S) {
    const northM = motion(fixS)
    if (northM === null) continue
    return { ...movedPlace(SPOT, 0, northM), takenAtMs: atMs(fixS), ...(accuracyM !== undefined && { accuracyM }) }
  }
  return undefined
}

function progressAt({ along }: Played, id: MemberId, s: number): PlaceProgress | null {
  const atM = along?.get(id)?.(s)
  return atM === undefined || Number.isNaN(atM) ? null : seenAt(atM, atMs(s)).progress
}

/** Which events of a name came, and when. */
export const when = (told: readonly Told[], type: RunEvent['type']): number[] =>
  told.flatMap(({ s, event }) => (event.type === type ? [s] : []))

export const still =
  (northM: number): Moves =>
  () =>
    northM
/** From somewhere towards a place at a speed, and there they stay. */
export const rides =
  (fromM: number, toM: number, mps = 5): Moves =>
  (s) =>
    fromM < toM ? Math.min(toM, fromM + mps * s) : Math.max(toM, fromM - mps * s)
export const until =
  (lastS: number, moves: Moves): Moves =>
  (s) =>
    s <= lastS ? moves(s) : null
export const turnsAt =
  (fromS: number, before: Moves, moves: Moves): Moves =>
  (s) =>
    s < fromS ? before(s) : moves(s - fromS)
