/** `npm run pack`: recorded people on one route, and the pack they make each 30 s. */
import { parseArgs } from 'node:util'
import { routeMap } from '../../shared/geo/progress/route-map.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { packLines } from './pack-lines.ts'
import { packMoments } from './pack-replay.ts'
import { readRecordedFile } from './recorded-files.ts'
import type { RecordedTrack } from './recorded-track.ts'
import { readRouteArgument } from './route-argument.ts'
import { endWith, say } from './terminal.ts'

const USAGE = `npm run pack -- ROUTE FILE...
  ROUTE        GPX, or JSON {"points":[[lat,lon],...]}, with laps and returns written out
  FILE         a recording: GPX, TCX, FIT, or CSV of several people
  --person C   the CSV's column that says who`

const EVERY_MS = 30 * SECOND_MS

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { person: { type: 'string' }, help: { type: 'boolean' } },
  })
  const [route, ...files] = positionals
  if (values.help) return say(USAGE, 0)
  if (route === undefined || files.length === 0) return say(USAGE, 2)
  const map = routeMap(await readRouteArgument(route))
  const tracks: RecordedTrack[] = []
  for (const file of files) {
    const read = await readRecordedFile(file, values.person ? { personColumn: values.person } : {})
    if (read.every(({ fixes }) => fixes.length === 0)) throw new Error(`FILE ${file}: has no fix with a time`)
    tracks.push(...read.filter(({ fixes }) => fixes.length > 0))
  }
  for (const moment of packMoments(map, namedApart(tracks), EVERY_MS)) say(`${packLines(moment).join('\n')}\n`, 0)
  return 0
}

/** Two files of one name are two people. */
function namedApart(tracks: readonly RecordedTrack[]): RecordedTrack[] {
  const taken = new Set<string>()
  return tracks.map((track) => {
    let person = track.person
    for (let count = 2; taken.has(person); count++) person = `${track.person} (${count})`
    taken.add(person)
    return { ...track, person }
  })
}

// A reader who has seen enough, as `head`, is no fault.
process.stdout.on('error', () => process.exit(0))
endWith(main())
