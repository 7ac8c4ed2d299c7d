/** One seed: a world, people in it, faults, a time to heal, and then the checks. */
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { Bug } from './bug.ts'
import { checkJournal, type JournalRead } from './check-journal.ts'
import { checkPhones } from './check-phones.ts'
import { watchPromptness } from './check-promptness.ts'
import { checkTracks } from './check-tracks.ts'
import { setOut } from './life.ts'
import { unleash } from './nemesis.ts'
import { openWorld, type Problem, type Trace, type World } from './world.ts'

export type Simulated = {
  readonly seed: number
  readonly virtualMs: number
  readonly problems: readonly Problem[]
  readonly trace: Trace | undefined
}

export type SimulateOptions = {
  readonly seed: number
  /** How long a world lasts at least. */
  readonly seconds: number
  readonly isTraced?: boolean
  readonly bug?: Bug | undefined
}

/** Of the time that a world lasts: faults are over, and people come home. */
const HEALED = 0.5
const HOME = 0.75
/** Before the checks everything has been quiet for so long. */
const QUIET_MS = 3_000
/** Within which it must have become so. */
const RESTLESS_MAX_MS = 120_000
const LOOK_EVERY_MS = 500

export async function simulate({ seed, seconds, isTraced = false, bug }: SimulateOptions): Promise<Simulated> {
  const world = await openWorld({ seed, isTraced, bug })
  const { time, problems, trace } = world
  try {
    const endMs = seconds * 1_000
    setOut(world, () => time.nowMs() > endMs * HOME)
    unleash(world, endMs * HEALED)
    watchPromptness(world)
    await time.runUntil(endMs - QUIET_MS)
    if (await becomesQuiet(world)) problems.push(...(await checkAll(world)))
    return { seed, virtualMs: time.nowMs(), problems, trace }
  } finally {
    world.close()
  }
}

async function becomesQuiet(world: World): Promise<boolean> {
  const { time, problems } = world
  const giveUpAtMs = time.nowMs() + RESTLESS_MAX_MS
  let quietSinceMs = time.nowMs()
  while (time.nowMs() - quietSinceMs < QUIET_MS) {
    if (restless(world).length > 0) quietSinceMs = time.nowMs()
    if (time.nowMs() > giveUpAtMs) {
      for (const text of restless(world)) problems.push({ check: 'quiet', text })
      return false
    }
    await time.runUntil(time.nowMs() + LOOK_EVERY_MS)
  }
  return true
}

/** Who still waits for what. */
function restless({ people }: World): string[] {
  return people.flatMap((person) => {
    const view = person.phone()?.view()
    if (!view) return [`${person.name} is off`]
    const { link, waitingCommands, waitingFixCount, isCaughtUp } = view
    if (link === 'gone' || (link === 'online' && isCaughtUp && waitingCommands.length === 0 && waitingFixCount === 0))
      return []
    const wishes = waitingCommands.map(({ command }) => command.type).join(', ')
    return [`${person.name} is ${link}, waits for [${wishes}] and with ${waitingFixCount} fixes`]
  })
}

async function checkAll(world: World): Promise<Problem[]> {
  const entries = await world.store.truth().read(world.runId, 0, 1_000_000)
  const run = entries.reduce((each, { fact }) => evolve(each, fact), newRun)
  const journal: JournalRead = { entries, run }
  return [
    ...checkJournal(world, journal),
    ...(await checkTracks(world, journal)),
    ...(await checkPhones(world, journal)),
  ]
}
