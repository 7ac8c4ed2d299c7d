/** G4: what a leader is shown is what the journal says, fact by fact. */
import type { Fact } from '../../shared/run/events.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import { checkSight, sightOf } from './check-sight.ts'
import type { Trouble } from './trouble.ts'

const noWords = { values: () => [] }

/** @param shown to a leader of no group, who sees all. */
export const checkFold = (facts: readonly Fact[], shown: RunState): Trouble[] =>
  checkSight(
    'the leader, against the journal',
    sightOf({ run: shown, words: noWords }),
    sightOf({ run: facts.reduce<RunState>(evolve, newRun), words: noWords }),
  )
