/**
 * The tick, in slots: runs take turns over it, so that a node's work is even. A run's ticks are as far apart as they should be for
 * as long as the node lives, so that a phone that was told one knows the next ones.
 */
const SLOT_MS = 50

export type Ticker = { start(): () => void }

/**
 * @param onSlot `isIts`: whether it is a run's turn; `nextInMs`: until its next one; `lateMs`: how long after its time the slot is.
 */
export function tickerOf(
  tickMs: number,
  onSlot: (isIts: (runId: string) => boolean, nextInMs: number, lateMs: number) => void,
): Ticker {
  const slotCount = Math.max(1, Math.floor(tickMs / SLOT_MS))
  const slotMs = tickMs / slotCount

  return {
    start() {
      let no = Math.ceil(performance.now() / slotMs)
      let timer = setTimeout(turn, 0)

      function turn(): void {
        const lateMs = performance.now() - no * slotMs
        if (lateMs >= 0) {
          const slot = no % slotCount
          onSlot((runId) => slotOf(runId, slotCount) === slot, no * slotMs + tickMs - performance.now(), lateMs)
          // Behind by more than a whole tick: every run gets one, not all it has missed.
          no = Math.max(no + 1, Math.floor(performance.now() / slotMs) - slotCount + 1)
        }
        timer = setTimeout(turn, Math.max(0, no * slotMs - performance.now()))
      }
      return () => clearTimeout(timer)
    },
  }
}

/** Ids are random already: their last digits spread runs evenly. */
const slotOf = (runId: string, slotCount: number): number => Number.parseInt(runId.slice(-6), 36) % slotCount
