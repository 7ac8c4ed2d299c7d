/** A lean Socket.IO client (Engine.IO 4, Socket.IO 5, websocket only) of the load generator. */
import type { Traffic } from './system.ts'
import { dialWebSocket } from './web-socket.ts'

const ANSWER_WITHIN_MS = 20_000

export type SocketIoLine = {
  readonly traffic: Traffic
  emit(event: string, body: unknown): void
  /** @throws Error when no answer comes. */
  ask(event: string, body: unknown): Promise<unknown>
  /** A binary message that belongs to no event. */
  raw(message: Uint8Array): void
  close(): void
}

export type SocketIoEvents = {
  readonly onEvent: (event: string, body: unknown) => void
  readonly onRaw?: (message: Buffer) => void
}

/** Resolves when the server has let it in. @throws Error with what it said instead. */
export async function dialSocketIo(
  address: string,
  auth: unknown,
  { onEvent, onRaw }: SocketIoEvents,
): Promise<SocketIoLine> {
  const answers = new Map<number, (body: unknown) => void>()
  let lastId = 0
  let onAdmitted: (refusal?: string) => void = () => undefined
  const admitted = new Promise<void>((resolve, reject) => {
    onAdmitted = (refusal) => (refusal === undefined ? resolve() : reject(new Error(`${address}: ${refusal}`)))
  })

  function read(message: string): void {
    const packet = message.slice(1)
    if (message[0] === '0') line.text(`40${JSON.stringify(auth)}`)
    else if (message[0] === '2') line.text(`3${packet}`)
    else if (message[0] === '4') readPacket(packet)
  }

  function readPacket(packet: string): void {
    if (packet[0] === '2') {
      const [event, body] = JSON.parse(packet.slice(1)) as [string, unknown]
      onEvent(event, body)
    } else if (packet[0] === '3') {
      const from = packet.indexOf('[')
      const id = Number(packet.slice(1, from))
      answers.get(id)?.((JSON.parse(packet.slice(from)) as unknown[])[0])
      answers.delete(id)
    } else if (packet[0] === '0') onAdmitted()
    else if (packet[0] === '4') onAdmitted(packet.slice(1))
  }

  const line = await dialWebSocket(`${address}/socket.io/?EIO=4&transport=websocket`, {
    onMessage: (payload, isText) => (isText ? read(payload.toString()) : onRaw?.(payload)),
    onClose: () => onAdmitted('closed'),
  })
  await admitted
  return {
    traffic: line.traffic,
    emit: (event, body) => line.text(`42${JSON.stringify([event, body])}`),
    ask(event, body) {
      const id = ++lastId
      line.text(`42${id}${JSON.stringify([event, body])}`)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${event} was not answered`)), ANSWER_WITHIN_MS)
        answers.set(id, (answer) => {
          clearTimeout(timer)
          resolve(answer)
        })
      })
    },
    raw: line.binary,
    close: line.close,
  }
}
