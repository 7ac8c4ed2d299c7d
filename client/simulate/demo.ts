/** The small run behind the demo button: seven people on a short loop who need something at once. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { Demo } from '../../shared/protocol/http.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { newSecretKey } from '../net/new-id.ts'
import { type Cast, castRun } from './cast.ts'
import { shortened } from './courses/shortened.ts'
import { courses } from './courses.ts'
import { demoTemper } from './person.ts'
import { seededRandom } from './random.ts'
import { worldOf } from './run-simulation.ts'
import { plainScenario } from './scenario.ts'

const STEP_EVERY_MS = 250
const LASTS_MS = 10 * MINUTE_MS

/** Each is seven phones in the server's own process, which has runs of people to serve. */
const AT_ONCE = 8

let underWay = 0

/** BI29. @throws Error when the server does not let its own demo in. */
export async function startDemo(url: string, atOnce = AT_ONCE): Promise<Demo | Refusal> {
  if (underWay >= atOnce) return refuse('retry-later', { retryAfterMs: MINUTE_MS })
  underWay++
  const over = () => void underWay--
  const course = { ...shortened(courses['park-laps'], 2), title: 'A small run, simulated', name: 'demo' }
  const casting = castRun({
    urls: [url],
    scenario: plainScenario(course, 5, 2),
    random: seededRandom(newSecretKey()),
    temper: demoTemper,
  })
  casting.catch(over)
  const cast = await casting
  play(cast, over)
  return { ok: true, leaderSeat: cast.planned.seat, runnerSeat: cast.seats.runner, cyclistSeat: cast.seats.cyclist }
}

function play(cast: Cast, onOver: () => void): void {
  const world = worldOf(cast)
  const startedMs = performance.now()
  let lastMs = startedMs
  const timer = setInterval(() => {
    const nowMs = performance.now()
    const isOver = nowMs - startedMs > LASTS_MS || cast.leaderPhone.view().run.head.phase === 'ended'
    if (isOver) {
      clearInterval(timer)
      onOver()
      void cast.leaderPhone.send({ type: 'end-run', despiteMissing: true }).finally(() => cast.close())
      return
    }
    world.step((nowMs - lastMs) / 1_000)
    lastMs = nowMs
  }, STEP_EVERY_MS)
  timer.unref()
}
