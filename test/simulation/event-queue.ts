import type { Actor } from './virtual-time.ts'

/** Something that will happen to an actor. */
export type QueuedEvent = {
  readonly atMs: number
  readonly actor: Actor
  readonly run: () => void
  cancel(): void
}

class Event implements QueuedEvent {
  readonly atMs: number
  readonly no: number
  readonly actor: Actor
  run: () => void
  isCancelled = false
  constructor(atMs: number, no: number, actor: Actor, run: () => void) {
    this.atMs = atMs
    this.no = no
    this.actor = actor
    this.run = run
  }
  cancel(): void {
    this.isCancelled = true
    this.run = nothing // what it held may go
  }
  isBefore(other: Event): boolean {
    return this.atMs < other.atMs || (this.atMs === other.atMs && this.no < other.no)
  }
}

const nothing = () => undefined

export type EventQueue = {
  push(atMs: number, actor: Actor, run: () => void): QueuedEvent
  /** The earliest that is neither cancelled nor for the dead, unless it comes after `untilMs`. */
  popBefore(untilMs: number): QueuedEvent | undefined
}

/** A binary heap by time; what comes at the same time comes in the order it was pushed. */
export function eventQueue(): EventQueue {
  const heap: Event[] = []
  let pushed = 0

  function pop(): void {
    const last = heap.pop() as Event
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      if (left >= heap.length) break
      const right = left + 1
      const child = right < heap.length && (heap[right] as Event).isBefore(heap[left] as Event) ? right : left
      if (!(heap[child] as Event).isBefore(last)) break
      heap[at] = heap[child] as Event
      at = child
    }
    heap[at] = last
  }

  return {
    push(atMs, actor, run) {
      const event = new Event(atMs, pushed++, actor, run)
      let at = heap.length
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!event.isBefore(heap[parent] as Event)) break
        heap[at] = heap[parent] as Event
        at = parent
      }
      heap[at] = event
      return event
    },
    popBefore(untilMs) {
      for (let first = heap[0]; first && first.atMs <= untilMs; first = heap[0]) {
        pop()
        if (!first.isCancelled && first.actor.isAlive) return first
      }
      return undefined
    },
  }
}
