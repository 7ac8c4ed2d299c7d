/** Show 4: the simulated river run, unchanged, on several nodes behind Caddy with HTTPS: the same result as on one. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { openArena } from './arena.ts'
import { startCaddy } from './caddy.ts'
import type { Options } from './options.ts'

const root = resolve(import.meta.dirname, '../..')
const SPEED = 20
const SHORT_SPEED = 60
const SHORT_KM = 6
const SHORT_WITHIN_MS = 100_000
const WITHIN_MS = 3_600_000
/** As the simulator does with a server of its own: a frame a second of the run's time. */
const tickMs = (speed: number) => Math.round(Math.max(50, 1_000 / speed))

export async function riverOnThree(
  { seed, nodeCount, redis, km }: Options,
  say: (text: string) => void,
): Promise<{ isFine: boolean; text: string }> {
  const isShort = km !== null && km <= SHORT_KM
  const speed = isShort ? SHORT_SPEED : SPEED
  const arena = await openArena({ nodeCount, redis, tickMs: tickMs(speed), timeScale: speed, say })
  let isFine = false
  try {
    const caddy = arena.closing.later(await startCaddy(arena.nodes.map(({ port }) => port)))
    say(`Caddy at ${caddy.url} before ${nodeCount} nodes`)
    const people = isShort ? ['--runners', '8', '--cyclists', '2'] : ['--runners', '20', '--cyclists', '4']
    const course = km === null ? [] : ['--km', String(km)]
    const args = ['--scenario', 'river', ...people, '--speed', String(speed), '--seed', seed, ...course]
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'client/simulate/simulate.ts', ...args, '--url', caddy.url],
      {
        cwd: root,
        env: { ...process.env, NODE_EXTRA_CA_CERTS: caddy.certificateFile },
        timeout: isShort ? SHORT_WITHIN_MS : WITHIN_MS,
      },
    )
    arena.closing.laterDo(() => child.kill('SIGKILL'))
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
    const code = await new Promise<number | null>((done) => child.once('close', done))
    const ends = arena.nodes.flatMap(({ unexpectedEnds }) => unexpectedEnds)
    isFine = code === 0 && ends.length === 0
    return { isFine, text: [said, ...ends].join('\n') }
  } finally {
    await arena.close(!isFine)
  }
}
