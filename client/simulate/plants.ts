/** What goes wrong in a simulated run because a scenario wants it so, and by which signs a companion should notice it. */
import type { AlertRule } from '../../shared/run/alerts.ts'
import { type MemberId, MINUTE_MS, type RequestId, SECOND_MS } from '../../shared/units.ts'
import type { Random } from './random.ts'

type PlantPolicy = {
  /** Any of these notices it; none: it is noticed by another way, or only explains a silence. */
  readonly rules: readonly AlertRule[]
  readonly befalls: 'runner' | 'cyclist' | 'run'
  readonly lastsMs: number
  /** Of the run's usual time: when it begins. */
  readonly between: readonly [number, number]
  /** Whether somebody has to notice. */
  readonly mustBeNoticed: boolean
}

const aboutRunner = {
  rules: [],
  befalls: 'runner',
  lastsMs: Number.POSITIVE_INFINITY,
  between: [0.15, 0.6],
  mustBeNoticed: true,
} as const

export const plantKinds = {
  'dead-phone': { ...aboutRunner, rules: ['silent-overdue', 'no-contact'] },
  /** Leaves the line sideways and comes back to it. */
  'off-route': { ...aboutRunner, rules: ['off-route'], lastsMs: 6 * MINUTE_MS },
  'wrong-way': { ...aboutRunner, rules: ['wrong-way'], lastsMs: 5 * MINUTE_MS },
  'long-stop': { ...aboutRunner, rules: ['stopped'], lastsMs: 9 * MINUTE_MS },
  /** Half the pace until somebody gives a lift. */
  straggler: { ...aboutRunner, rules: ['straggling', 'split-pack'], lastsMs: 60 * MINUTE_MS, between: [0.1, 0.4] },
  /** A call for first aid; noticed when a helper owns it. */
  hurt: { ...aboutRunner, lastsMs: 30 * MINUTE_MS },
  /** Rides on without a network and stands somewhere, with a claim; noticed when the claim is doubted or taken over. */
  'silent-cyclist': { ...aboutRunner, befalls: 'cyclist', lastsMs: 20 * MINUTE_MS, between: [0.2, 0.5] },
  /** No tap gives water. */
  'dry-taps': {
    ...aboutRunner,
    befalls: 'run',
    rules: ['water-out'],
    lastsMs: 75 * MINUTE_MS,
    between: [0.25, 0.35],
  },
  /** A place without a network: whoever is silent there is not lost. */
  'no-network': { ...aboutRunner, lastsMs: 4 * MINUTE_MS, mustBeNoticed: false },
  /** Not planted: a connection that broke by itself, on a machine that is too busy. */
  'lost-link': { ...aboutRunner, mustBeNoticed: false },
} as const satisfies Record<string, PlantPolicy>

export type PlantKind = keyof typeof plantKinds
export const plantPolicyOf = (kind: PlantKind): PlantPolicy => plantKinds[kind]

/** Drawn before the start, in seconds of running. */
export type Trouble = { readonly kind: PlantKind; readonly fromS: number; readonly lastsS: number }

/** What has really happened, by the server's clock. */
export type Plant = {
  readonly kind: PlantKind
  readonly memberId: MemberId | null
  readonly begunAtMs: number
  /** `null` while it lasts. */
  endedAtMs: number | null
  /** Whether it made a difference: dry taps do once nobody carries water any more. */
  isFelt: boolean
  /** Of `hurt`, the call; of `silent-cyclist`, what was claimed. */
  requestId: RequestId | null
}

export const newPlant = (
  kind: PlantKind,
  memberId: MemberId | null,
  begunAtMs: number,
  more: Partial<Plant> = {},
): Plant => ({ kind, memberId, begunAtMs, endedAtMs: null, isFelt: true, requestId: null, ...more })

export type Planned = Partial<Record<PlantKind, number>>

/** One trouble a person at most; whom and when is drawn. `pacesMps`: of who runs. `usualS`: how long the run usually takes. */
export function drawTroubles(
  random: Random,
  planned: Planned,
  { pacesMps, cyclistCount, usualS }: { pacesMps: readonly number[]; cyclistCount: number; usualS: number },
): { runners: Map<number, Trouble>; cyclists: Map<number, Trouble>; run: Trouble[] } {
  const runners = new Map<number, Trouble>()
  const cyclists = new Map<number, Trouble>()
  const run: Trouble[] = []
  for (const [kind, count] of Object.entries(planned) as [PlantKind, number][]) {
    const { befalls, between, lastsMs } = plantPolicyOf(kind)
    for (let i = 0; i < count; i++) {
      const own = random.fork(`${kind} ${i}`)
      const trouble = { kind, fromS: usualS * own.between(...between), lastsS: lastsMs / SECOND_MS }
      if (befalls === 'run') run.push(trouble)
      else if (befalls === 'cyclist') befall(own, cyclists, cyclistCount, trouble)
      // Whoever is left behind was slow before.
      else if (kind === 'straggler') befallSlowest(runners, pacesMps, trouble)
      else befall(own, runners, pacesMps.length, trouble)
    }
  }
  return { runners, cyclists, run }
}

function befallSlowest(struck: Map<number, Trouble>, pacesMps: readonly number[], trouble: Trouble): void {
  const slowest = pacesMps
    .map((paceMps, no) => ({ paceMps, no }))
    .filter(({ no }) => !struck.has(no))
    .sort((a, b) => a.paceMps - b.paceMps)[0]
  if (slowest) struck.set(slowest.no, trouble)
}

function befall(random: Random, struck: Map<number, Trouble>, count: number, trouble: Trouble): void {
  const free = Array.from({ length: count }, (_, no) => no).filter((no) => !struck.has(no))
  if (free.length > 0) struck.set(random.pick(free), trouble)
}
