/**
 * A process to be killed: `store-writer.ts <file>` adds facts and fixes to run 1 as fast as it can, and
 * says on a line of its own what is stored, once it is: `facts <version>` or `fixes <key>`.
 */
import { openSqliteStore } from '../../server/store/sqlite-store.ts'
import type { Head } from '../../server/store/store.ts'
import { addition, batch, entries, memberId, phone, points, runId, word } from './store-samples.ts'

/** Many, so that a kill often strikes in the middle of a call. */
const FIXES_PER_CALL = 200

const [, , file] = process.argv
if (file === undefined) throw new Error('which file?')
const run = runId(1)
const store = openSqliteStore(file)
const say = (line: string) => new Promise<unknown>((done) => process.stdout.write(`${line}\n`, done))

let [{ version, mac: afterMac }] = (await store.heads([run])) as [Head]
let key = (await store.stored(run, memberId(1), phone)).ranges.at(-1)?.[1] ?? 0
await say('open')

for (;;) {
  const to = version + 1 + (version % 3)
  // Each fact of an addition names the last of it, so that a part of one can be told.
  const added = entries(version + 1, to).map((entry) => ({ ...entry, mac: `through ${to}` }))
  const words = added.map(({ fact }) => word(`message:${fact.version}`, `through ${to}`))
  const whole = addition({ afterMac, entries: added, words, wakeAtMs: to })
  const outcome = await store.append(run, version, whole)
  if (outcome === 'conflict') throw new Error(`a conflict at version ${version} of a file that is nobody else's`)
  version = to
  afterMac = `through ${to}`
  await say(`facts ${version}`)

  const fixes = points(key + 1, key + FIXES_PER_CALL)
  await store.putFixes(
    [1, 2].map((member) => batch({ memberId: memberId(member), points: fixes, aside: { nowhere: 1 } })),
  )
  key += FIXES_PER_CALL
  await say(`fixes ${key}`)
}
