/** Looks at a live run every few seconds, and proposes what is news in it. */
import type { RunState } from '../../shared/run/state.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { alertsWatch } from '../core/alerts/alerts-watch.ts'
import type { Observation } from '../core/decision.ts'
import { claimsWatch } from '../core/watch/claims-watch.ts'
import { leadersWatch } from '../core/watch/leaders-watch.ts'
import type { Scene, Watcher } from '../core/watch/scene.ts'

/** By the server's clock. */
const LOOK_EVERY_MS = 5 * SECOND_MS

export type RunWatch = {
  /** What is news since it looked last; nothing until it is time to look again. */
  look(run: RunState, nowMs: number): readonly Observation[]
}

/** @param eyes made only when it is time to look: a run ticks more often. */
export function runWatch(eyes: (run: RunState) => Omit<Scene, 'run' | 'nowMs'>): RunWatch {
  const looks = [remembering(claimsWatch), remembering(alertsWatch), remembering(leadersWatch)]
  let lookedAtMs = Number.NEGATIVE_INFINITY
  return {
    look(run, nowMs) {
      if (run.head.phase !== 'live' || nowMs < lookedAtMs + LOOK_EVERY_MS) return []
      lookedAtMs = nowMs
      const scene = { run, nowMs, ...eyes(run) }
      return looks.flatMap((look) => look(scene))
    },
  }
}

function remembering<Memory>({ nothing, look }: Watcher<Memory>) {
  let memory = nothing
  return (scene: Scene): readonly Observation[] => {
    const seen = look(memory, scene)
    memory = seen.memory
    return seen.observations
  }
}
