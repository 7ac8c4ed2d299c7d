/** Every scenario under its name. Each opens its own world and closes it, and says what it measured. */
import { mixed } from './mixed.ts'
import type { Options } from './options.ts'
import type { Plot } from './plot.ts'
import { allRestartedEmpty, restoredOlder, wiped } from './plots-of-loss.ts'
import { nodeKilled, redisBlackHole, redisRestarted } from './plots-of-one-fault.ts'
import { reportText } from './report.ts'
import { riverOnThree } from './river.ts'
import { openScene } from './scene.ts'

export type Outcome = { readonly isFine: boolean; readonly text: string }
type Say = (text: string) => void

const plots: Readonly<Record<string, Plot>> = {
  mixed,
  'node-killed': nodeKilled,
  'redis-restarted': redisRestarted,
  'redis-black-hole': redisBlackHole,
  wiped,
  'restored-older': restoredOlder,
  'all-restarted-empty': allRestartedEmpty,
}
const RIVER = 'river-on-three'
export const scenarioNames: readonly string[] = [...Object.keys(plots), RIVER]

export async function runScenario(options: Options, say: Say): Promise<Outcome> {
  say(`${options.scenario}, seed ${options.seed}`)
  if (options.scenario === RIVER) return riverOnThree(options, say)
  const plot = plots[options.scenario]
  if (!plot) throw new Error(`there is no scenario ${options.scenario}`)
  const scene = await openScene(options, say)
  let isFine = false
  try {
    const { lines, wrong } = await plot(scene, options)
    const ending = await scene.end()
    isFine = ending.troubles.length === 0 && wrong.length === 0
    const broken = wrong.map((line) => `WRONG: ${line}`)
    return { isFine, text: [reportText(scene, ending, options), ...lines, ...broken].join('\n') }
  } finally {
    const isKept = options.isKept || !isFine
    if (isKept) say(`history and logs: ${scene.arena.folder}`)
    await scene.arena.close(isKept)
  }
}
