import { StoreAway } from './store.ts'

/** The answers, `away` in the place of those whose master is; rejects when none answers, or for a bug. */
export async function eachWhereItIs<Answer>(asked: readonly Promise<Answer>[]): Promise<readonly (Answer | 'away')[]> {
  const settled = await Promise.allSettled(asked)
  const faults = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  const bug = faults.find((fault) => !(fault instanceof StoreAway))
  if (bug || (faults.length > 0 && faults.length === asked.length)) throw bug ?? faults[0]
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : 'away'))
}
