/** A club under way on its nodes, with everything that goes on in it: what each scenario sets its fault upon. */
import { setMaxListeners } from 'node:events'
import { type Random, seededRandom } from '../../client/simulate/random.ts'
import { type Arena, openArena } from './arena.ts'
import { type Chores, startChores } from './chores.ts'
import { type Club, gatherClub } from './club.ts'
import { faultLog } from './fault-log.ts'
import type { Field } from './field.ts'
import { type HeapWatch, watchHeaps } from './heap-watch.ts'
import { judge, type Verdict } from './judging.ts'
import type { Options } from './options.ts'
import { allowWrongClocks } from './phone-clock.ts'
import { CLOCK_ERROR_MS } from './phone-faults.ts'
import { type PlaceLatency, watchPlaces } from './place-latency.ts'
import { type Races, startRaces } from './races.ts'
import { type Settled, settle } from './settling.ts'
import type { Trouble } from './trouble.ts'
import { letWalk } from './walkers.ts'

const TICK_MS = 1_000
const LONG_MINUTES = 25

export type Ending = { readonly settled: Settled; readonly verdict: Verdict; readonly troubles: readonly Trouble[] }

export type Scene = {
  readonly arena: Arena
  readonly club: Club
  readonly field: Field
  readonly random: Random
  readonly races: Races
  readonly chores: Chores
  readonly heaps: HeapWatch
  readonly placesSeen: readonly PlaceLatency[]
  /** When the workload began. */
  readonly startedMs: number
  /** Ends the workload, waits until all is quiet, and holds the history against what the nodes have. */
  end(): Promise<Ending>
}

export async function openScene(options: Options, say: (text: string) => void): Promise<Scene> {
  const { seed, minutes, phoneCount, nodeCount, redis, requestsPerMinute } = options
  const random = seededRandom(seed)
  const arena = await openArena({ nodeCount, redis, tickMs: TICK_MS, timeScale: 1, say })
  try {
    arena.closing.laterDo(allowWrongClocks())
    const leaverCount = Math.min(8, Math.max(2, Math.round(minutes / 3)))
    const club = await gatherClub(arena, random.fork('club'), { phoneCount, leaverCount })
    for (const { clock } of club.everybody)
      if (random.next() < 0.25) clock.offsetMs = random.pick([-CLOCK_ERROR_MS, CLOCK_ERROR_MS])
    say(`${nodeCount} nodes, ${club.everybody.length} phones, history in ${arena.folder}`)
    return begin(arena, club, random, minutes * 60_000, requestsPerMinute, minutes >= LONG_MINUTES)
  } catch (fault) {
    await arena.close(true)
    throw fault
  }
}

function begin(
  arena: Arena,
  club: Club,
  random: Random,
  lengthMs: number,
  requestsPerMinute: number,
  isLong: boolean,
): Scene {
  const startedMs = performance.now()
  const over = new AbortController()
  setMaxListeners(0, over.signal)
  const log = faultLog()
  const field: Field = {
    arena,
    club,
    log,
    resyncsMs: [],
    lossesMs: [],
    troubles: [],
    held: new Map(),
    signal: over.signal,
    /** In a long run the first node is spared at the beginning and the second at the end, so that heaps can grow old. */
    mortals() {
      const share = (performance.now() - startedMs) / lengthMs
      return arena.nodes.filter(({ no }) => !isLong || !((no === 0 && share < 0.44) || (no === 1 && share > 0.56)))
    },
  }
  const stopWalking = letWalk(
    club.everybody.filter(({ role }) => role === 'runner' || role === 'cyclist'),
    random.fork('walk'),
  )
  const chores = startChores(club, random.fork('chores'))
  const races = startRaces(club, random.fork('races'), requestsPerMinute)
  const heaps = watchHeaps(arena.nodes)
  const places = watchPlaces(club.leader)
  arena.closing.laterDo(() => {
    over.abort()
    stopWalking()
    races.stop()
    races.giveUp()
    places.stop()
    void chores.stop()
    return heaps.stop()
  })

  return {
    arena,
    club,
    field,
    random,
    races,
    chores,
    heaps,
    placesSeen: places.seen,
    startedMs,
    async end() {
      over.abort()
      races.stop()
      races.giveUp()
      stopWalking()
      places.stop()
      const idle = { chores: false }
      void chores.stop().then(() => {
        idle.chores = true
      })
      const settled = await settle(field, () => races.openCount() === 0 && idle.chores)
      await heaps.stop()
      const verdict = await judge(field, chores.departures, TICK_MS + 1_000)
      return {
        settled,
        verdict,
        troubles: [...field.troubles, ...settled.troubles, ...verdict.troubles, ...heaps.troubles()],
      }
    },
  }
}
