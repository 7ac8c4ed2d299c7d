import type { Fix } from '../../shared/geo/fix.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { RunView } from '../state/run-view.ts'
import type { PhoneStorage } from './phone-storage.ts'
import type { Traffic } from './traffic.ts'

export type PhoneOptions = {
  /** Addresses of the same Serik, tried in turn: `https://run.example`. */
  readonly urls: readonly string[]
  readonly seat: string
  /** One storage a seat: two phones must not share it. */
  readonly storage: PhoneStorage
  readonly frames?: 'binary' | 'json'
  /** Whether somebody looks at the places from the start; see `look`. */
  readonly isLooking?: boolean
  /** Keeps the run as it was last known, to be shown before there is a network again, and how much was sent. */
  readonly keepsView?: boolean
}

/** One member's end of the wire: a browser, a test and a simulated runner use the same. */
export interface Phone {
  view(): RunView
  /** Calls `listener` after each change of the view. Returns what stops it. */
  subscribe(listener: (view: RunView) => void): () => void

  /**
   * Sends a wish and keeps it, also over a reload, until the server has answered: then it resolves with the
   * answer. Offline it waits; `view().waitingCommands` shows it.
   */
  send(command: Command): Promise<Accepted | Refusal>
  /** Kept until the server has stored it. `takenAtMs` in the server's clock: see `nowMs`. */
  addFix(fix: Fix): void
  /** Resolves when every fix added so far is stored by the server. */
  allFixesStored(): Promise<void>

  /** Resolves once what an earlier page has left is read and shown, or cannot be. */
  whenRead(): Promise<void>

  /** The server's clock as this phone knows it, by a monotonic clock anchored at each welcome. */
  nowMs(): number
  /**
   * When to take the next fix, by `nowMs`, after one that is taken now: so late that it is fresh when it leaves. For whoever can
   * locate at will.
   */
  nextFixAtMs(): number
  /** A dark screen needs no places; `everyMs`, by `nowMs`, for who wants them at another rhythm than the server's. */
  look(isLooking: boolean, everyMs?: number): void
  /** What this run has cost so far, in bytes. */
  traffic(): Traffic
  close(): Promise<void>
}
