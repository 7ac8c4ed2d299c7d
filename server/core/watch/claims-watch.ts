/** Whether those who claimed still come, who would be there much sooner, who is near, and who has met whom. */
import { type Leases, leasesWatched } from './claims-lease.ts'
import { type MeetingsSeen, meetingsWatched } from './claims-meet.ts'
import { type Nearings, nearWatched } from './claims-near.ts'
import { noSwaps, type Swaps, swapsWatched } from './claims-swap.ts'
import type { Watcher } from './scene.ts'

type Memory = {
  readonly leases: Leases
  readonly meetings: MeetingsSeen
  readonly swaps: Swaps
  readonly nearings: Nearings
}

export const claimsWatch: Watcher<Memory> = {
  nothing: { leases: new Map(), meetings: new Map(), swaps: noSwaps, nearings: new Map() },
  look(memory, scene) {
    const leases = leasesWatched(memory.leases, scene)
    const meetings = meetingsWatched(memory.meetings, scene)
    const swaps = swapsWatched(memory.swaps, scene)
    const nearings = nearWatched(memory.nearings, scene)
    return {
      memory: { leases: leases.memory, meetings: meetings.memory, swaps: swaps.memory, nearings: nearings.memory },
      observations: [meetings, leases, swaps, nearings].flatMap(({ observations }) => observations),
    }
  },
}
