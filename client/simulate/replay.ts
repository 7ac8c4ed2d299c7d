/** `npm run replay`: recorded people through a real server, and every one of their fixes out of it again. */
import { parseArgs } from 'node:util'
import { about, isRefusal } from '../net/http-calls.ts'
import { added, nothing } from './exported.ts'
import { startOwnServer } from './own-server.ts'
import { readRecordedFile } from './recorded-files.ts'
import type { RecordedTrack } from './recorded-track.ts'
import { inRuns, openReplay, type ReplayRun } from './replay-run.ts'
import { percentile } from './tally.ts'
import { clockText, endWith, milliseconds, number, progressLine, say } from './terminal.ts'

const USAGE = `npm run replay -- FILE...   GPX, TCX, FIT, or CSV with latitude, longitude, time and a person column
  --speed X    how many times faster than the wall (default 30)
  --person C   the CSV's column that says who
  --url U      a running server; its TIME_SCALE must be the speed. Without it one is started.`

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      speed: { type: 'string', default: '30' },
      person: { type: 'string' },
      url: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help || positionals.length === 0) return say(USAGE, values.help ? 0 : 2)
  const speed = Number(values.speed)
  if (!(speed > 0)) return say(`--speed ${values.speed} is not a number above 0`, 2)

  const tracks: RecordedTrack[] = []
  for (const file of positionals) {
    const read = await readRecordedFile(file, values.person ? { personColumn: values.person } : {})
    for (const { person, fixes, unusable, source } of read)
      say(
        `${source}: ${person}, ${number(fixes.length)} fixes${unusable ? `, ${unusable} points without a place or time left out` : ''}`,
        0,
      )
    tracks.push(...read)
  }
  const own = values.url ? undefined : await startOwnServer(speed)
  try {
    return await replay(own?.url ?? (values.url as string), speed, tracks)
  } finally {
    await own?.close()
  }
}

async function replay(url: string, speed: number, tracks: readonly RecordedTrack[]): Promise<number> {
  const server = await about(url)
  if (isRefusal(server)) return say(`${url} does not answer as a Serik server.`, 2)
  if (server.timeScale !== speed)
    return say(`The server's clock runs at TIME_SCALE=${server.timeScale}, not at --speed ${speed}: refused.`, 2)

  const startedMs = performance.now()
  const runs: ReplayRun[] = []
  for (const together of inRuns(tracks)) runs.push(await openReplay(url, server, together))
  if (runs.length === 0) return say('No file has a fix with a time: nothing to replay.', 2)
  const sum = (of: (run: ReplayRun) => number) => runs.reduce((total, run) => total + of(run), 0)
  const latency = (share: number) =>
    milliseconds(
      percentile(
        runs.flatMap((run) => run.latenciesMs),
        share,
      ),
    )
  const line = progressLine()
  const timer = setInterval(
    () =>
      line.show(
        [
          clockText((performance.now() - startedMs) * speed),
          `${sum((run) => run.memberCount)} members in ${runs.length} runs`,
          `fixes ${number(sum((run) => run.sentCount()))} of ${number(sum((run) => run.wholeCount))} sent, ${number(sum((run) => run.unconfirmedCount()))} to be confirmed`,
          `latency p50 ${latency(0.5)}`,
        ].join(' | '),
      ),
    500,
  )
  await Promise.all(runs.map((run) => run.play()))
  clearInterval(timer)
  line.end()

  let all = nothing
  for (const run of runs) all = added(all, await run.compared())
  await Promise.all(runs.map((run) => run.close()))
  say(
    `\nFixes    ${number(all.sent)} sent, ${number(all.stored)} in the exported tracks, ${all.lost} lost, ${all.doubled} doubled`,
    0,
  )
  say(`Latency  from a phone's fix to the leader's screen, wall time: p50 ${latency(0.5)}, p95 ${latency(0.95)}`, 0)
  say(`Took     ${((performance.now() - startedMs) / 1_000).toFixed(0)} s at ${speed} x`, 0)
  const isFlawless = all.lost + all.doubled === 0 && all.sent === all.stored
  return say(isFlawless ? 'Nothing lost, nothing doubled.' : 'SOMETHING WAS LOST OR DOUBLED.', isFlawless ? 0 : 1)
}

endWith(main())
