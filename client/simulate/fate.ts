/** What becomes of a simulated runner's phone, and what befalls its owner: drawn before the start. */
import type { Trouble } from './plants.ts'
import type { Random } from './random.ts'
import type { Scenario } from './scenario.ts'

export type Fate = {
  /** Left at home: it shares nothing. */
  readonly isPhoneAtHome: boolean
  /** From and to, in seconds of running: no network at all. */
  readonly deadZones: readonly (readonly [fromS: number, toS: number])[]
  readonly trouble: Trouble | undefined
}

/** A tunnel now and then, for every run; what else befalls somebody is planted. */
export function fateOf(scenario: Scenario, random: Random, trouble: Trouble | undefined, isPhoneAtHome: boolean): Fate {
  const deadZones: [number, number][] = []
  if (random.next() < 0.15) {
    const from = random.between(300, 4_500)
    deadZones.push([from, from + random.between(20, 90)])
  }
  // Most of the lake has no network, and frost empties batteries: also where nothing is planted.
  const isBareIce = scenario.course.name === 'ice' && Object.keys(scenario.planned).length === 0
  for (let i = 0; isBareIce && i < 3; i++) {
    const from = random.between(300, 4_500)
    deadZones.push([from, from + random.between(90, 600)])
  }
  if (trouble?.kind === 'no-network') deadZones.push([trouble.fromS, trouble.fromS + trouble.lastsS])
  const diesS = isBareIce && random.next() < 0.15 ? random.between(900, 4_000) : null
  const dies: Trouble | undefined =
    diesS === null ? undefined : { kind: 'dead-phone', fromS: diesS, lastsS: Number.POSITIVE_INFINITY }
  return { isPhoneAtHome, deadZones, trouble: trouble ?? dies }
}
