/** The whole journal of a run, read over a leader's seat. */
import { io } from 'socket.io-client'
import { OUTBOX_VERSION, WIRE_VERSION } from '../../shared/protocol/version.ts'
import type { Fact } from '../../shared/run/events.ts'
import { rest } from './waiting.ts'

const ANSWER_MS = 5_000

/** `undefined` when the node does not hand it out. @throws Error when it does not let the seat in. */
export async function readJournal(url: string, leaderSeat: string): Promise<Fact[] | undefined> {
  const auth = { seat: leaderSeat, wire: WIRE_VERSION, outbox: OUTBOX_VERSION, frames: 'json' }
  const socket = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false })
  try {
    const welcome = new Promise((resolve, reject) => {
      socket.once('welcome', resolve)
      for (const trouble of ['connect_error', 'disconnect']) socket.once(trouble, reject)
    })
    const isLate = await Promise.race([welcome.then(() => false), rest(ANSWER_MS).then(() => true)])
    if (isLate) throw new Error(`${url} says no welcome`)
    const facts: Fact[] = []
    for (;;) {
      const page = await socket.timeout(ANSWER_MS).emitWithAck('journal', { fromVersion: facts.length })
      if (!page?.ok) return undefined
      if (page.facts.length === 0) return facts
      facts.push(...page.facts)
    }
  } finally {
    socket.close()
  }
}
