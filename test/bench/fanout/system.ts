/**
 * What the bench knows of a system: how its server side starts, and how one member takes part. Server and load generator are
 * processes of their own, so a system's file is read in both, and each uses its half.
 */
import type { Launch } from './launch.ts'

/** What a phone reports, once a second. All systems carry all of it. */
export type BenchFix = {
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  /** Whole milliseconds of this machine's clock. */
  readonly takenAtMs: number
  readonly accuracyM: number
  readonly speedMps: number
  readonly headingDeg: number
}

export type Shape = {
  readonly runs: number
  /** Of each run; each sees all others. */
  readonly members: number
}

/** Bytes of the connection after its handshake: frames of the protocol with their headers, without TCP and IP. */
export type Traffic = { receivedBytes: number; sentBytes: number }

/** One member's connection. */
export type Line = {
  readonly traffic: Traffic
  send(fix: BenchFix): void
  /** For a phone that chooses its moments: how long until the next. Otherwise it sends once a second. */
  nextFixInMs?(): number
  close(): void
}

/** Members who see the same people. */
export type Audience = {
  readonly name: string
  has(memberNo: number): boolean
  /** How many of the audience see this member. */
  viewersOf(memberNo: number): number
}

export const everybody = ({ members }: Shape): readonly Audience[] => [
  { name: 'everybody', has: () => true, viewersOf: () => members - 1 },
]

/** Somebody's place has come; one that was seen before may be told again, and is not counted again. */
export type OnPlace = (memberNo: number, takenAtMs: number) => void

/** Connects one member, numbered from 0 within its run. Resolves when it would be told what others send. */
export type Join = (runNo: number, memberNo: number, onPlace: OnPlace) => Promise<Line>

export type System = {
  /** One line for people. */
  readonly about: string
  /** On its way a place may be replaced by its owner's next one; what was replaced counts neither as seen nor as lost. */
  readonly isNewestWins: boolean
  /** Why it cannot be measured on this machine. */
  missing?(): string | undefined
  /** Starts the server side; resolves with the addresses where members may connect. */
  start(launch: Launch, shape: Shape): Promise<readonly string[]>
  /** The work of a server process that `start` has launched by `launch.server`. Resolves with its port when it listens. */
  serve?(settings: Readonly<Record<string, string>>): Promise<number>
  /** Makes whatever runs and seats members need, before anything is measured. */
  prepare(addresses: readonly string[], shape: Shape): Promise<Join>
  /** Left out: `everybody`. */
  audiences?(shape: Shape): readonly Audience[]
  /** What members do in the window beside moving; what came of it, in figures. */
  besides?(windowMs: number): Promise<Readonly<Record<string, number>>>
}

/** Members are dealt out over the nodes, so that every run is on all of them. */
export const addressFor = (addresses: readonly string[], memberNo: number): string =>
  addresses[memberNo % addresses.length] as string

/** Of servers: thousands knock at once. */
export const BACKLOG = 4_096
