/** The one wrapper around everything a stranger can call: nothing that is sent can end the process. */
import type { z } from 'zod/mini'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { awayRefusal, isAway } from '../usecase/away.ts'

/** A path like `command.quantity`, or `body` for the whole, and what is wrong there. */
export function malformed(error: z.core.$ZodError, at = ''): Refusal {
  const [issue] = error.issues
  const path = [...(at ? [at] : []), ...(issue?.path ?? []), ...unknownKey(issue)].map(String)
  return refuse('malformed', {
    field: path.join('.').slice(0, 200) || 'body',
    detail: (issue?.message ?? '').slice(0, 200),
  })
}

const unknownKey = (issue: z.core.$ZodIssue | undefined): string[] =>
  issue?.code === 'unrecognized_keys' && issue.keys[0] !== undefined ? [issue.keys[0]] : []

/** Whatever `work` throws is reported and leaves as `internal`; a store that is away says so itself, once. */
export async function attempt<T>(work: () => T | Promise<T>, onFault: (fault: unknown) => void): Promise<T | Refusal> {
  try {
    return await work()
  } catch (fault) {
    if (isAway(fault)) return awayRefusal()
    onFault(fault)
    return refuse('internal')
  }
}
