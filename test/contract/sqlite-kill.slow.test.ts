import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { openSqliteStore } from '../../server/store/sqlite-store.ts'
import { type Store, StoreAway, type Stored } from '../../server/store/store.ts'
import { addition, batch, entries, memberId, phone, points, runId, word } from '../support/store-samples.ts'

const run = runId(1)
const KILLS = 10
/** As test/support/store-writer.ts does. */
const FIXES_PER_CALL = 200
const FACTS_PER_CALL_MAX = 3
const TIMEOUT_MS = 120_000

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'serik-kill-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function aWriter(file: string): ChildProcess {
  const script = new URL('../support/store-writer.ts', import.meta.url).pathname
  const writer = spawn(process.execPath, ['--import', 'tsx', script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void writer.kill('SIGKILL'))
  return writer
}

/** The newest version and key that a writer called stored, when it was killed at its `lines`-th line. */
async function killedAt(writer: ChildProcess, lines: number): Promise<{ facts: number; fixes: number }> {
  const said = { facts: 0, fixes: 0, open: 0 }
  let count = 0
  if (!writer.stdout) throw new Error('no stdout')
  for await (const line of createInterface(writer.stdout)) {
    if (++count === lines) writer.kill('SIGKILL')
    // Later lines count as well: they were written before the signal took effect.
    const whole = /^(facts|fixes) (\d+)$/.exec(line)
    if (whole) said[whole[1] as 'facts' | 'fixes'] = Number(whole[2])
  }
  expect(count, 'the writer ended before it was killed').toBeGreaterThanOrEqual(lines)
  return said
}

async function expectNothingHalfDone(store: Store): Promise<{ facts: number; fixes: number }> {
  const journal = await store.read(run, 0, 1_000_000)
  const facts = journal.length
  expect(journal.map(({ fact }) => fact)).toEqual(entries(1, facts).map(({ fact }) => fact))
  expect(journal.at(-1)?.mac ?? 'through 0').toBe(`through ${facts}`)
  const words = new Map((await store.readWords(run)).map(({ key, text }) => [key, text]))
  expect(words).toEqual(new Map(journal.map(({ fact, mac }) => [`message:${fact.version}`, mac])))
  expect(await store.dueRuns(facts - 1, 1)).toEqual([])
  expect(await store.dueRuns(facts, 1)).toEqual(facts > 0 ? [run] : [])

  const fixes = (await store.readTrack(run, memberId(1))).length
  const calls = fixes / FIXES_PER_CALL
  expect(Number.isInteger(calls)).toBe(true)
  const stored = { ranges: calls > 0 ? [[1, fixes]] : [], keptCount: fixes, aside: calls > 0 ? { nowhere: calls } : {} }
  for (const member of [1, 2].map(memberId)) {
    const track = await store.readTrack(run, member)
    expect(track).toEqual(points(1, fixes).map((point) => ({ source: phone, ...point })))
    expect(await store.stored(run, member, phone)).toEqual(stored)
    expect((await store.newestFixes(run)).get(member)).toEqual(track.at(-1)?.fix)
  }
  return { facts, fixes }
}

test(
  '[ST3] [ST10] whatever was answered is there after kill -9, and nothing is half done',
  async () => {
    const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
    console.info(`SEED=${seed}`)
    let random = seed
    const below = (limit: number) => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
      return (random >>> 8) % limit
    }
    const file = join(aFolder(), 'serik.db')
    let before = { facts: 0, fixes: 0 }
    for (let kill = 0; kill < KILLS; kill++) {
      const said = await killedAt(aWriter(file), 1 + below(kill % 2 === 0 ? 10 : 100))
      const store = openSqliteStore(file)
      onTestFinished(() => store.close())
      const found = await expectNothingHalfDone(store)
      const atLeast = { facts: said.facts || before.facts, fixes: said.fixes || before.fixes }
      expect(found.facts).toBeGreaterThanOrEqual(atLeast.facts)
      expect(found.fixes).toBeGreaterThanOrEqual(atLeast.fixes)
      // One call may have been stored whose answer was never said.
      expect(found.facts).toBeLessThanOrEqual(atLeast.facts + FACTS_PER_CALL_MAX)
      expect(found.fixes).toBeLessThanOrEqual(atLeast.fixes + FIXES_PER_CALL)
      before = found
      await store.close()
    }
  },
  TIMEOUT_MS,
)

test(
  '[SQ2] a file that another process has open is refused, does not suffer, and opens at once when that is killed',
  async () => {
    const file = join(aFolder(), 'serik.db')
    const writer = aWriter(file)
    const closed = once(writer, 'close')
    if (!writer.stdout) throw new Error('no stdout')
    const lines = createInterface(writer.stdout)[Symbol.asyncIterator]()
    await lines.next()
    expect(() => openSqliteStore(file)).toThrow('another process has it open')
    for (let line = 0; line < 20; line++) expect((await lines.next()).done).toBe(false)

    writer.stdout.resume()
    writer.kill('SIGKILL')
    await closed
    const startedMs = performance.now()
    const store = openSqliteStore(file)
    onTestFinished(() => store.close())
    expect(performance.now() - startedMs).toBeLessThan(1_000)
    const found = await expectNothingHalfDone(store)
    expect(found.facts).toBeGreaterThan(0)
  },
  TIMEOUT_MS,
)

/** A disk of two megabytes, which only root may have. */
function aSmallDisk(): string | undefined {
  const folder = join(mkdtempSync(join(tmpdir(), 'serik-disk-')), 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'serik', folder], { stdio: 'ignore' })
  } catch {
    return undefined // not root, or a container that may not mount
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder])
    rmSync(join(folder, '..'), { recursive: true })
  })
  return folder
}

test('[ST17] on a disk that is really full calls reject, and succeed when there is room again', async (context) => {
  const folder = aSmallDisk()
  if (folder === undefined)
    return context.skip('mounting a small disk needs root; [SQ7] fills a file by its page count')
  const store = openSqliteStore(join(folder, 'serik.db'))
  onTestFinished(() => store.close())
  await store.append(run, 0, addition({ entries: entries(1, 2), words: [word('title', 'Sunday')] }))
  await store.putFixes([batch({ points: points(1, 25) })])
  const ballast = join(folder, 'ballast')
  try {
    writeFileSync(ballast, Buffer.alloc(4_000_000))
  } catch {
    // That is the point: it has taken all there was.
  }

  const words = Array.from({ length: 500 }, (_, index) => word(`message:${index}`, 'x'.repeat(280)))
  await expect(store.append(run, 2, addition({ entries: entries(3, 4), words }))).rejects.toThrow(StoreAway)
  await expect(store.putFixes([batch({ points: points(26, 1_000) })])).rejects.toThrow(StoreAway)
  expect(await store.read(run, 0, 10)).toEqual(entries(1, 2))
  expect(await store.readWords(run)).toHaveLength(1)
  expect(await store.readTrack(run, memberId(1))).toHaveLength(25)

  rmSync(ballast)
  expect(await store.append(run, 2, addition({ entries: entries(3, 4), words }))).toBe('appended')
  const [receipt] = await store.putFixes([batch({ points: points(26, 1_000) })])
  expect((receipt as Stored).ranges).toEqual([[1, 1_000]])
  await store.close()
  const again = openSqliteStore(join(folder, 'serik.db'))
  onTestFinished(() => again.close())
  expect(await again.read(run, 0, 10)).toEqual(entries(1, 4))
  expect(await again.readTrack(run, memberId(1))).toHaveLength(1_000)
})
