/** G5: while nothing is wrong, whoever is connected has a request within a second of its answer. */
import { seesRequest } from '../../server/core/visibility.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { RequestId } from '../../shared/units.ts'
import type { Person } from './person.ts'
import type { World } from './world.ts'

const WITHIN_MS = 1_000
/** From the node to the asker, and from the node to the others: what the network may take. */
const LATENCY_MS = 800
/** So long after the last fault everybody is back. */
const CALM_MS = 15_000

/** Looks on from now on. */
export function watchPromptness(world: World): void {
  const { time, trouble, people } = world
  world.onGranted((tap) => {
    const { endedAtMs } = trouble
    const isCalm = () => trouble.count === 0 && trouble.endedAtMs === endedAtMs
    if (tap.command.type !== 'raise-request' || !isCalm() || time.nowMs() < endedAtMs + CALM_MS) return
    const { requestId } = tap.command
    const there = people.filter(isThere)
    time.after(WITHIN_MS + LATENCY_MS, time.outside, () => {
      const without = there.filter((person) => isThere(person) && !person.phone()?.view().run.requests.has(requestId))
      if (isCalm() && without.length > 0) void blame(world, requestId, without)
    })
  })
}

const isThere = (person: Person): boolean => {
  const view = person.phone()?.view()
  return view?.link === 'online' && view.isCaughtUp
}

async function blame({ store, runId, problems, time }: World, requestId: RequestId, late: Person[]): Promise<void> {
  const atMs = time.nowMs()
  const entries = await store.truth().read(runId, 0, 1_000_000)
  const run = entries.reduce((each, { fact }) => evolve(each, fact), newRun)
  const request = run.requests.get(requestId)
  for (const { memberId, name } of late) {
    const viewer = run.members.get(memberId)
    if (request && viewer && viewer.status !== 'removed' && seesRequest(run, viewer, request))
      problems.push({ check: 'G5', text: `${name} has no ${requestId} at ${atMs / 1_000}` })
  }
}
