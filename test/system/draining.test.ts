import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { aRun, aWorld } from '../support/world.ts'

test('[CF9] a server closes although connections stay open that say nothing, and opens again on its data', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const port = Number(new URL(world.url()).port)
  const [idle, halfSent] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
  onTestFinished(() => {
    idle.destroy()
    halfSent.destroy()
  })
  await Promise.all([once(idle, 'connect'), once(halfSent, 'connect')])
  halfSent.write('POST /api/runs HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{')
  const ended = Promise.all([idle, halfSent].map(closed))
  await world.restart()
  await ended
  const about = await fetch(`${world.url()}/api/route`, { headers: { authorization: `Bearer ${planned.seat}` } })
  expect(about.status).toBe(404) // the run is there, and has no route
})

/** However it is closed: politely or by a reset. */
const closed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
  })
