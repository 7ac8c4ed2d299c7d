/** What somebody should know, by the rules of this folder. A new rule is a file here and a line in `rules`. */
import type { AlertRule } from '../../../shared/run/alerts.ts'
import { isOut, isSharing } from '../../../shared/run/questions.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Observation } from '../decision.ts'
import type { Scene, Watcher } from '../watch/scene.ts'
import { cyclistFar } from './cyclist-far.ts'
import { uncleared } from './episodes.ts'
import type { RuleWatch } from './lasting.ts'
import { type Lookout, lookoutOf } from './lookout.ts'
import { lowBattery } from './low-battery.ts'
import { network, outageOf } from './network.ts'
import { noContact } from './no-contact.ts'
import { offRoute } from './off-route.ts'
import { silentOverdue } from './silent-overdue.ts'
import { splitPack } from './split-pack.ts'
import { stopped } from './stopped.ts'
import { straggling } from './straggling.ts'
import { waterOut } from './water-out.ts'
import { wrongWay } from './wrong-way.ts'

/** A rule with what it remembers inside. */
type Looker = (lookout: Lookout) => { readonly next: Looker; readonly observations: readonly Observation[] }

const looker =
  <Memory>(rule: RuleWatch<Memory>, memory: Memory): Looker =>
  (lookout) => {
    const seen = rule.look(memory, lookout)
    return { next: looker(rule, seen.memory), observations: seen.observations }
  }
const first = <Memory>(rule: RuleWatch<Memory>): Looker => looker(rule, rule.nothing)

const rules: readonly Looker[] = [
  first(network),
  first(silentOverdue),
  first(noContact),
  first(offRoute),
  first(wrongWay),
  first(stopped),
  first(straggling),
  first(splitPack),
  first(waterOut),
  first(lowBattery),
  first(cyclistFar),
]

/** A node that has not looked for so long was held up, and its phones with it. */
const HELD_UP_MS = MINUTE_MS

/** `hearsSinceMs`: since when this node could have heard everybody. */
type Memory = {
  readonly hearsSinceMs: number
  readonly lookedAtMs: number
  readonly lookers: readonly Looker[]
}

export const alertsWatch: Watcher<Memory> = {
  nothing: { hearsSinceMs: 0, lookedAtMs: Number.NEGATIVE_INFINITY, lookers: rules },
  look(memory, scene) {
    const { nowMs } = scene
    const wasHeldUp = nowMs - memory.lookedAtMs > HELD_UP_MS
    const lookout = lookoutOf(scene, wasHeldUp ? nowMs : memory.hearsSinceMs)
    const looked = memory.lookers.map((look) => look(lookout))
    return {
      memory: {
        hearsSinceMs: outageOf(lookout) ? nowMs : lookout.hearsSinceMs,
        lookedAtMs: nowMs,
        lookers: looked.map(({ next }) => next),
      },
      observations: [...lapsed(scene), ...looked.flatMap(({ observations }) => observations)],
    }
  },
}

/** What says nothing of who stands still on purpose. */
const ofRunning: ReadonlySet<AlertRule> = new Set(['off-route', 'wrong-way', 'stopped', 'straggling', 'cyclist-far'])

/** AT18: about who is not out any more, shares no more, or pauses. */
const lapsed = ({ run }: Scene): Observation[] =>
  uncleared(run).flatMap(({ alertId, memberId, rule, answer }) => {
    if (memberId === null || answer === 'need-help') return []
    const member = run.members.get(memberId)
    const isWatched =
      member && isOut(member) && isSharing(member) && !(member.status === 'paused' && ofRunning.has(rule))
    return isWatched ? [] : [{ is: 'alert-over' as const, alertId }]
  })
