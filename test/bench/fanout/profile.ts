/** Where the time of a Node server goes, within the window alone: `--profile FOLDER`. Opens in the developer tools of Chromium. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { join, relative } from 'node:path'

const INTERVAL_US = 200
const ROWS = 30

/** From one SIGUSR2 to the next. */
export function profileOnSignal(folder: string): void {
  const session = new Session()
  let isOn = false
  process.on('SIGUSR2', async () => {
    isOn = !isOn
    if (isOn) {
      session.connect()
      await session.post('Profiler.enable')
      await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US })
      return void (await session.post('Profiler.start'))
    }
    const { profile } = await session.post('Profiler.stop')
    writeFileSync(join(folder, `${process.pid}.cpuprofile`), JSON.stringify(profile))
  })
}

type Profile = {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** The functions that took most by themselves, in shares of the time that was not idle, for people. */
export function selfTimes(folder: string): string {
  const byFunction = new Map<string, number>()
  let busyUs = 0
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.cpuprofile')) continue
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
    for (const [at, id] of samples.entries()) {
      const { functionName = '', url = '', lineNumber = 0 } = frames.get(id) ?? {}
      if (functionName === '(idle)' || functionName === '(root)') continue
      const us = timeDeltas[at + 1] ?? 0
      const where = url.startsWith('file:') ? relative(process.cwd(), new URL(url).pathname) : url
      const name = `${functionName || '(anonymous)'}  ${where}${where ? `:${lineNumber + 1}` : ''}`
      byFunction.set(name, (byFunction.get(name) ?? 0) + us)
      busyUs += us
    }
  }
  return [...byFunction]
    .sort(([, a], [, b]) => b - a)
    .slice(0, ROWS)
    .map(([name, us]) => `${((100 * us) / busyUs).toFixed(1).padStart(6)} %  ${name}\n`)
    .join('')
}
