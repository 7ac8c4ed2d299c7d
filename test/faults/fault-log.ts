/** When which fault lay on the world, and what it cost. */
export type FaultRecord = {
  readonly name: string
  /** Lies on one phone alone, and disturbs nobody else. */
  readonly isLocal: boolean
  readonly beganMs: number
  /** When the cause was gone; `null` while it lasts. */
  healedMs: number | null
  /** From healing until all phones were online and caught up with what was newest at healing; `null` not yet or never. */
  syncedAfterMs: number | null
  readonly inFlightCount: number
  /** From healing until the next command was acknowledged. */
  firstAckAfterMs: number | null
  /** Other figures of its own, ms each. */
  readonly figuresMs: Record<string, number>
}

export type FaultLog = {
  readonly records: readonly FaultRecord[]
  began(name: string, inFlightCount: number, isLocal?: boolean): FaultRecord
  /** Whether no fault, nor what it left behind, lay on any moment between. */
  wasQuiet(fromMs: number, toMs: number): boolean
}

/** What a fault leaves behind is over by then, where it was not measured. */
const AFTERMATH_MS = 10_000

export function faultLog(): FaultLog {
  const records: FaultRecord[] = []
  return {
    records,
    began(name, inFlightCount, isLocal = false) {
      const record: FaultRecord = {
        name,
        isLocal,
        beganMs: performance.now(),
        healedMs: null,
        syncedAfterMs: null,
        inFlightCount,
        firstAckAfterMs: null,
        figuresMs: {},
      }
      records.push(record)
      return record
    },
    wasQuiet: (fromMs, toMs) =>
      records.every(({ isLocal, beganMs, healedMs, syncedAfterMs, firstAckAfterMs }) => {
        const leftMs = Math.max(syncedAfterMs ?? AFTERMATH_MS, firstAckAfterMs ?? AFTERMATH_MS)
        const overMs = healedMs === null ? Infinity : healedMs + leftMs
        return isLocal || toMs < beganMs || fromMs > overMs
      }),
  }
}
