import type { Outlook } from './outlook.ts'

/** Nothing worked out yet. Apart from `outlook.ts`, whose code a page loads after its buttons work. */
export const noOutlook: Outlook = {
  trails: { routeId: null, of: new Map() },
  pack: null,
  meetings: { rider: null, madeAtMs: 0, madeFor: '', of: new Map() },
  proposals: { roads: null, madeAtMs: 0, madeFor: '', pass: [], otherIds: null },
  queue: { rows: [], order: { keys: [], lookedAtMs: 0, rising: new Set() } },
  comings: { riders: new Map(), madeAtMs: 0, madeFor: '', of: new Map() },
}
