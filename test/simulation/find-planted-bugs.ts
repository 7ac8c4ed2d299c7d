/**
 * Plants each bug and looks for the first seed that finds it. Prints a table for people, or JSON lines:
 *
 *   npx tsx test/simulation/find-planted-bugs.ts [--json] [--bug NAME] [--most 300]
 */
import { parseArgs } from 'node:util'
import { plantedBugs } from './planted-bugs.ts'
import { simulate } from './simulate.ts'

export type Found = {
  readonly name: string
  readonly wrong: string
  /** `undefined`: not within so many seeds. */
  readonly seed?: number
  readonly check?: string
  readonly text?: string
}

const SECONDS = 60

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    bug: { type: 'string' },
    most: { type: 'string', default: '300' },
    /** Of so many processes, and which of them. */
    part: { type: 'string', default: '0/1' },
  },
})
const [first = 0, step = 1] = values.part.split('/').map(Number)

if (!values.json) console.log('| bug | what is wrong | seed | found by |\n|---|---|---|---|')
for (const [i, { name, wrong, bug, foundAt }] of plantedBugs.entries()) {
  if (values.bug ? name !== values.bug : i % step !== first) continue
  let found: Found = { name, wrong }
  const seeds = Array.from({ length: Number(values.most) }, (_, no) => no + 1)
  for (const seed of foundAt === undefined ? seeds : [foundAt, ...seeds]) {
    if (found.seed !== undefined) break
    // What is wrong without the bug finds nothing.
    const [problem] = (await simulate({ seed, seconds: SECONDS, bug })).problems
    if (problem && (await simulate({ seed, seconds: SECONDS })).problems.length === 0)
      found = { name, wrong, seed, check: problem.check, text: problem.text.slice(0, 200) }
  }
  const { seed = 'none', check = '', text = '' } = found
  console.log(values.json ? JSON.stringify(found) : `| \`${name}\` | ${wrong} | ${seed} | ${check}: ${text} |`)
}
