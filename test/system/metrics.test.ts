import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing } from '../support/world.ts'

async function aFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('[LD4] the metrics say what was taken, sent and left out, on a port of their own', async () => {
  const METRICS_PORT = await aFreePort()
  const world = await aWorld({ METRICS_PORT })
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  await startsSharing(runner)
  runner.addFix({ latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs: runner.nowMs() })
  await until(() => expect(leader.view().places.size).toBe(1))

  const read = async () => {
    const text = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text()
    return Object.fromEntries(text.split('\n').flatMap((line) => (/^serik/.test(line) ? [line.split(' ')] : [])))
  }
  await until(async () =>
    expect(await read()).toMatchObject({
      serik_fixes_taken_total: '1',
      serik_fix_messages_refused_total: '0',
      serik_fixes_dropped_total: '0',
      serik_frames_skipped_total: '0',
      serik_readers_let_go_total: '0',
      serik_load_level: '0',
      serik_connected_seats: '2',
      serik_open_runs: '1',
    }),
  )
  expect(Number((await read()).serik_frames_sent_total)).toBeGreaterThan(0)
  // Its own port says nothing else, and the public one says nothing of it.
  expect((await fetch(`http://127.0.0.1:${METRICS_PORT}/healthz`)).status).toBe(404)
  expect(await (await fetch(`${world.url()}/metrics`)).text()).not.toContain('serik_load_level')
})
