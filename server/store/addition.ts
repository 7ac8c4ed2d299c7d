import type { RunId } from '../../shared/units.ts'
import type { Entry } from './store.ts'

/** A wrong number here is a bug in the caller, and would leave a journal that nobody can fold. */
export function mustFollow(expectedVersion: number, entries: readonly Entry[]): void {
  for (const [index, { fact }] of entries.entries()) {
    const version = expectedVersion + 1 + index
    if (fact.version !== version) throw new Error(`the fact at version ${version} says ${fact.version}`)
  }
  if (expectedVersion === 0 && entries.length === 0) throw new Error('a run begins with a fact')
}

/** A run that is forgotten never comes back. Whoever writes to it has not noticed: a bug, or a race lost to the end. */
export const forgottenRun = (runId: RunId): Error => new Error(`the run ${runId} is forgotten`)
