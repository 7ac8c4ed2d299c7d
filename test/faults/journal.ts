/** The whole journal of a run, read over a leader's seat the way anybody's client would. */
import { io, type Socket } from 'socket.io-client'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { OUTBOX_VERSION, WIRE_VERSION } from '../../shared/protocol/version.ts'
import type { Journal } from '../../shared/protocol/wire.ts'
import { rest } from './waiting.ts'

const ANSWER_MS = 5_000

/** All facts, and the link of the last. */
export type WholeJournal = Pick<Journal, 'facts' | 'mac'>

/** @throws Error when the node does not let the seat in, or does not hand it out. */
export const readJournal = (url: string, leaderSeat: string): Promise<WholeJournal> =>
  withSocket(url, leaderSeat, 'welcome', async (socket) => {
    const facts: Journal['facts'] = []
    let mac = ''
    for (;;) {
      const asked = { fromVersion: facts.length, mac }
      const page: Journal | Refusal = await socket.timeout(ANSWER_MS).emitWithAck('journal', asked)
      if (!page.ok) throw new Error(`${url} does not hand out the journal: ${JSON.stringify(page)}`)
      if (page.isFork) throw new Error(`${url} handed out two journals`)
      if (page.facts.length === 0) return { facts, mac }
      facts.push(...page.facts)
      mac = page.mac
    }
  })

/** @param greeted what the node says first. @throws Error when it says something else, or nothing. */
export async function withSocket<T>(
  url: string,
  seat: string,
  greeted: 'welcome' | 'lost',
  work: (socket: Socket) => Promise<T>,
): Promise<T> {
  const auth = { seat, wire: WIRE_VERSION, outbox: OUTBOX_VERSION, frames: 'json' }
  const socket = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false })
  try {
    const welcome = new Promise((resolve, reject) => {
      socket.once(greeted, resolve)
      for (const trouble of ['connect_error', 'disconnect'])
        socket.once(trouble, (why: unknown) => reject(new Error(`${url}: ${trouble} ${why}`)))
    })
    const isLate = await Promise.race([welcome.then(() => false), rest(ANSWER_MS).then(() => true)])
    if (isLate) throw new Error(`${url} does not say ${greeted}`)
    return await work(socket)
  } finally {
    socket.close()
  }
}
