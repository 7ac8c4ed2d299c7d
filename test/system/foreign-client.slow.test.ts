import { spawn, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing, wish } from '../support/world.ts'

/** Debian's own first: its packages are not seen by another Python. */
const python = ['/usr/bin/python3', 'python3'].find(
  (each) => spawnSync(each, ['-c', 'import requests, socketio, websocket']).status === 0,
)

test('[WI5] a client in Python, written against docs/WIRE.md, takes part', async ({ skip }) => {
  if (!python) return skip('python3-socketio, python3-requests and python3-websocket are not installed')
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const cyclist = await aPhone(world, await aSeat(world, planned.invites.cyclist, 'Dana'))
  await aSeat(world, planned.invites.cyclist, 'Timur') // with two of them a request must be claimed
  await wish(leader, { type: 'start-run' })
  await startsSharing(cyclist)
  cyclist.addFix({ latitudeDeg: 51.13, longitudeDeg: 71.44, takenAtMs: cyclist.nowMs(), accuracyM: 5 })
  await cyclist.allFixesStored()

  const script = resolve(import.meta.dirname, '../../docs/examples/join_and_ask.py')
  const child = spawn(python, [script, world.url(), `${world.url()}/j#${planned.invites.runner}`, 'Аружан'], {
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => {
      said += part
    })
  const ended = new Promise<number | null>((done) => child.on('close', done))

  const opened = () => [...cyclist.view().run.requests.values()].find(({ status }) => status === 'open')
  await until(() => expect([said, opened()]).toEqual([expect.stringContaining('Dana 51.13'), expect.anything()]))
  const request = opened()
  if (!request) throw new Error('no request')
  expect(request).toMatchObject({ kind: 'water', quantity: 1 })
  expect(cyclist.view().words.get(`name:${request.runnerId}`)?.text).toBe('Аружан')
  await until(() => expect(cyclist.view().places.get(request.runnerId)).toMatchObject({ latitudeDeg: 51.128 }))
  await wish(cyclist, { type: 'claim-request', requestId: request.requestId })

  expect([await ended, said]).toEqual([0, expect.stringContaining('stored: [[1, 1]]')])
  expect(said).toContain('claimed by Dana')
})

test('[WI6] the client in Python says why it is not let in', async ({ skip }) => {
  if (!python) return skip('python3-socketio, python3-requests and python3-websocket are not installed')
  const world = await aWorld()
  const script = resolve(import.meta.dirname, '../../docs/examples/join_and_ask.py')
  const child = spawn(python, [script, world.url(), 'no-invite'])
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', (part) => {
    said += part
  })
  const code = await new Promise((done) => child.on('close', done))
  expect([code, said]).toEqual([1, expect.stringContaining('not let in: not-a-member')])
})
