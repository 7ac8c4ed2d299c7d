import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { until } from '../support/until.ts'
import { aWorld } from '../support/world.ts'

type Program = { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<number | null> }

/** The program itself, as a person starts it. */
function aProgram(environment: Record<string, string>): Program {
  const main = resolve(import.meta.dirname, '../../server/main.ts')
  const env = { PATH: process.env.PATH ?? '', PORT: '0', HOST: '127.0.0.1', ...environment }
  const child = spawn(process.execPath, ['--import', 'tsx', main], { env })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => {
      said += part
    })
  return { child, said: () => said, ended: new Promise((done) => child.on('close', done)) }
}

function aDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'serik-test-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

test('[CF3] a wrong value ends the program with its line and 1, and leaves nothing behind', async () => {
  const DATA_DIR = join(aDataDir(), 'never')
  const { said, ended } = aProgram({ DATA_DIR, TIME_SCALE: 'fast' })
  expect(await ended).toBe(1)
  expect(said()).toMatch(/^Serik cannot start: TIME_SCALE=fast is not usable: .*\n$/)
  expect(existsSync(DATA_DIR)).toBe(false)
})

test('[CF5] a second process on the same DATA_DIR ends with a line that says why', async () => {
  const DATA_DIR = aDataDir()
  const world = await aWorld({ DATA_DIR })
  const { said, ended } = aProgram({ DATA_DIR })
  expect(await ended).toBe(1)
  expect(said()).toBe(`Serik cannot start: cannot open the store ${DATA_DIR}/serik.db: another process has it open\n`)
  expect((await fetch(`${world.url()}/healthz`)).status).toBe(200)
})

test('[CF8] the program says where it listens, and SIGTERM ends it in order', async () => {
  const DATA_DIR = aDataDir()
  const { child, said, ended } = aProgram({ DATA_DIR })
  await until(() => expect(said()).toMatch(/On this machine: +http:\/\/localhost:\d+\n/))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await aWorld({ DATA_DIR }) // the store was given up
})
