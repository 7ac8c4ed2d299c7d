/** Draws a few faults for a world, each with a beginning and an end. */
import type { Random } from '../../client/simulate/random.ts'
import { type Fault, faults } from './faults.ts'
import type { World } from './world.ts'

const FIRST_MS = 2_000
const FAULTS_AT_MOST = 8

/** Some seeds have none. @param healedAtMs when the last of them has ended. */
export function unleash(world: World, healedAtMs: number, possible: readonly Fault[] = faults): void {
  const { time, trouble } = world
  const random = world.random.fork('faults')
  const count = Math.floor(random.between(0, FAULTS_AT_MOST + 1))
  for (let i = 0; i < count; i++) {
    const fault = drawn(possible, random)
    const lastsMs = random.between(...fault.lastsMs)
    time.after(random.between(FIRST_MS, Math.max(FIRST_MS, healedAtMs - lastsMs)), time.outside, () => {
      const end = fault.begin(world, random)
      if (!end) return
      trouble.count++
      world.note(`# ${fault.name}, for ${(lastsMs / 1_000).toFixed(1)} s`)
      time.after(lastsMs, time.outside, () => {
        world.note(`# no more: ${fault.name}`)
        trouble.count--
        trouble.endedAtMs = time.nowMs()
        void end()
      })
    })
  }
}

function drawn(possible: readonly Fault[], random: Random): Fault {
  let at = random.next() * possible.reduce((sum, { weight }) => sum + weight, 0)
  for (const fault of possible) {
    at -= fault.weight
    if (at < 0) return fault
  }
  return random.pick(possible)
}
