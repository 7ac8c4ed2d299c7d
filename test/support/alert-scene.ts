/** A run looked at each five seconds, and what comes of it: what the watcher sees goes through the rules, as on a node. */
import { alertsWatch } from '../../server/core/alerts/alerts-watch.ts'
import { decide } from '../../server/core/decide.ts'
import { dueAtMs } from '../../server/core/decide-wake.ts'
import type { Wish } from '../../server/core/decision.ts'
import type { Scene } from '../../server/core/watch/scene.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import type { AlertRule } from '../../shared/run/alerts.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { evolve } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import { type Past, runOf } from './given-run.ts'
import { START_MS } from './people.ts'

const LOOK_S = 5
const CENTRE = { latitudeDeg: 51.1, longitudeDeg: 71.4 }

/** Where somebody is at a moment, in seconds since the start; along a route that goes north. */
export type Sight = {
  readonly atM: number
  readonly eastM?: number
  /** Of the newest fix; now, when it is left out. */
  readonly fixS?: number
  readonly isConnected?: boolean
  /** Since when the screen is dark. */
  readonly darkS?: number
  readonly battery?: number
  readonly progress?: Partial<PlaceProgress> | null
}
export type Cast = ReadonlyMap<MemberId, (s: number) => Sight | null>
export type Told = { readonly s: number; readonly event: RunEvent }

type Wished = readonly [byId: MemberId, wish: Wish]
type Staged = {
  readonly history: readonly Past[]
  readonly cast: Cast
  readonly fromS?: number
  readonly untilS: number
  /** The node does not get to look. */
  readonly notBetween?: readonly [fromS: number, untilS: number]
  /** What people wish on the way. */
  readonly wishes?: readonly (readonly [s: number, ...Wished])[]
}

/** Everything that became fact, and the run in the end. */
export const lookedOver = ({ cast, wishes = [], ...staged }: Staged) =>
  watchedOver({
    ...staged,
    sceneAt(s) {
      const sights = new Map([...cast].map(([id, sightAt]) => [id, sightAt(s)]))
      return {
        fixOf: (id) => fixOf(sights.get(id), s),
        progressOf: (id) => progressOf(sights.get(id)),
        isConnected: (id) => sights.get(id)?.isConnected ?? false,
        darkForMs: (id) => darkForMs(sights.get(id)?.darkS, s),
      }
    },
    wishesAt: (s) => wishes.flatMap(([atS, ...wished]) => (atS > s - LOOK_S && atS <= s ? [wished] : [])),
  })

type Watching = Omit<Staged, 'cast' | 'wishes'> & {
  readonly sceneAt: (s: number) => Omit<Scene, 'run' | 'nowMs'>
  readonly wishesAt: (s: number, run: RunState) => readonly Wished[]
}

export function watchedOver({ history, sceneAt, wishesAt, fromS = 0, untilS, notBetween = [0, 0] }: Watching): {
  readonly told: readonly Told[]
  readonly run: RunState
} {
  let run = runOf(...history)
  let memory = alertsWatch.nothing
  const told: Told[] = []
  for (let s = fromS; s <= untilS; s += LOOK_S) {
    const nowMs = START_MS + s * SECOND_MS
    const obey = (wish: Wish, byId: MemberId | null) => {
      const decision = decide(run, wish, byId, { nowMs, placeOf: () => undefined, alongM: () => undefined })
      if (!decision.ok) throw new Error(`${wish.type} was refused: ${decision.code}`)
      for (const event of decision.events) {
        told.push({ s, event })
        run = evolve(run, { version: run.version + 1, atMs: nowMs, byId, event })
      }
    }
    if (s > notBetween[0] && s < notBetween[1]) continue
    const scene = sceneAt(s)
    for (const [byId, wish] of wishesAt(s, run)) obey(wish, byId)
    if ((dueAtMs(run) ?? Number.POSITIVE_INFINITY) <= nowMs) obey({ type: 'wake' }, null)
    if (run.head.phase !== 'live') break
    const seen = alertsWatch.look(memory, { run, nowMs, ...scene })
    memory = seen.memory
    if (seen.observations.length === 0) continue
    obey({ type: 'observe', observations: seen.observations }, null)
    const before = told.length
    obey({ type: 'observe', observations: seen.observations }, null) // another node has seen the same
    if (told.length > before) throw new Error('two nodes made two facts of one')
  }
  return { told, run }
}

/** "120 alert-asked off-route mbr_aidar0000000", in order; of one rule, if that is given. */
export function linesOf(told: readonly Told[], ofRule?: AlertRule): string[] {
  const rules = new Map<string, AlertRule>()
  return told.flatMap(({ s, event }) => {
    if (!('alertId' in event)) return []
    if ('rule' in event) rules.set(event.alertId, event.rule)
    if (ofRule && rules.get(event.alertId) !== ofRule) return []
    const parts = [
      'rule' in event && event.rule,
      'over' in event && event.over,
      'memberId' in event && event.memberId,
    ].filter(Boolean)
    return [[s, event.type, ...parts].join(' ')]
  })
}

const darkForMs = (darkS: number | undefined, s: number) => (darkS === undefined ? null : (s - darkS) * SECOND_MS)

function fixOf(sight: Sight | null | undefined, s: number): Fix | undefined {
  if (!sight) return undefined
  const { atM, eastM = 0, fixS = s, battery } = sight
  const place = movedPlace(CENTRE, eastM, atM)
  return { ...place, takenAtMs: START_MS + fixS * SECOND_MS, accuracyM: 5, ...(battery !== undefined && { battery }) }
}

function progressOf(sight: Sight | null | undefined): PlaceProgress | null {
  if (!sight || sight.progress === null) return null
  return {
    atM: sight.atM,
    spreadM: 5,
    speedMps: 2.5,
    forecastMps: 2.5,
    forecastSpreadMps: 0.2,
    confidence: 0.95,
    rival: null,
    isOffRoute: false,
    isWrongWay: false,
    isStopped: false,
    ...sight.progress,
  }
}

export const placeAt = (atM: number, eastM = 0) => movedPlace(CENTRE, eastM, atM)
