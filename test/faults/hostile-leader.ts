/** Somebody with a leader's seat who offers nodes that lost a run a journal that never was. */
import type { Offer } from '../../shared/protocol/wire.ts'
import type { Fact } from '../../shared/run/events.ts'
import { type WholeJournal, withSocket } from './journal.ts'
import type { Told } from './plot.ts'

const ANSWER_MS = 10_000
/** More is sent in parts; for a forgery one is enough. */
const OFFERED_FACTS = 500

/** Every forgery must be refused, and the run stay lost. */
export async function offerForgeries(url: string, leaderSeat: string, journal: WholeJournal): Promise<Told> {
  const wrong: string[] = []
  const forgeries = forged(journal)
  for (const [name, offer] of Object.entries(forgeries)) {
    const answer = await withSocket(url, leaderSeat, 'lost', (socket) =>
      socket.timeout(ANSWER_MS).emitWithAck('offer', offer),
    ).catch((fault: unknown) => String(fault))
    if (answer?.ok !== false || answer.field !== 'mac')
      wrong.push(`a forged journal was not refused: ${name}: ${JSON.stringify(answer)}`)
  }
  return {
    lines: [
      `Forged journals refused: ${Object.keys(forgeries).length - wrong.length} of ${Object.keys(forgeries).length}`,
    ],
    wrong,
  }
}

function forged({ facts, mac }: WholeJournal): Record<string, Offer> {
  const some = facts.slice(0, OFFERED_FACTS)
  const offer = (of: readonly Fact[], link = mac): Offer => ({ facts: [...of], mac: link, words: [], isLast: true })
  return {
    'the right facts with no link': offer(some, ''),
    'the right facts with a link made up': offer(some, 'A'.repeat(mac.length)),
    'a fact less': offer(some.slice(0, -1)),
    'a fact changed': offer(some.map((fact, i) => (i === some.length - 1 ? { ...fact, atMs: fact.atMs + 1 } : fact))),
    'nobody was ever removed': offer(some.filter(({ event }) => event.type !== 'member-removed')),
  }
}
