/** `npm run simulate`: a whole run of simulated people over real sockets. */
import { parseArgs } from 'node:util'
import { SECOND_MS } from '../../shared/units.ts'
import { about, isRefusal } from '../net/http-calls.ts'
import { castRun } from './cast.ts'
import { lengthOfM } from './courses/course.ts'
import { shortened } from './courses/shortened.ts'
import { type CourseName, courses } from './courses.ts'
import { type OwnServer, startOwnServer } from './own-server.ts'
import { seededRandom } from './random.ts'
import { liveThrough } from './run-simulation.ts'
import { plainScenario } from './scenario.ts'
import { summaryOf } from './summary.ts'
import { endWith, progressLine, say } from './terminal.ts'

/** Without a wish for more: all people share one machine with the server. */
const MODEST = { runners: 100, cyclists: 8 }

const USAGE = `npm run simulate -- --scenario ${Object.keys(courses).join('|')}
  --runners N --cyclists N   how many (each scenario has its own default)
  --speed X                  how many times faster than the wall (default 20)
  --seed S                   the same seed draws the same people (default 1)
  --km K                     a shorter course of the same kind
  --url U                    a running server; its TIME_SCALE must be the speed. Without it one is started.
  --kills N                  kill -9 the started server N times on the way, and start it again`

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string' },
      runners: { type: 'string' },
      cyclists: { type: 'string' },
      speed: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      km: { type: 'string' },
      url: { type: 'string' },
      kills: { type: 'string', default: '0' },
      help: { type: 'boolean' },
    },
  })
  if (values.help || !values.scenario) return say(USAGE, values.help ? 0 : 2)
  if (!Object.hasOwn(courses, values.scenario))
    return say(`--scenario ${values.scenario} is none of these.\n${USAGE}`, 2)
  const whole = courses[values.scenario as CourseName]
  const course = values.km ? shortened(whole, positive('km', values.km)) : whole
  const runnerCount = values.runners ? positive('runners', values.runners) : Math.min(course.runners, MODEST.runners)
  const cyclistCount = values.cyclists
    ? positive('cyclists', values.cyclists)
    : Math.min(course.cyclists, MODEST.cyclists)
  const speed = positive('speed', values.speed)
  const kills = Number(values.kills)

  const own = values.url ? undefined : await startOwnServer(speed)
  const url = own?.url ?? (values.url as string)
  try {
    const server = await about(url)
    if (isRefusal(server)) return say(`${url} does not answer as a Serik server.`, 2)
    if (server.timeScale !== speed)
      return say(`The server's clock runs at TIME_SCALE=${server.timeScale}, not at --speed ${speed}: refused.`, 2)
    process.stdout.write(`${course.title}: ${course.about}\n`)
    process.stdout.write(
      `${runnerCount} runners, ${cyclistCount} cyclists, ${speed} x real time, seed ${values.seed}, ${url}\n`,
    )

    const startedMs = performance.now()
    const courseMs = (lengthOfM(course.points) / course.typicalPaceMps) * SECOND_MS
    const random = seededRandom(values.seed)
    const scenario = plainScenario(course, runnerCount, cyclistCount)
    const cast = await castRun({ urls: [url], scenario, random })
    const stopKilling = own ? killNowAndThen(own, kills, courseMs / speed, random.fork('kills').next) : () => undefined
    await liveThrough(cast, progressLine())
    stopKilling()
    const { text, isFlawless } = await summaryOf(cast, url, performance.now() - startedMs)
    await cast.close()
    return say(text, isFlawless ? 0 : 1)
  } finally {
    await own?.close()
  }
}

/** Evenly over the run, each at a moment of its own. */
function killNowAndThen(own: OwnServer, kills: number, wallMs: number, next: () => number): () => void {
  let isOver = false
  const partMs = wallMs / Math.max(1, kills)
  const kill = (left: number): void => {
    if (left <= 0) return
    setTimeout(
      async () => {
        if (isOver) return
        process.stdout.write('\nkill -9 of the server\n')
        await own.killAndRestart(1_000)
        kill(left - 1)
      },
      partMs * (0.3 + 0.6 * next()),
    ).unref()
  }
  kill(kills)
  return () => {
    isOver = true
  }
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new Error(`--${name} ${text} is not a number above 0`)
  return value
}

endWith(main())
