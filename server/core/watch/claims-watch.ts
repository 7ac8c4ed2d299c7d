/** Whether those who claimed still come, who would be there much sooner, and who has met whom. */
import { type Leases, leasesWatched } from './claims-lease.ts'
import { type MeetingsSeen, meetingsWatched } from './claims-meet.ts'
import { nearWatched } from './claims-near.ts'
import { noSwaps, type Swaps, swapsWatched } from './claims-swap.ts'
import type { Watcher } from './scene.ts'

type Memory = { readonly leases: Leases; readonly meetings: MeetingsSeen; readonly swaps: Swaps }

export const claimsWatch: Watcher<Memory> = {
  nothing: { leases: new Map(), meetings: new Map(), swaps: noSwaps },
  look(memory, scene) {
    const leases = leasesWatched(memory.leases, scene)
    const meetings = meetingsWatched(memory.meetings, scene)
    const swaps = swapsWatched(memory.swaps, scene)
    return {
      memory: { leases: leases.memory, meetings: meetings.memory, swaps: swaps.memory },
      observations: [...meetings.observations, ...leases.observations, ...swaps.observations, ...nearWatched(scene)],
    }
  },
}
