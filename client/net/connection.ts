/**
 * One way to the server at a time, over a list of its addresses. Comes back by itself, with jitter, so
 * that a club of phones does not come back all at once.
 */
import type { Socket } from 'socket.io-client'
import type { Refusal, RefusalCode } from '../../shared/protocol/errors.ts'
import type { Greeting } from '../../shared/protocol/wire.ts'
import type { Counting } from './traffic.ts'

const FIRST_DELAY_MS = 150
const LONGEST_DELAY_MS = 5_000

export type Connection = { close(): void }

/** What the SDK needs of a socket: Socket.IO's, or a model of it. */
export type WireSocket = Pick<Socket, 'connected' | 'removeAllListeners'> & {
  on(event: string, listener: (body: never) => void): unknown
  emit(event: string, body: unknown): unknown
  timeout(ms: number): { emitWithAck(event: string, body: unknown): Promise<unknown> }
  close(): unknown
}

/** Begins to connect. The socket says `connect`, `connect_error` or `disconnect`. */
export type Dial = (url: string, greeting: Greeting, count?: Counting) => WireSocket

export type ConnectionEvents = {
  readonly onSocket: (socket: WireSocket) => void
  readonly onLost: () => void
  readonly onTraffic?: Counting
  /** The server does not want this seat; nothing is tried again. */
  readonly onRefused: (code: RefusalCode) => void
}

/** @param dialling what dials; its code may have to come first, and is asked for again when it does not. */
export function keepConnected(
  urls: readonly string[],
  greeting: Greeting,
  events: ConnectionEvents,
  dialling: () => Dial | Promise<Dial>,
): Connection {
  let attempt = 0
  let urlNo = 0
  let socket: WireSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  function connect(): void {
    const dial = dialling()
    if (typeof dial === 'function') connectBy(dial)
    else
      dial.then(
        (here) => {
          if (!isClosed) connectBy(here)
        },
        () => {
          events.onLost()
          again()
        },
      )
  }

  function connectBy(dial: Dial): void {
    const url = urls[urlNo % urls.length] ?? ''
    socket = dial(url, greeting, events.onTraffic)
    // All handlers at once, before anything can arrive.
    events.onSocket(socket)
    socket.on('connect', () => {
      attempt = 0
    })
    socket.on('disconnect', () => {
      events.onLost()
      again()
    })
    socket.on('connect_error', (error: Error & { data?: Refusal }) => {
      const code = error.data?.code
      if (code === 'not-a-member' || code === 'protocol-too-old' || code === 'malformed') {
        isClosed = true
        events.onRefused(code)
      } else {
        events.onLost()
        again()
      }
    })
  }

  function again(): void {
    socket?.removeAllListeners()
    socket?.close()
    if (isClosed) return
    clearTimeout(timer)
    urlNo++ // whoever let this phone go, or does not answer, may be gone for a while
    const longestMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt++)
    timer = setTimeout(connect, longestMs / 2 + (Math.random() * longestMs) / 2)
  }

  connect()
  return {
    close() {
      isClosed = true
      clearTimeout(timer)
      socket?.removeAllListeners()
      socket?.close()
    },
  }
}
