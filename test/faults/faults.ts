/** `npm run faults`: real nodes, phones and Redis under a nemesis, and a checker of everything they promised. */
import { endWith, say } from '../../client/simulate/terminal.ts'
import { readOptions, USAGE } from './options.ts'
import { runScenario, scenarioNames } from './scenarios.ts'

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  const usage = `${USAGE}\n\nScenarios: ${scenarioNames.join(', ')}`
  if (options === 'help') return say(usage, 0)
  if (!scenarioNames.includes(options.scenario))
    return say(`--scenario ${options.scenario} is none of these.\n${usage}`, 2)
  const startedMs = performance.now()
  const { isFine, text } = await runScenario(options, (line) =>
    process.stdout.write(`+${((performance.now() - startedMs) / 1_000).toFixed(1).padStart(6)} s  ${line}\n`),
  )
  return say(text, isFine ? 0 : 1)
}

endWith(main())
