import type { RunId } from '../../shared/units.ts'
import type { BusListener } from './bus.ts'

/** Who listens to which run on one node. */
export function runListeners() {
  const byRun = new Map<RunId, Set<BusListener>>()
  return {
    runIds: (): readonly RunId[] => [...byRun.keys()],
    has: (runId: RunId): boolean => byRun.has(runId),
    /** Returns what takes it away again, and is told whether it was the run's last. */
    add(runId: RunId, { onMessage, onDoubt }: BusListener, onLast?: () => void): () => void {
      const listener = { onMessage, onDoubt }
      const listeners = byRun.get(runId) ?? new Set()
      byRun.set(runId, listeners.add(listener))
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0 || byRun.get(runId) !== listeners) return
        byRun.delete(runId)
        onLast?.()
      }
    },
    tell(runId: RunId, message: Uint8Array): void {
      for (const { onMessage } of [...(byRun.get(runId) ?? [])]) onMessage(message)
    },
    doubt(runId: RunId): void {
      for (const { onDoubt } of [...(byRun.get(runId) ?? [])]) onDoubt()
    },
    clear: (): void => byRun.clear(),
  }
}
