/**
 * Wishes on their way. Each is kept, in order, until the server has answered it, and is sent again with
 * the same id as often as it takes.
 */
import { type Refusal, refusals } from '../../shared/protocol/errors.ts'
import { OUTBOX_VERSION } from '../../shared/protocol/version.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { Command, SentCommand } from '../../shared/run/commands.ts'
import type { CommandId } from '../../shared/units.ts'
import { newId } from './new-id.ts'
import type { PhoneStorage } from './phone-storage.ts'

const RETRY_MS = 1_000
const KEY = 'command/'

export type Answer = Accepted | Refusal
/** Rejects when no answer came. */
export type Transmit = (sent: SentCommand) => Promise<Answer>

export type CommandOutbox = {
  /** Reads what an earlier page or process left. */
  load(): Promise<void>
  send(command: Command): Promise<Answer>
  waiting(): readonly SentCommand[]
  /** A way to the server has opened. */
  open(transmit: Transmit): void
  shut(): void
  /** The seat is over: whoever waits is told so, and what is stored stays for the one who looks. */
  refuseAll(refusal: Refusal): void
}

export function commandOutbox(storage: PhoneStorage, onChange: () => void): CommandOutbox {
  type Kept = { readonly key: string; readonly sent: SentCommand; readonly resolve: (answer: Answer) => void }
  let kept: Kept[] = []
  let transmit: Transmit | undefined
  let isPumping = false
  let over: Refusal | undefined
  let order = 0

  async function pump(): Promise<void> {
    if (isPumping) return
    isPumping = true
    while (transmit && kept[0]) {
      const first = kept[0]
      const answer = await transmit(first.sent).catch(() => undefined)
      if (answer === undefined) {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
        continue // unanswered is not refused: the same again, on this way or the next
      }
      if (!answer.ok && refusals[answer.code]?.phoneShould === 'retry') {
        await new Promise((resolve) => setTimeout(resolve, answer.retryAfterMs ?? RETRY_MS))
        continue
      }
      kept = kept.filter((each) => each !== first)
      void storage.delete(first.key).catch(() => undefined) // sent twice is harmless
      onChange()
      first.resolve(answer)
    }
    isPumping = false
  }

  return {
    async load() {
      const keys = (await storage.keys()).filter((key) => key.startsWith(KEY)).sort()
      const old: Kept[] = []
      for (const key of keys) {
        const stored = (await storage.get(key)) as { v: number; sent: SentCommand } | undefined
        if (stored?.v === OUTBOX_VERSION) old.push({ key, sent: stored.sent, resolve: () => undefined })
        order = Math.max(order, Number(key.slice(KEY.length)) + 1)
      }
      kept = [...old, ...kept]
      onChange()
      void pump()
    },
    send(command) {
      if (over) return Promise.resolve(over)
      const sent = { commandId: newId<CommandId>('cmd'), command }
      return new Promise((resolve) => {
        // Wide and sortable as text; the clock keeps a reload from reusing numbers that are not loaded yet.
        const key = `${KEY}${String(Date.now() * 1_000 + (order++ % 1_000)).padStart(17, '0')}`
        kept = [...kept, { key, sent, resolve }]
        void storage.set(key, { v: OUTBOX_VERSION, sent }).catch(() => undefined) // then it lives as long as the page
        onChange()
        void pump()
      })
    },
    waiting: () => kept.map(({ sent }) => sent),
    open(way) {
      transmit = way
      void pump()
    },
    shut() {
      transmit = undefined
    },
    refuseAll(refusal) {
      transmit = undefined
      over = refusal
      for (const { resolve } of kept) resolve(refusal)
    },
  }
}
