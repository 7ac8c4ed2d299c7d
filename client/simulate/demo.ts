/** The small run behind the demo button: seven people on a short loop who need something at once. */
import type { Demo } from '../../shared/protocol/http.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { newSecretKey } from '../net/new-id.ts'
import { castRun } from './cast.ts'
import { shortened } from './courses/shortened.ts'
import { courses } from './courses.ts'
import { demoTemper } from './person.ts'
import { seededRandom } from './random.ts'
import { worldOf } from './run-simulation.ts'
import { plainScenario } from './scenario.ts'

const STEP_EVERY_MS = 250
const LASTS_MS = 10 * MINUTE_MS

/** @throws Error when the server does not let its own demo in. */
export async function startDemo(url: string): Promise<Demo> {
  const seed = newSecretKey()
  const course = { ...shortened(courses['park-laps'], 2), title: 'A small run, simulated', name: 'demo' }
  const cast = await castRun({
    urls: [url],
    scenario: plainScenario(course, 5, 2),
    random: seededRandom(seed),
    temper: demoTemper,
  })
  const world = worldOf(cast)
  const startedMs = performance.now()
  let lastMs = startedMs
  const timer = setInterval(() => {
    const nowMs = performance.now()
    const isOver = nowMs - startedMs > LASTS_MS || cast.leaderPhone.view().run.head.phase === 'ended'
    if (isOver) {
      clearInterval(timer)
      void cast.leaderPhone.send({ type: 'end-run', despiteMissing: true }).finally(() => cast.close())
      return
    }
    world.step((nowMs - lastMs) / 1_000)
    lastMs = nowMs
  }, STEP_EVERY_MS)
  timer.unref()
  return { ok: true, leaderSeat: cast.planned.seat, runnerSeat: cast.seats.runner, cyclistSeat: cast.seats.cyclist }
}
