/** Socket.IO's client. Apart from the rest, because a phone's buttons work before it is loaded. */
import { io } from 'socket.io-client'
import { Decoder, Encoder } from 'socket.io-parser'
import { rawParser } from '../../shared/protocol/raw-parser.ts'
import type { Dial } from './connection.ts'
import { frameBytes } from './traffic.ts'

const CONNECT_TIMEOUT_MS = 8_000

export const dialSocketIo: Dial = (url, greeting, count) => {
  const socket = io(url, {
    auth: greeting,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_TIMEOUT_MS,
    // Else the default one, which takes a raw message for an error.
    ...(greeting.frames === 'binary' && { parser: rawParser({ Encoder, Decoder }) }),
  })
  if (count)
    socket.io.on('open', () => {
      const { engine } = socket.io
      engine.on('packet', ({ data }) => count(0, frameBytes(data, false)))
      engine.on('packetCreate', ({ data }) => count(frameBytes(data, true), 0))
    })
  return socket
}
