/** A wrong wall clock for each phone of one process: `Date.now` is what the phone's owner has set; monotonic time stays right. */
import { AsyncLocalStorage } from 'node:async_hooks'

/** Added to what `Date.now` says in everything this phone has begun. */
export type PhoneClock = { offsetMs: number }

const worn = new AsyncLocalStorage<PhoneClock>()
const rightNowMs = Date.now

/** Until the returned function is called. */
export function allowWrongClocks(): () => void {
  Date.now = () => rightNowMs() + (worn.getStore()?.offsetMs ?? 0)
  return () => {
    Date.now = rightNowMs
  }
}

export const byClockOf = <T>(clock: PhoneClock, work: () => T): T => worn.run(clock, work)
