import type { Counts, Facts, Gone, Places, Receipt, Refused, Rhythm } from '../../shared/protocol/wire.ts'
import type { MemberId } from '../../shared/units.ts'

/** One connected seat as the use cases see it. A socket in production, an array in a test. */
export interface SeatLink {
  readonly memberId: MemberId
  readonly seatNo: number
  readonly frames: 'binary' | 'json'
  isLooking: boolean
  /** How often the phone would like frames, in ms of the server's clock. */
  everyMs: number | undefined
  /** The version this seat was told of last; `null` until it has caught up. */
  toldVersion: number | null
  /** Through which version there was nothing more to tell it. */
  checkedVersion: number
  tellFacts(facts: Facts): void
  /** `false`: the reader is behind and does not get this one. A newer one follows. */
  tellFrame(frame: Uint8Array): boolean
  /** The same in JSON. */
  tellPlaces(places: Places): boolean
  tellRhythm(rhythm: Rhythm): void
  tellReceipt(receipt: Receipt): void
  tellRefused(refused: Refused): void
  tellCounts(counts: Counts): void
  /** What it was told may be lost: it compares. */
  tellAgain(): void
  /** Lets the phone go, to come back on another node. */
  letGo(): void
  /** The last thing it hears. */
  tellGone(gone: Gone): void
}
