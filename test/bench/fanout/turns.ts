/** Runs take turns over the second, so that a coalescing server's load is even. */
const TICK_MS = 1_000
const SLOT_MS = 50
const SLOTS = TICK_MS / SLOT_MS

/**
 * Calls for each run once a second. By the clock, and not so long after the last time: what drifts tells some places twice as late.
 */
export function takeTurns<Run>(runs: ReadonlyMap<number, Run>, tell: (run: Run, runNo: number) => void): void {
  let slot = Math.floor(Date.now() / SLOT_MS)
  const tick = () => {
    for (; slot < Math.floor(Date.now() / SLOT_MS); slot++)
      for (const [runNo, run] of runs) if (runNo % SLOTS === slot % SLOTS) tell(run, runNo)
    setTimeout(tick, (slot + 1) * SLOT_MS - Date.now())
  }
  tick()
}
