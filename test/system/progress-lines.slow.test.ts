import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'

const points = Array.from({ length: 40 }, (_, step) => [51.1 + step * 0.0005, 71.4])

async function progressOn(route: string) {
  const folder = await mkdtemp(join(tmpdir(), 'serik-progress-'))
  const path = join(folder, 'route.json')
  await writeFile(path, route)
  const child = spawn(process.execPath, ['--import', 'tsx', 'client/simulate/progress.ts', path])
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += chunk))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    child.kill()
    await ended
    await rm(folder, { recursive: true })
  })
  return {
    async ask(line: unknown) {
      child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
      return JSON.parse((await lines.next()).value ?? '{}')
    },
    close() {
      child.stdin.end()
      return ended
    },
    ended,
    errors: () => errors,
  }
}

test('[PG17] a line out for each line in before the next is read, ticks and lines that cannot be read included', async () => {
  const progress = await progressOn(JSON.stringify({ points }))
  for (let t = 0; t <= 300; t += 5) {
    const answer = await progress.ask({ t, lat: 51.1 + (t * 3) / 111_260, lon: 71.4, acc: 6 })
    expect(answer).toMatchObject({ t, off: false })
    expect(Math.abs(answer.s - 3 * t)).toBeLessThan(30)
  }
  expect((await progress.ask({ t: 330, tick: true })).s).toBeCloseTo(990, -2)
  expect(await progress.ask('nonsense')).toMatchObject({ t: null, s: null, error: expect.stringContaining('line 63') })
  expect(await progress.ask('{"t":331,"lat":51.108926,"lon":71.4,"acc":NaN}')).toMatchObject({ t: 331, off: false })
  expect((await progress.ask({ t: 332, lat: 91, lon: 71 })).error).toMatch(/^line 65: lat/)
  expect((await progress.ask({ t: 340, tick: true })).s).toBeCloseTo(1_020, -2)
  expect(await progress.close()).toBe(1)
})

test('[PG17] a route that is none is refused with its path', async () => {
  const progress = await progressOn('{"points":[[51,71]]}')
  expect(await progress.ended).toBe(2)
  expect(progress.errors()).toContain('route.json')
})
