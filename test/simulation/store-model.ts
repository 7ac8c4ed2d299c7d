/**
 * One store behind several nodes, and what can be wrong with it and the way there. It is the memory store, called
 * through a log: to come back older is to begin again and repeat the first part of the log.
 */
import type { Random } from '../../client/simulate/random.ts'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import { type Store, StoreAway } from '../../server/store/store.ts'
import type { Actor, VirtualTime } from './virtual-time.ts'

/** A fault sets these, and sets them back. */
export type StoreWeather = {
  isAway: boolean
  /** Nodes that do not reach it. */
  readonly cutOff: Set<string>
  /** How long a call that fails keeps its caller waiting: at most 2 s (ST17). */
  failsAfterMs: readonly [number, number]
  /** 0 to 1: the call fails and nothing was done. */
  failsBefore: number
  /** 0 to 1: it was done, and the answer is lost. */
  losesAnswer: number
  /** Times the usual way there. */
  slowness: number
}

export type StoreModel = {
  readonly weather: StoreWeather
  /** The store as a node reaches it. */
  storeFor(node: string): Store
  /** The store itself: for checks, outside of time. */
  truth(): Store
  /** It has forgotten what was done in the last so many ms; all of it with `Infinity`. */
  comeBackOlder(lostMs: number): Promise<void>
  hasLost(): boolean
}

const WAY_MS = [0.2, 2] as const
const CHANGES = new Set([
  ...['append', 'putRoute', 'setWake', 'putFixes', 'forgetRun', 'settle'],
  ...['putClubRun', 'dropClubRun', 'putClubName', 'keepClub', 'forgetClubs', 'renewClub'],
])

/** Nothing is read into the order of these: they go there and back in one event. */
const ASKED_OFTEN = new Set(['dueRuns'])

type Asked = {
  readonly method: string
  readonly args: unknown[]
  readonly caller: Actor
  readonly resolve: (outcome: unknown) => void
  readonly reject: (fault: unknown) => void
}
type Method = (...args: unknown[]) => Promise<unknown>
type Call = { readonly atMs: number; readonly method: string; readonly args: unknown[] }

export function storeModel(
  time: VirtualTime,
  random: Random,
  onCall: (node: string, method: string, args: readonly unknown[], outcome: unknown) => void,
): StoreModel {
  let truth = openMemoryStore()
  let log: Call[] = []
  let hasLost = false
  const disk: Actor = time.actor('store')
  const weather: StoreWeather = {
    isAway: false,
    cutOff: new Set(),
    failsAfterMs: [5, 2_000],
    failsBefore: 0,
    losesAnswer: 0,
    slowness: 1,
  }
  const wayMs = () => random.between(...WAY_MS) * weather.slowness
  const methodOf = (method: string) => truth[method as keyof Store] as unknown as Method

  async function done(method: string, args: unknown[]): Promise<unknown> {
    const outcome = await methodOf(method).apply(truth, args)
    if (CHANGES.has(method)) log.push({ atMs: time.nowMs(), method, args })
    return outcome
  }

  function storeFor(node: string): Store {
    let silentSinceMs: number | undefined
    const isOutOfReach = () => weather.isAway || weather.cutOff.has(node)

    function call(method: string, args: unknown[]): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const asked: Asked = { method, args, caller: time.current(), resolve, reject }
        if (isOutOfReach()) fail(asked)
        else if (ASKED_OFTEN.has(method)) time.after(2 * wayMs(), asked.caller, () => reach(asked))
        else time.after(wayMs(), disk, () => reach(asked))
      })
    }

    function reach(asked: Asked): void {
      if (isOutOfReach() || random.next() < weather.failsBefore) {
        fail(asked)
        return
      }
      const isAnswerLost = random.next() < weather.losesAnswer
      done(asked.method, asked.args).then(
        (outcome) => {
          if (isAnswerLost) fail(asked)
          else if (time.current() === asked.caller) answer(asked, outcome)
          else time.after(wayMs(), asked.caller, () => answer(asked, outcome))
        },
        (fault) => void time.after(wayMs(), asked.caller, () => asked.reject(fault)),
      )
    }

    function answer(asked: Asked, outcome: unknown): void {
      if (isOutOfReach()) {
        fail(asked)
        return
      }
      silentSinceMs = undefined
      onCall(node, asked.method, asked.args, outcome)
      asked.resolve(outcome)
    }

    function fail(asked: Asked): void {
      time.after(random.between(...weather.failsAfterMs), asked.caller, () => {
        silentSinceMs ??= time.nowMs()
        onCall(node, asked.method, asked.args, 'away')
        asked.reject(new StoreAway(`${asked.method}: the store is away`))
      })
    }

    const methods = Object.keys(truth).map((method) => [method, (...args: unknown[]) => call(method, args)] as const)
    return {
      ...(Object.fromEntries(methods) as unknown as Store),
      silentMs: () => (silentSinceMs === undefined ? 0 : time.nowMs() - silentSinceMs),
      close: async () => undefined,
    }
  }

  return {
    weather,
    storeFor,
    truth: () => truth,
    hasLost: () => hasLost,
    async comeBackOlder(lostMs) {
      hasLost = true
      log = log.filter(({ atMs }) => atMs <= time.nowMs() - lostMs)
      truth = openMemoryStore()
      for (const { method, args } of log) await methodOf(method).apply(truth, args)
    },
  }
}
