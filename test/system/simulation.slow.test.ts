/** Whole runs of simulated and recorded people, started as a user starts them. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { aWorld } from '../support/world.ts'

const root = resolve(import.meta.dirname, '../..')
const recordings = resolve(root, '../shared/data')

function run(script: string, args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: root })
  onTestFinished(() => void child.kill())
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((done) => child.once('close', (code) => done({ code, said })))
}

test('[SI1] a simulated run ends with nothing lost or doubled, also when the server is killed twice', async () => {
  const args = '--scenario river --runners 8 --cyclists 2 --km 4 --speed 60 --seed 7 --kills 2'.split(' ')
  const { code, said } = await run('client/simulate/simulate.ts', args)
  expect(said.match(/kill -9/g)).toHaveLength(2)
  expect(said).toContain('Nothing lost, nothing doubled.')
  expect(code).toBe(0)
})

test('[SI2] phones that die and dead zones cost no fix of those that live', async () => {
  const args = '--scenario ice --runners 12 --cyclists 2 --km 6 --speed 80 --seed 3'.split(' ')
  const { code, said } = await run('client/simulate/simulate.ts', args)
  expect(said).toContain('Nothing lost, nothing doubled.')
  expect(code).toBe(0)
})

test('[SI3] a simulation refuses a server whose clock runs at another speed', async () => {
  const world = await aWorld()
  const args = ['--scenario', 'dawn', '--speed', '20', '--url', world.url()]
  const { code, said } = await run('client/simulate/simulate.ts', args)
  expect(said).toContain("The server's clock runs at TIME_SCALE=1, not at --speed 20: refused.")
  expect(code).toBe(2)
})

test.each([
  ['two friends at dawn', 'dawn', '1'],
  ['a coach with children', 'park-laps', '3'],
])('[SN9] %s are well looked after: %s on %s', async (_who, scenario, nodes) => {
  const args = ['--only', scenario, '--short', '--speed', '80', '--nodes', nodes]
  const { code, said } = await run('client/simulate/scenarios.ts', args)
  expect(said).toContain(`| ${scenario} |`)
  expect(said).not.toContain('MISSED BAR')
  expect(code).toBe(0)
})

test.skipIf(!existsSync(recordings))('[SI4] every fix of five recorded people is in the exported tracks', async () => {
  const { code, said } = await run('client/simulate/replay.ts', [
    `${recordings}/group5_flock_ruck.csv`,
    `${recordings}/track_200m_reps.gpx`,
    '--speed',
    '250',
  ])
  expect(said).toContain('0 lost, 0 doubled')
  expect(code).toBe(0)
})
