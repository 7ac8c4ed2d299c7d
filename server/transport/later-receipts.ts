import type { Receipt } from '../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../shared/units.ts'

/** A receipt of single fixes goes out at most this often, per seat. */
const RECEIPT_EVERY_MS = 10 * SECOND_MS

/** Receipts of single fixes are cumulative: the last one of a while says it all. */
export function laterReceipts(tell: (receipt: Receipt) => void) {
  let dueMs = 0
  let timer: NodeJS.Timeout | undefined
  let unsent: Receipt | undefined
  return {
    put(receipt: Receipt) {
      unsent = receipt
      timer ??= setTimeout(
        () => {
          timer = undefined
          dueMs = performance.now() + RECEIPT_EVERY_MS
          if (unsent) tell(unsent)
          unsent = undefined
        },
        Math.max(0, dueMs - performance.now()),
      )
    },
    /** What it vouches for may be lost. */
    forget() {
      unsent = undefined
    },
    stop: () => clearTimeout(timer),
  }
}
