/**
 * What this browser keeps between visits: its seats, and what a person types each Sunday. A browser that
 * keeps nothing (a private window) still works until the page is closed.
 */
import type { Role } from '../../shared/run/roles.ts'
import type { InviteId } from '../../shared/units.ts'
import type { SharedRole } from '../state/people.ts'

export type KeptSeat = {
  /** What stands in the address: `/r/KEY`. The run's id, or for a seat that came as a link one of this browser's own. */
  readonly key: string
  readonly seat: string
  readonly title: string | null
  readonly name: string | null
  readonly role: Role
  readonly keptAtMs: number
  /** The share links of a run planned here. */
  readonly invites: Partial<Record<SharedRole, string>>
  /** Which invite it was made from, so that opening the link again does not join twice. */
  readonly usedInvite: string | null
  /** "I am here" was tapped in this browser: only then does it locate. */
  readonly locates: boolean
  readonly isDemo: boolean
  /** It was shown as the map for two when it was last open. */
  readonly isMapForTwo?: boolean
  /** How far its owner means to go, where there is no route. */
  readonly goalM?: number | null
  /** The organiser's token of the club under whose link the run was put here. */
  readonly club?: string | null
  /** The link by which its owner's family looks on, made here. */
  readonly family?: { readonly inviteId: InviteId; readonly invite: string } | null
}

const SEATS = 'serik.seats'
const SEATS_MAX = 30

const memory = new Map<string, string>()

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return memory.get(name) ?? null // storage is forbidden here
  }
}

function write(name: string, value: string): void {
  memory.set(name, value)
  try {
    localStorage.setItem(name, value)
  } catch {
    // Full or forbidden: `memory` serves until the page is closed.
  }
}

/** The last used first. */
export function keptSeats(): readonly KeptSeat[] {
  try {
    const kept: unknown = JSON.parse(read(SEATS) ?? '[]')
    return Array.isArray(kept) ? kept : []
  } catch {
    return [] // not ours, or cut off
  }
}

export const seatFor = (key: string): KeptSeat | undefined => keptSeats().find((kept) => kept.key === key)

/** Keeps it, or what changed of it, as the last used. */
export function keepSeat(seat: KeptSeat): void {
  const others = keptSeats().filter((kept) => kept.seat !== seat.seat)
  write(SEATS, JSON.stringify([seat, ...others].slice(0, SEATS_MAX)))
}

export function changeSeat(seat: string, change: Partial<KeptSeat>): void {
  write(SEATS, JSON.stringify(keptSeats().map((kept) => (kept.seat === seat ? { ...kept, ...change } : kept))))
}

export const forgetSeat = (seat: string): void =>
  write(SEATS, JSON.stringify(keptSeats().filter((kept) => kept.seat !== seat)))

export const remembered = (name: string) => ({
  get: (): string => read(name) ?? '',
  set: (value: string): void => write(name, value),
})

export const myName = remembered('serik.name')
export const myPhone = remembered('serik.phone')
/** A language tag; empty for the phone's own. */
export const chosenLanguage = remembered('serik.language')
/** One of `themes` of settings/look.ts; empty for the phone's own. */
export const chosenTheme = remembered('serik.theme')
export const chosenTextSize = remembered('serik.text')
/** How what happens is told to who does not look: `yes` aloud, `tones`; empty for not at all. */
export const saysCues = remembered('serik.says')
/** Whom to call for its owner, and what helpers must know: see state/emergency.ts. */
export const myEmergency = remembered('serik.emergency')
/** `by-hand`: pocket mode never opens by itself. */
export const pocketWay = remembered('serik.pocket')
/** Not empty once its owner has opened pocket mode again: it needs no explaining. */
export const knowsPocket = remembered('serik.pocket.known')
/** `all`: two people want all the screens there are. */
export const pairWay = remembered('serik.pair')
/** A tracker's address belongs to a person and lasts over runs. */
export const myTracker = remembered('serik.tracker')
