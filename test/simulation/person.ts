/** A member with a phone of the real SDK. What they tapped and recorded is written down for the checks. */
import { openPhone } from '../../client/net/open-phone.ts'
import type { Phone } from '../../client/net/phone.ts'
import type { Random } from '../../client/simulate/random.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { type Refusal, refusals } from '../../shared/protocol/errors.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { Role } from '../../shared/run/roles.ts'
import type { CommandId, MemberId } from '../../shared/units.ts'
import type { Bug, Seam } from './bug.ts'
import type { Network, Reach } from './network.ts'
import { KEPT_AFTER_MS, phoneDisk } from './phone-disk.ts'
import { type Actor, START_MS, type VirtualTime } from './virtual-time.ts'

export type Tap = {
  readonly commandId: CommandId
  readonly command: Command
  readonly byId: MemberId
  readonly atMs: number
  /** `false`: the phone died right after, and may have forgotten it. */
  isOwed: boolean
  /** The phone has heard a yes, in whichever of its lives. */
  isGranted: boolean
  /** What it heard last, unless that was to ask again later. */
  answer: Accepted | Refusal | undefined
}
export type Recorded = { readonly fix: Fix; readonly atMs: number; readonly isOnTime: boolean; isOwed: boolean }

export type Person = {
  readonly name: string
  readonly memberId: MemberId
  readonly role: Role
  readonly reach: Reach
  readonly taps: readonly Tap[]
  readonly recorded: readonly Recorded[]
  /** The screen is on. */
  look(isLooking: boolean): void
  /** Whether their thumb has said so: the phone records only then. */
  isSharing: boolean
  open(): void
  crash(isSilent: boolean): void
  /** The phone as it runs now; `undefined` while it is off. */
  phone(): Phone | undefined
  /** What their thumb makes of what the phone shows. Nothing happens while it is off. */
  tap(wish: (phone: Phone) => Command | undefined, then?: (answer: Accepted | Refusal) => void): void
  record(): void
  /** Gives the tap when it was theirs, and granted. */
  onHeard(commandId: CommandId, answer: Accepted | Refusal): Tap | undefined
}

export type PersonOptions = {
  readonly time: VirtualTime
  readonly random: Random
  readonly network: Network
  readonly name: string
  readonly memberId: MemberId
  readonly role: Role
  readonly seat: string
  /** The nodes' addresses in this phone's order. */
  readonly urls: readonly string[]
  /** Where they set out from: nobody else is ever there. */
  readonly no: number
  readonly clockErrorMs: number
  readonly bug: Bug
  readonly seam: Seam
}

const STEP_DEG = 0.000135
const NOT_BELIEVED_M = 200
/** A phone that has not met a server since it was started tells the time as wrong as it is set. */
const ON_TIME_MS = 2_000

export function aPerson(options: PersonOptions): Person {
  const { time, random, network, name, memberId, role, seat, urls, no, clockErrorMs, bug, seam } = options
  const reach: Reach = { name, latencyMs: random.between(5, 60), slowness: 1, isDead: false }
  const taps: Tap[] = []
  const recorded: Recorded[] = []
  const byId = new Map<string, Tap>()
  let phone: Phone | undefined
  let actor: Actor | undefined
  let isLooking = true

  const disk = phoneDisk(time, random)

  /** In the phone's own process. */
  const inside = (run: (phone: Phone) => void): void => {
    if (actor) time.after(0, actor, () => phone && run(phone))
  }

  return {
    name,
    memberId,
    role,
    reach,
    taps,
    recorded,
    isSharing: false,
    phone: () => phone,
    open() {
      const me = time.actor(name, clockErrorMs)
      actor = me
      time.after(0, me, () => {
        const storage = disk.storageFor(me)
        const dial = network.dialFrom(reach, me)
        phone = openPhone(
          { urls, seat, isLooking, storage: bug.storage?.(storage, seam, name) ?? storage },
          bug.dial?.(dial, seam, name) ?? dial,
        )
      })
    },
    look(now) {
      isLooking = now
      inside((open) => open.look(now))
    },
    crash(isSilent) {
      if (actor) actor.isAlive = false
      phone = undefined
      disk.crash(isSilent)
      for (const each of [...taps, ...recorded]) if (each.atMs > time.nowMs() - KEPT_AFTER_MS) each.isOwed = false
      network.shut(reach, isSilent)
    },
    tap(wish, then) {
      inside((open) => {
        const command = wish(open)
        if (!command) return
        const answered = open.send(command)
        const sent = open.view().waitingCommands.find((each) => each.command === command)
        if (!sent) return // the seat is over
        const tap: Tap = {
          ...sent,
          byId: memberId,
          atMs: time.nowMs(),
          isOwed: true,
          isGranted: false,
          answer: undefined,
        }
        taps.push(tap)
        byId.set(tap.commandId, tap)
        if (then) void answered.then(then)
      })
    },
    record() {
      inside((open) => {
        const doubt = random.next()
        const latitudeDeg = round6(51 + no * 0.01 + recorded.length * STEP_DEG)
        const accuracyM = doubt < 0.05 ? NOT_BELIEVED_M : Math.round(random.between(3, 20))
        const fix: Fix = {
          latitudeDeg,
          longitudeDeg: 71.4,
          takenAtMs: open.nowMs(),
          ...(doubt < 0.95 && { accuracyM }),
        }
        const errorMs = fix.takenAtMs - START_MS - time.nowMs()
        recorded.push({ fix, atMs: time.nowMs(), isOnTime: Math.abs(errorMs) < ON_TIME_MS, isOwed: true })
        open.addFix(fix)
      })
    },
    onHeard(commandId, answer) {
      const tap = byId.get(commandId)
      if (!tap || (!answer.ok && refusals[answer.code].phoneShould === 'retry')) return undefined
      tap.answer = answer
      tap.isGranted ||= answer.ok
      return answer.ok ? tap : undefined
    },
  }
}

const round6 = (deg: number): number => Math.round(deg * 1e6) / 1e6
