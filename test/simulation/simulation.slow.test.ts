import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Found } from './find-planted-bugs.ts'
import { plantedBugs } from './planted-bugs.ts'

/** Virtual time stands behind the globals of a process, so each run has one of its own. */
async function run(script: string, ...args: string[]): Promise<string> {
  const path = join(import.meta.dirname, script)
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path, ...args]).catch(
    (failed: { stdout: string }) => failed,
  )
  return stdout
}

test('[SD1] whatever fails and heals in a simulated world, the promises hold', async () => {
  expect(await run('simulate-seeds.ts', '--seeds', '1..250')).toMatch(/^250 seeds, .* seeds\/s\n$/)
})

test('[SD2] a seed is one history, whatever ran before it', async () => {
  const [inARow, alone] = await Promise.all([
    run('simulate-seeds.ts', '--seeds', '5..8', '--digest'),
    run('simulate-seeds.ts', '--seeds', '8..8', '--digest'),
  ])
  expect(alone).toMatch(/^8 [0-9a-f]{64}\n$/)
  expect(inARow.split('\n').at(-2)).toBe(alone.trim())
})

test('[SD3] the simulation finds each bug that is planted', async () => {
  const parts = await Promise.all(['0/2', '1/2'].map((part) => run('find-planted-bugs.ts', '--json', '--part', part)))
  const lines = parts.flatMap((part) => part.trim().split('\n'))
  const found = lines.map((line) => JSON.parse(line) as Found)
  expect(found).toHaveLength(plantedBugs.length)
  expect(found.filter(({ seed }) => seed === undefined)).toEqual([])
})
