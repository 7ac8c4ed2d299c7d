/**
 * Time and chance of a simulated world. While it is open it stands behind the globals that the product reads
 * (timers, clocks, random numbers), so the real code runs in virtual time and one seed is one history.
 */
import nodeCrypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import type { Random } from '../../client/simulate/random.ts'
import { eventQueue, type QueuedEvent } from './event-queue.ts'

/** A Sunday in May, eight in the morning. */
export const START_MS = Date.UTC(2026, 4, 3, 8)

/**
 * Who runs: a process of its own, a phone or a node, from its start to its crash. What is still to happen to a
 * dead actor never happens, and so what it was waiting for never goes on.
 */
export type Actor = {
  readonly name: string
  /** Its own idea of the date is wrong by so much. */
  readonly clockErrorMs: number
  readonly bornAtMs: number
  isAlive: boolean
}

export type VirtualTime = {
  /** Since the beginning of the world. */
  nowMs(): number
  actor(name: string, clockErrorMs?: number): Actor
  /** The world itself: faults, the store, people's thumbs. It never dies. */
  readonly outside: Actor
  /** Whose code is running. */
  current(): Actor
  after(delayMs: number, actor: Actor, run: () => void): QueuedEvent
  /** One event after another, and between them all that they resolved, until this time or until `isDone`. */
  runUntil(untilMs: number, isDone?: () => boolean): Promise<void>
  /** Gives the globals back. What is still to happen never does. */
  close(): void
}

const realSetImmediate = globalThis.setImmediate
/** Node drains all microtasks between two immediates; so many are queued at once because a turn of its loop is dear. */
const EVENTS_AT_ONCE = 128

/** @param onThrown whatever an event throws that nobody catches: in a real process it would be the end. */
export function openVirtualTime(random: Random, onThrown: (fault: unknown, who: string) => void): VirtualTime {
  const queue = eventQueue()
  let nowMs = 0
  const outside: Actor = { name: 'world', clockErrorMs: 0, bornAtMs: 0, isAlive: true }
  let current = outside

  const after = (delayMs: number, actor: Actor, run: () => void) => queue.push(nowMs + delayMs, actor, run)

  function runNext(event: QueuedEvent): void {
    nowMs = event.atMs
    current = event.actor
    try {
      event.run()
    } catch (fault) {
      onThrown(fault, current.name)
    }
  }

  function runUntil(untilMs: number, isDone: () => boolean = () => false): Promise<void> {
    return new Promise((resolve) => {
      let isOver = false
      const turn = () => {
        if (isOver) return
        const event = isDone() ? undefined : queue.popBefore(untilMs)
        if (event) return runNext(event)
        isOver = true
        if (!isDone()) nowMs = untilMs
        current = outside
        resolve()
      }
      const turns = () => {
        turn()
        if (isOver) return
        for (let i = 1; i < EVENTS_AT_ONCE; i++) realSetImmediate(turn)
        realSetImmediate(turns)
      }
      realSetImmediate(turns)
    })
  }

  const onRejection = (fault: unknown) => onThrown(fault, `${current.name}, unhandled`)
  process.on('unhandledRejection', onRejection)
  const giveBack = replaceGlobals({
    setTimeout: (run, ms = 0, ...args) => timerOf(after(Math.max(1, ms), current, () => run(...args))),
    setImmediate: (run, ...args) => timerOf(after(0, current, () => run(...args))),
    setInterval(run, ms, ...args) {
      const actor = current
      const timer = timerOf(after(ms, actor, tick))
      function tick(): void {
        timer.event = after(ms, actor, tick)
        run(...args)
      }
      return timer
    },
    clear: (timer) => timer?.event.cancel(),
    monotonicMs: () => nowMs - current.bornAtMs,
    dateMs: () => Math.floor(START_MS + nowMs + current.clockErrorMs),
    random: () => random.next(),
  })

  return {
    nowMs: () => nowMs,
    actor: (name, clockErrorMs = 0) => ({ name, clockErrorMs, bornAtMs: nowMs, isAlive: true }),
    outside,
    current: () => current,
    after,
    runUntil,
    close() {
      giveBack()
      process.off('unhandledRejection', onRejection)
    },
  }
}

type Run = (...args: unknown[]) => void
/** What a timer function gives: only these are used of it. */
type Timer = { event: QueuedEvent; ref(): Timer; unref(): Timer; hasRef(): boolean }

function timerOf(event: QueuedEvent): Timer {
  const timer: Timer = { event, ref: () => timer, unref: () => timer, hasRef: () => true }
  return timer
}

/** Of the world that is open now. */
let drawn: (() => number) | undefined
const realRandomUUID = nodeCrypto.randomUUID
nodeCrypto.randomUUID = (options) => {
  const draw = drawn
  const digit = () => Math.floor((draw?.() ?? 0) * 16).toString(16)
  return draw
    ? (`00000000-0000-4000-8000-${Array.from({ length: 12 }, digit).join('')}` as const)
    : realRandomUUID(options)
}
syncBuiltinESMExports() // for those who import it by name

type Globals = {
  setTimeout(run: Run, ms?: number, ...args: unknown[]): Timer
  setImmediate(run: Run, ...args: unknown[]): Timer
  setInterval(run: Run, ms: number, ...args: unknown[]): Timer
  clear(timer: Timer | undefined): void
  monotonicMs(): number
  dateMs(): number
  random(): number
}

function replaceGlobals(mine: Globals): () => void {
  const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = globalThis
  const theirs = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate }
  const { now: dateNow } = Date
  const { random } = Math
  Object.assign(globalThis, {
    setTimeout: mine.setTimeout,
    setInterval: mine.setInterval,
    setImmediate: mine.setImmediate,
    clearTimeout: mine.clear,
    clearInterval: mine.clear,
    clearImmediate: mine.clear,
  })
  drawn = mine.random
  Date.now = mine.dateMs
  Math.random = mine.random
  // On the objects themselves, before what they inherit.
  define(performance, 'now', mine.monotonicMs)
  define(crypto, 'getRandomValues', (bytes: Uint8Array) => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = mine.random() * 256
    return bytes
  })
  return () => {
    Object.assign(globalThis, theirs)
    drawn = undefined
    Date.now = dateNow
    Math.random = random
    Reflect.deleteProperty(performance, 'now')
    Reflect.deleteProperty(crypto, 'getRandomValues')
  }
}

function define(on: object, name: string, value: unknown): void {
  Object.defineProperty(on, name, { value, configurable: true, writable: true })
}
