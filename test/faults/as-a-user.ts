/** `npm run faults` as a test starts it: another process, which is ended with the test. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, onTestFinished } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const seed = process.env.SEED ?? String(1 + Math.floor(Math.random() * 1e6))
console.info(`SEED=${seed}`)

/** What it said, once it ended well; a failure shows all of it, with the seed. */
export async function faults(args: string): Promise<string> {
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
