import { asSent } from '../../shared/frame/fix-codec.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { Ways } from '../../shared/geo/meeting/ways.ts'
import type { RouteLine } from '../../shared/geo/route.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { ItemKind } from '../../shared/run/requests.ts'
import { type MemberId, type RequestId, SECOND_MS } from '../../shared/units.ts'
import type { Phone } from '../net/phone.ts'
import type { Body } from './body.ts'
import { firstGpsError, type GpsError, nextGpsError, type Reception, reportedPlace } from './gps-noise.ts'
import type { Plant } from './plants.ts'
import type { Random } from './random.ts'
import { countFix, countRefusal, type Tally } from './tally.ts'

/** The world as it is, which no phone sees: who really stands where. */
export type Stage = {
  readonly line: RouteLine
  /** The paths of the route, as everybody is given them; `null` without one. */
  readonly ways: Ways | null
  readonly people: Map<MemberId, Person>
  readonly tally: Tally
  /** Places to refill at. */
  readonly taps: readonly Place[]
  /** No water comes from any of them now. */
  areTapsDry: boolean
  /** Bottles of water that each cyclist really carries. */
  readonly waterCarried: Map<MemberId, number>
  /** Whether the run has begun: people hear that also without a phone. */
  readonly isLive: () => boolean
  /** On the way like everybody, without phone or app. */
  readonly guests: readonly Body[]
  /** What has gone wrong because it was to. */
  readonly planted: Plant[]
  readonly temper: Temper
}

type Between = { readonly from: number; readonly to: number }

/** How soon people want something, and how soon a cyclist's thumb answers. Seconds. */
export type Temper = {
  readonly firstThirstS: Between
  readonly nextThirstS: Between
  readonly reactsS: Between
  /** Nobody asks for a bottle when the end is near. */
  readonly noWishLastM: number
  /** How often a cyclist looks at the screen. */
  readonly looksEveryS: number
  /** Everybody starts somewhere else along the line, a cyclist behind each of the first runners. */
  readonly isSpread: boolean
}
export const clubTemper: Temper = {
  firstThirstS: { from: 480, to: 1_200 },
  nextThirstS: { from: 1_080, to: 2_100 },
  reactsS: { from: 4, to: 20 },
  noWishLastM: 2_500,
  looksEveryS: 3,
  isSpread: false,
}
/** For somebody who looks for ten seconds. */
export const demoTemper: Temper = {
  firstThirstS: { from: 2, to: 25 },
  nextThirstS: { from: 40, to: 90 },
  reactsS: { from: 0.5, to: 2 },
  noWishLastM: 100,
  looksEveryS: 1,
  isSpread: true,
}

/** A simulated member. Moves by the world's time, knows only what its phone shows. */
export interface Person {
  readonly memberId: MemberId
  readonly phone: Phone
  /** Once a second of the run's time. */
  step(dtS: number): void
  place(): Place
  /** What somebody puts into their hand, for what they asked. */
  take(kind: ItemKind, requestId: RequestId): void
  /** Back from the run, by own legs or not. */
  isBack(): boolean
  /** Nothing will be heard of this phone any more. */
  isPhoneDead(): boolean
  /** Fixes that were only on the phone when it died: they are in its memory, not on the wire. */
  unsentAtDeath(): number
}

/** At most so long after the start comes the first. */
const FIRST_FIX_WITHIN_MS = 5 * SECOND_MS

/** Sends where its owner is, when the phone likes to send next, and with a phone's errors. */
export function gpsOf(random: Random, reception: Reception, stage: Stage) {
  let error: GpsError = firstGpsError(reception, random)
  const firstInMs = FIRST_FIX_WITHIN_MS * random.next()
  let dueAtMs: number | undefined
  return (dtS: number, memberId: MemberId, phone: Phone, place: Place, speedMps: number): void => {
    error = nextGpsError(error, dtS, reception, random)
    dueAtMs ??= phone.nowMs() + firstInMs
    if (phone.nowMs() < dueAtMs) return
    dueAtMs = phone.nextFixAtMs()
    const fix = asSent({
      ...reportedPlace(place, error, reception, random),
      takenAtMs: phone.nowMs(),
      speedMps: Math.abs(speedMps),
    })
    countFix(stage.tally, memberId, fix)
    phone.addFix(fix)
  }
}

/** Sends a wish without waiting; what the server refuses is counted. */
export function wishes(
  { tally }: Stage,
  phone: Phone,
  command: Command,
  then?: (answer: Accepted | Refusal) => void,
): void {
  void phone.send(command).then((answer) => {
    if (!answer.ok) countRefusal(tally, `${command.type} ${answer.code}`)
    then?.(answer)
  })
}

/** People do not stand inside each other. */
export const beside = (place: Place, random: Random): Place =>
  movedPlace(place, random.between(-4, 4), random.between(-4, 4))
