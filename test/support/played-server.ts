/** The server's end of a phone's socket, played by a test. */
import type { Dial, WireSocket } from '../../client/net/connection.ts'
import { WIRE_VERSION } from '../../shared/protocol/version.ts'
import type { Welcome } from '../../shared/protocol/wire.ts'
import type { RunId } from '../../shared/units.ts'
import { aidar } from './people.ts'

export type PlayedServer = {
  readonly dial: Dial
  /** What the phone sent without asking for an answer. */
  readonly said: { readonly event: string; readonly body: unknown }[]
  readonly asked: { readonly event: string; readonly body: unknown }[]
  tell(event: string, body: unknown): void
  /** Takes the phone in, its journal empty, at a moment of the server's clock. */
  welcome(nowMs: number, timeScale?: number): void
  hangUp(): void
}

/** @param answerTo the answer to what the phone asks; one of `undefined` never comes. */
export function playedServer(answerTo: (event: string, body: never) => unknown = () => undefined): PlayedServer {
  const said: PlayedServer['said'] = []
  const asked: PlayedServer['asked'] = []
  let listeners = new Map<string, (body: never) => void>()
  let isConnected = false
  const tell = (event: string, body: unknown) => listeners.get(event)?.(body as never)
  const caughtUp = { ok: true, is: 'tail', fromVersion: 0, toVersion: 0, mac: '', facts: [], words: [] }

  const socket: WireSocket = {
    get connected() {
      return isConnected
    },
    on: (event, listener) => listeners.set(event, listener),
    removeAllListeners: () => {
      listeners = new Map()
      return socket as never
    },
    emit: (event, body) => said.push({ event, body }),
    timeout: () => ({
      async emitWithAck(event, body) {
        asked.push({ event, body })
        const answer = event === 'catch-up' ? caughtUp : answerTo(event, body as never)
        return answer ?? new Promise(() => undefined)
      },
    }),
    close: () => undefined,
  }

  return {
    dial: () => socket,
    said,
    asked,
    tell,
    welcome(nowMs, timeScale = 1) {
      isConnected = true
      const runId = 'run_aaaaaaaaaaaa' as RunId
      tell('connect', undefined)
      tell('welcome', { runId, memberId: aidar, wire: WIRE_VERSION, nowMs, timeScale, version: 0 } satisfies Welcome)
    },
    hangUp() {
      isConnected = false
      tell('disconnect', 'transport close')
    },
  }
}
