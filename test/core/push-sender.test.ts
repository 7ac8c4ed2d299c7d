import { createECDH, randomBytes } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { pushSenderOf } from '../../server/transport/push-sender.ts'
import { sealsFrom } from '../../server/usecase/seals.ts'
import { until } from '../support/until.ts'

const { vapid } = sealsFrom(Buffer.alloc(32, 1))
const options = { ttlMs: 60_000, isUrgent: true, replaces: 'a' }

function subscription(endpoint: string) {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  return { endpoint, p256dh: pair.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') }
}

/** What it writes once it was asked, and how many bytes of it were taken when its line was cut. */
async function aBadService(write: (socket: Socket) => void) {
  const cut: number[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => cut.push(socket.bytesWritten))
    socket.once('data', () => write(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, cut }
}

test('[PU18] who answers a byte at a time is let go in time', async () => {
  const { endpoint, cut } = await aBadService((socket) => {
    socket.write('HTTP/1.1 201 Created\r\nX-Slow: ')
    const timer = setInterval(() => socket.write('a'), 20)
    socket.once('close', () => clearInterval(timer))
  })
  const send = pushSenderOf(vapid, undefined, true, 200)
  await expect(send(subscription(endpoint), '{}', options)).rejects.toThrow('no answer')
  await until(() => expect(cut).toHaveLength(1))
})

test('[PU18] an answer without an end is not read to it', async () => {
  const { endpoint, cut } = await aBadService((socket) => {
    socket.write('HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n')
    const part = `4000\r\n${'a'.repeat(0x4000)}\r\n`
    const more = () => {
      while (!socket.destroyed && socket.write(part)) {}
    }
    socket.on('drain', more)
    more()
  })
  const send = pushSenderOf(vapid, undefined, true)
  expect(await send(subscription(endpoint), '{}', options)).toBe('sent')
  await until(() => expect(cut).toHaveLength(1))
  expect(cut[0]).toBeLessThan(16_000_000) // what the line itself holds is much
})
