/** How old the others' newest places are when they come onto a screen. */
import type { MemberId } from '../../shared/units.ts'
import type { RecordedPhone } from './recorded-phone.ts'

export type PlaceLatency = { readonly memberId: MemberId; readonly seenMs: number; readonly ageMs: number }

export function watchPlaces(viewer: RecordedPhone): { readonly seen: readonly PlaceLatency[]; stop(): void } {
  const seen: PlaceLatency[] = []
  const newestMs = new Map<MemberId, number>()
  const stop = viewer.subscribe(({ places, link }) => {
    if (link !== 'online') return
    for (const [memberId, { takenAtMs }] of places) {
      if (takenAtMs <= (newestMs.get(memberId) ?? 0)) continue
      newestMs.set(memberId, takenAtMs)
      seen.push({ memberId, seenMs: performance.now(), ageMs: Math.max(0, viewer.nowMs() - takenAtMs) })
    }
  })
  return { seen, stop }
}
