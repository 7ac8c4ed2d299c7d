/** What a phone asks over its socket. Each rejects when no answer comes in time. */
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { AskJournal, CatchUp, CatchUpAnswer, Fixes, Journal, Offer, Receipt } from '../../shared/protocol/wire.ts'
import type { SentCommand } from '../../shared/run/commands.ts'
import type { Answer } from './command-outbox.ts'
import type { WireSocket } from './connection.ts'

const ANSWER_MS = 5_000
/** The server gathers copies for a while before it takes one. */
const OFFER_MS = 15_000

type Received = ({ readonly ok: true } & Receipt) | Refusal

/** @param onAnswered is told how long each answer took. */
export function asking(socket: WireSocket, onAnswered: (tookMs: number) => void = () => undefined) {
  async function ask<Said>(event: string, body: unknown, ms = ANSWER_MS): Promise<Said> {
    const askedAtMs = performance.now()
    const said = (await socket.timeout(ms).emitWithAck(event, body)) as Said
    onAnswered(performance.now() - askedAtMs)
    return said
  }
  return {
    command: (sent: SentCommand) => ask<Answer>('command', sent),
    fixes: (some: Fixes) => ask<Received>('fixes', some),
    stored: (streamId: string) => ask<Received>('stored', { streamId }),
    catchUp: (asked: CatchUp) => ask<CatchUpAnswer | Refusal>('catch-up', asked),
    journal: (asked: AskJournal) => ask<Journal | Refusal>('journal', asked),
    look: (isLooking: boolean, everyMs?: number) =>
      ask<{ readonly ok: true } | Refusal>('look', { isLooking, ...(everyMs !== undefined && { everyMs }) }),
    offer: (part: Offer) => ask<{ readonly ok: true } | Refusal>('offer', part, OFFER_MS),
  }
}

/** The answer when it was a yes. */
export async function granted<Said extends { readonly ok: boolean }>(
  said: Promise<Said>,
): Promise<Extract<Said, { readonly ok: true }> | undefined> {
  const answer = await said.catch(() => undefined)
  return answer?.ok ? (answer as Extract<Said, { readonly ok: true }>) : undefined
}
