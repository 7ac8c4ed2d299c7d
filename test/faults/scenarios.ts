/** Every scenario under its name. Each opens its own world and closes it, and says what it measured. */
import { mixed } from './mixed.ts'
import type { Options } from './options.ts'
import { reportText } from './report.ts'
import { openScene, type Scene } from './scene.ts'

export type Outcome = { readonly isFine: boolean; readonly text: string }
type Say = (text: string) => void
/** What goes on in a scene. Lines are added to the report; a line of `wrong` is a broken bound. */
export type Plot = (scene: Scene, options: Options) => Promise<{ readonly lines: string[]; readonly wrong: string[] }>

export const scenarios: Readonly<Record<string, Plot>> = {
  mixed: async (scene, options) => {
    await mixed(scene, options)
    return { lines: [], wrong: [] }
  },
}

export async function runScenario(options: Options, say: Say): Promise<Outcome> {
  const plot = scenarios[options.scenario]
  if (!plot) throw new Error(`there is no scenario ${options.scenario}`)
  say(`${options.scenario}, seed ${options.seed}`)
  const scene = await openScene(options, say)
  let isFine = false
  try {
    const { lines, wrong } = await plot(scene, options)
    const ending = await scene.end()
    isFine = ending.troubles.length === 0 && wrong.length === 0
    return {
      isFine,
      text: [reportText(scene, ending, options), ...lines, ...wrong.map((line) => `WRONG: ${line}`)].join('\n'),
    }
  } finally {
    if (!isFine) say(`history and logs: ${scene.arena.folder}`)
    await scene.arena.close(!isFine)
  }
}
