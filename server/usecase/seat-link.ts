import type { Counts, Facts, Gone, Places, Receipt } from '../../shared/protocol/wire.ts'
import type { MemberId } from '../../shared/units.ts'

/** One connected seat as the use cases see it. A socket in production, an array in a test. */
export interface SeatLink {
  readonly memberId: MemberId
  readonly seatNo: number
  readonly frames: 'binary' | 'json'
  isLooking: boolean
  /** The version this seat was told of last; `null` until it has caught up. */
  toldVersion: number | null
  /** Through which version there was nothing more to tell it. */
  checkedVersion: number
  tellFacts(facts: Facts): void
  /** May be dropped when the reader is slow: a newer one follows. */
  tellFrame(frame: Uint8Array): void
  tellPlaces(places: Places): void
  tellReceipt(receipt: Receipt): void
  tellCounts(counts: Counts): void
  /** What it was told may be lost: it compares. */
  tellAgain(): void
  /** Lets the phone go, to come back on another node. */
  letGo(): void
  /** The last thing it hears. */
  tellGone(gone: Gone): void
}
