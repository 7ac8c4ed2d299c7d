/** Socket.IO's client. Apart from the rest, because a phone's buttons work before it is loaded. */
import { io } from 'socket.io-client'
import { Decoder, Encoder } from 'socket.io-parser'
import { rawParser } from '../../shared/protocol/raw-parser.ts'
import type { Dial } from './connection.ts'

const CONNECT_TIMEOUT_MS = 8_000

export const dialSocketIo: Dial = (url, greeting) =>
  io(url, {
    auth: greeting,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_TIMEOUT_MS,
    // Else the default one, which takes a raw message for an error.
    ...(greeting.frames === 'binary' && { parser: rawParser({ Encoder, Decoder }) }),
  })
