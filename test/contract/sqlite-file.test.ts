import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { DatabaseSync } from '@photostructure/sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { closeDatabase, openDatabase } from '../../server/store/sqlite-database.ts'
import { migrations } from '../../server/store/sqlite-schema.ts'
import { openSqliteStore, storeIn } from '../../server/store/sqlite-store.ts'
import { type Store, StoreAway, type Stored } from '../../server/store/store.ts'
import type { ClubId, InviteId } from '../../shared/units.ts'
import {
  addition,
  batch,
  entries,
  memberId,
  type Point,
  phone,
  point,
  points,
  routeId,
  runId,
  tracker,
  trackerId,
  word,
} from '../support/store-samples.ts'

const run = runId(1)

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'serik-sqlite-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function opened(file: string): Store {
  const store = openSqliteStore(file)
  onTestFinished(() => store.close())
  return store
}

/** How many rows each table has, of those that have any. */
function rowCounts(file: string): Record<string, number> {
  const db = openDatabase(file)
  const names: { name: string }[] = db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`)
    .all()
  const counts = names.map(({ name }) => [name, db.prepare(`SELECT count(*) AS count FROM ${name}`).get().count])
  closeDatabase(db)
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

/** A run with something in every table, and 12,000 fixes. */
async function fillRun(store: Store, id = run): Promise<void> {
  const attach = [{ trackerId: trackerId(1), memberId: memberId(1) }]
  const words = [word('name:1', 'Aigerim-the-unforgettable', memberId(1)), word('title', 'Sunday-by-the-river')]
  await store.append(id, 0, addition({ entries: entries(1, 3), words, wakeAtMs: 1, attach, erase: [memberId(9)] }))
  await store.putRoute(id, routeId(1), '["route-along-the-river"]')
  const [clubId, inviteId] = ['clb_000000000001' as ClubId, 'inv_000000000001' as InviteId]
  await store.putClubRun(clubId, { runId: id, inviteId, plannedStartMs: 1 })
  for (const member of [1, 2, 3])
    await store.putFixes([batch({ runId: id, memberId: memberId(member), points: points(1, 4_000) })])
}

test('[SQ1] a file of a newer program, of another program, or of none is refused by name and left as it was', async () => {
  const folder = aFolder()
  const [newer, foreign, none] = ['newer', 'foreign', 'none'].map((name) => join(folder, `${name}.db`)) as [
    string,
    string,
    string,
  ]
  await openSqliteStore(newer).close()
  for (const [file, sql] of [
    [newer, 'PRAGMA user_version = 99'],
    [foreign, 'CREATE TABLE song (name)'],
  ] as const) {
    const db = new DatabaseSync(file)
    db.exec(sql)
    db.close()
  }
  writeFileSync(
    none,
    'a shopping list, for instance, that is quite long enough to be taken for a header of a hundred bytes....',
  )

  for (const [file, reason] of [
    [newer, 'schema is version 99'],
    [foreign, 'another program'],
    [none, 'not a database'],
  ] as const) {
    const before = readFileSync(file)
    expect(() => openSqliteStore(file)).toThrow(`cannot open the store ${file}`)
    expect(() => openSqliteStore(file)).toThrow(reason)
    expect(readFileSync(file).equals(before)).toBe(true)
  }
})

test('[SQ2] a file is open once, and again after it is closed', async () => {
  const file = join(aFolder(), 'serik.db')
  const store = opened(file)
  await fillRun(store)
  expect(() => openSqliteStore(file)).toThrow('another process has it open')
  expect(await store.append(run, 3, addition({ entries: entries(4, 4) }))).toBe('appended')
  await store.close()
  expect(await opened(file).read(run, 0, 10)).toEqual(entries(1, 4))
})

test('[SQ3] a file is readable by its owner alone, and once closed is whole without others beside it', async () => {
  const folder = aFolder()
  const store = opened(join(folder, 'serik.db'))
  await fillRun(store)
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  await store.close()
  expect(readdirSync(folder)).toEqual(['serik.db'])
})

test('[SQ4] after an erasure or a forgotten run no byte of it is left in any file', async () => {
  const folder = aFolder()
  const store = opened(join(folder, 'serik.db'))
  const words = [
    'unforgettable',
    'by-the-river',
    'along-the-river',
    'run_0000',
    'mbr_0000',
    'run-started',
    'phone001',
    'inv_0000',
  ]
  const found = () => {
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
    return words.filter((word) => files.some((bytes) => bytes.includes(word)))
  }
  await fillRun(store)
  expect(found()).toEqual(words)
  await store.append(run, 3, addition({ entries: entries(4, 4), erase: [memberId(1)] }))
  expect(found()).toEqual(words.slice(1))
  await store.forgetRun(run)
  expect(found()).toEqual([])
})

test('[SQ5] a run is gone at once while its rows are deleted in pieces, and others go on in between', async () => {
  const file = join(aFolder(), 'serik.db')
  const store = opened(file)
  await fillRun(store, runId(2))
  await fillRun(store)
  let isForgotten = false
  const forgotten = store.forgetRun(run).then(() => {
    isForgotten = true
  })
  expect(await store.read(run, 0, 10)).toEqual([])
  expect(await store.readTrack(run, memberId(1))).toEqual([])
  expect(await store.trackerSeats(trackerId(1))).toHaveLength(1)

  await expect(store.append(run, 0, addition({ entries: entries(1, 1) }))).rejects.toThrow('forgotten')
  let version = 0
  for (; !isForgotten; version++) {
    await store.append(runId(3), version, addition({ entries: entries(version + 1, version + 1) }))
    await nextTurn()
  }
  await forgotten
  expect(version).toBeGreaterThan(10)
  expect(await store.read(runId(3), 0, 1_000)).toEqual(entries(1, version))
  expect(await store.readTrack(runId(2), memberId(1))).toHaveLength(4_000)
  await store.append(runId(2), 3, addition({ entries: entries(4, 4), erase: [memberId(1)] }))
  for (const id of [runId(2), runId(3)]) await store.forgetRun(id)
  await store.close()
  expect(rowCounts(file)).toEqual({ counted: 1, life: 1, tombstone: 3 })
})

test('[SQ6] what an interrupted deletion left behind goes at the next opening, as do routes of runs never planned', async () => {
  const file = join(aFolder(), 'serik.db')
  const store = opened(file)
  await fillRun(store)
  await store.putRoute(runId(2), routeId(1), '[]')
  const forgetting = store.forgetRun(run)
  await store.close()
  await expect(forgetting).rejects.toThrow()
  expect(rowCounts(file)).toMatchObject({ chunk: 24, forgotten: 1, run: 1, route: 2 })

  await opened(file).close()
  expect(rowCounts(file)).toEqual({ counted: 1, life: 1, tombstone: 1 })
})

test('[SQ7] on a full disk calls reject and change nothing, and succeed when there is room again', async () => {
  const file = join(aFolder(), 'serik.db')
  const db = openDatabase(file)
  const store = storeIn(db)
  onTestFinished(() => store.close())
  await fillRun(store)
  const { page_count: pageCount } = db.prepare('PRAGMA page_count').get()
  db.exec(`PRAGMA max_page_count = ${pageCount + 2}`)

  const words = Array.from({ length: 500 }, (_, index) => word(`message:${index}`, 'x'.repeat(280)))
  const large = addition({ entries: entries(4, 9), words, wakeAtMs: 7_000, erase: [memberId(2)] })
  const batches = [batch({ points: points(4_001, 4_002) }), batch({ memberId: memberId(4), points: points(1, 5_000) })]
  await expect(store.append(run, 3, large)).rejects.toThrow('full')
  await expect(store.append(run, 3, large)).rejects.toThrow(StoreAway)
  await expect(store.putFixes(batches)).rejects.toThrow(StoreAway)
  expect(await store.read(run, 0, 10)).toEqual(entries(1, 3))
  expect(await store.readWords(run)).toHaveLength(2)
  expect(await store.dueRuns(6_999, 10)).toEqual([run])
  for (const member of [1, 2]) expect(await store.readTrack(run, memberId(member))).toHaveLength(4_000)
  expect((await store.stored(run, memberId(1), 'p:phone001')).ranges).toEqual([[1, 4_000]])
  expect(await store.append(run, 3, addition({ entries: entries(4, 4) }))).toBe('appended')

  db.exec(`PRAGMA max_page_count = ${pageCount * 10}`)
  const [receipt] = await store.putFixes(batches)
  expect((receipt as Stored).ranges).toEqual([[1, 4_002]])
  expect(await store.append(run, 4, { ...large, afterMac: 'mac-4', entries: entries(5, 9) })).toBe('appended')
  expect(await store.readWords(run)).toHaveLength(502)
  expect(await store.readTrack(run, memberId(2))).toEqual([])
})

test('[SQ8] one fix that cannot be stored leaves out all batches of its call', async () => {
  const store = opened(join(aFolder(), 'serik.db'))
  await fillRun(store)
  const [bad] = points(1, 1)
  const broken = { ...bad, fix: { takenAtMs: 1 } } as unknown as NonNullable<typeof bad>
  const call = store.putFixes([
    batch({ points: points(4_001, 4_005), aside: { nowhere: 1 } }),
    batch({ memberId: memberId(5), points: [broken] }),
  ])
  await expect(call).rejects.toThrow('without a time or a place')
  expect(await store.readTrack(run, memberId(1))).toHaveLength(4_000)
  expect(await store.stored(run, memberId(1), 'p:phone001')).toEqual({
    ranges: [[1, 4_000]],
    keptCount: 4_000,
    aside: {},
  })
})

test('[SQ9] a file of before is brought up to date and loses nothing', async () => {
  const file = join(aFolder(), 'serik.db')
  const before = new DatabaseSync(file)
  before.exec(migrations[0] ?? '')
  before.exec(`PRAGMA user_version = 1;
    INSERT INTO run VALUES (1, '${run}', 1, 5);
    INSERT INTO journal VALUES (1, 1, 'cmd', '${JSON.stringify(entries(1, 1)[0]?.fact)}', 'mac-1');
    INSERT INTO member VALUES (1, '${memberId(1)}', '{}', 1, 2, 2000);
    INSERT INTO track VALUES (1, 1, '${memberId(1)}', 'p:phone001', '[[1,2]]');
    INSERT INTO fix VALUES (1, 1, 0, 1, 1000, 51, 71, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO fix VALUES (1, 2, 0, 1, 2000, 51, 71, NULL, NULL, NULL, NULL, NULL);`)
  before.close()
  const store = opened(file)
  expect(await store.stored(run, memberId(1), 'p:phone001')).toEqual({ ranges: [[1, 2]], keptCount: 2, aside: {} })
  const places = await store.newestFixes(run)
  expect(places).toEqual(new Map([[memberId(1), { takenAtMs: 2_000, latitudeDeg: 51, longitudeDeg: 71 }]]))
  const [receipt] = await store.putFixes([batch({ points: points(2, 4) })])
  expect(receipt).toEqual({ ranges: [[1, 4]], keptCount: 4, aside: {} })
  expect((await store.readTrack(run, memberId(1))).map(({ key, fix }) => [key, fix.takenAtMs])).toEqual(
    [1, 2, 3, 4].map((key) => [key, key * 1_000]),
  )
  expect((await store.newestFixes(run)).get(memberId(1))).toEqual(point(4).fix)
  expect(await store.append(run, 1, addition({ entries: entries(2, 2) }))).toBe('appended')
  const [head] = await store.heads([run])
  expect(head).toEqual({ version: 2, mac: 'mac-2', life: expect.stringMatching(/.+/), isForgotten: false })
})

test('[SQ10] a file put in the place of the last one tells another life, and each keeps its own', async () => {
  const file = join(aFolder(), 'serik.db')
  const life = async () => {
    const store = opened(file)
    const [head] = await store.heads([run])
    await store.close()
    return head?.life
  }
  const store = opened(file)
  await fillRun(store)
  await store.close()
  const first = await life()
  copyFileSync(file, `${file}.copy`)
  expect(await life()).toBe(first)
  renameSync(`${file}.copy`, file)
  const second = await life()
  expect(second).not.toBe(first)
  expect(await life()).toBe(second)
})

test('[SQ11] after a crash tracks are counted as before it, however far their rows were behind', async () => {
  const folder = aFolder()
  const store = opened(join(folder, 'serik.db'))
  await store.append(run, 0, addition({ entries: entries(1, 1) }))
  const members = [1, 2, 3].map(memberId)
  const put = (member: number, ...some: Point[]) => batch({ memberId: memberId(member), points: some })
  const late = { ...point(8), fix: { ...point(8).fix, takenAtMs: 1 } }
  await store.putFixes([put(1, ...points(1, 3)), batch({ source: tracker, points: [point(9)] }), put(2, point(5))])
  await store.putFixes([put(1, point(4)), { ...put(1, point(6)), droppedKeys: [5], aside: { nowhere: 2 } }])
  await store.putFixes([put(1, point(7)), put(2, late)])
  const told = (of: Store) =>
    Promise.all([
      of.newestFixes(run),
      of.stored(run, memberId(1), tracker),
      ...members.flatMap((member) => [of.stored(run, member, phone), of.readTrack(run, member)]),
    ])
  let crashes = 0
  /** The files as they are now, opened in another place. */
  async function crashed(): Promise<Store> {
    const file = join(folder, `crash-${++crashes}.db`)
    for (const end of ['', '-wal']) copyFileSync(join(folder, `serik.db${end}`), `${file}${end}`)
    return opened(file)
  }

  const again = await crashed()
  expect(await told(again)).toEqual(await told(store))
  expect(await again.stored(run, memberId(1), tracker)).toMatchObject({ keptCount: 1, aside: { nowhere: 2 } })
  const [receipt] = await again.putFixes([put(1, point(7), point(8))])
  expect(receipt).toEqual({ ranges: [[1, 8]], keptCount: 7, aside: { nowhere: 2 } })

  await store.putFixes(points(1, 61_000).map((one) => put(3, one)))
  await store.putFixes([put(1, point(8)), put(2, point(9))])
  const much = await crashed()
  expect(await told(much)).toEqual(await told(store))
  await much.close()
  const db = openDatabase(join(folder, `crash-${crashes}.db`))
  expect(db.prepare('SELECT chunkNo FROM counted').get().chunkNo).toBeGreaterThan(1)
  closeDatabase(db)
})
