/** Each named scenario of `npm run faults`, short, started as a user starts it. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const seed = process.env.SEED ?? String(1 + Math.floor(Math.random() * 1e6))
console.info(`SEED=${seed}`)

/** What it said, once it ended well; a failure shows all of it, with the seed. */
async function faults(args: string): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/faults/faults.ts', ...args.split(' '), '--seed', seed],
    {
      cwd: root,
    },
  )
  onTestFinished(() => void child.kill('SIGINT'))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const code = await new Promise((done) => child.once('close', done))
  expect(code, `npm run faults -- ${args} --seed ${seed}\n${said}`).toBe(0)
  return said
}

const FEW = '--phones 20 --minutes 1'

test('[G1] [G2] [G3] [G4] [G6] a minute of mixed faults breaks no promise', async () => {
  expect(await faults('--scenario mixed --phones 40 --minutes 0.8 --requests 60')).toContain(
    'Nothing lost, nothing doubled',
  )
})

test('[G4] the phones of a killed node are soon synced on another', async () => {
  expect(await faults(`--scenario node-killed --times 3 ${FEW}`)).toContain('p99')
})

test('[G1] the first acknowledgement comes soon after Redis is back, and nothing answered before is gone', async () => {
  await faults(`--scenario redis-restarted --times 2 ${FEW} --redis single`)
})

test('[G1] a Redis that swallows everything is noticed', async () => {
  await faults(`--scenario redis-black-hole --times 1 ${FEW}`)
})

test('[G1] [G3] what FLUSHALL deletes is rebuilt', async () => {
  expect(await faults(`--scenario wiped ${FEW} --redis cluster`)).toContain('0 of')
})

test('[G1] [G3] what a restore lacks is rebuilt', async () => {
  expect(await faults(`--scenario restored-older ${FEW}`)).toContain('0 of')
})

test('[G6] after the loss of everything a forged journal is refused, and whoever was out stays out', async () => {
  expect(await faults(`--scenario all-restarted-empty ${FEW}`)).toContain('Forged journals refused: 5 of 5')
})

test('[G3] the river run is on three nodes behind Caddy with HTTPS what it is on one', async () => {
  expect(await faults('--scenario river-on-three --km 5')).toContain('Nothing lost, nothing doubled')
})
