/**
 * Counts views: one member's new position that reached one other member. Each pair is followed by itself, so that a position that
 * comes twice, or never, is known.
 */
import type { Shape } from './system.ts'

/** Systems round times, and send positions a second apart: the nearest is the one that was meant. */
const ROUNDED_MS = 400
/** Positions of one member that are remembered: what is older than this many seconds when it comes is counted lost. */
const REMEMBERED = 64
const AGE_MOST_MS = 30_000

export type Counted = {
  /** Of positions taken within the window: each should have reached all others of the run. */
  readonly expected: number
  readonly delivered: number
  /** Not delivered to somebody to whom a newer one was. */
  readonly skipped: number
  /** Views that came within the window, whenever taken: what the server's work is divided by. */
  readonly viewsInWindow: number
  /** From taken to received, of delivered views. */
  readonly ageP50Ms: number
  readonly ageP99Ms: number
}

export type Views = {
  taken(runNo: number, memberNo: number, atMs: number): void
  seen(runNo: number, memberNo: number, ofMemberNo: number, takenAtMs: number): void
  openWindow(): void
  closeWindow(): void
  /** Whether nothing is missing that was taken within the window. */
  isComplete(): boolean
  counted(): Counted
}

export function viewsOf({ runs, members }: Shape): Views {
  const people = runs * members
  const takenAtMs = new Float64Array(people * REMEMBERED)
  /** Positions of each member are numbered 1, 2, 3 ...; this is the newest. */
  const newestNo = new Int32Array(people)
  const seenNo = new Int32Array(people * members)
  let firstNo = new Int32Array(people).fill(2 ** 30)
  let lastNo = new Int32Array(people).fill(2 ** 30)
  const ages = new Uint32Array(AGE_MOST_MS + 1)
  let isOpen = false
  let delivered = 0
  let skipped = 0
  let viewsInWindow = 0

  const expected = () =>
    newestNo.reduce(
      (sum, no, person) => sum + Math.max(0, Math.min(no, lastNo[person] as number) - (firstNo[person] as number)),
      0,
    ) *
    (members - 1)

  function percentileMs(share: number): number {
    let left = share * delivered
    for (let ageMs = 0; ageMs <= AGE_MOST_MS; ageMs++) {
      left -= ages[ageMs] as number
      if (left <= 0) return ageMs
    }
    return AGE_MOST_MS
  }

  return {
    taken(runNo, memberNo, atMs) {
      const person = runNo * members + memberNo
      const no = (newestNo[person] as number) + 1
      newestNo[person] = no
      takenAtMs[person * REMEMBERED + (no % REMEMBERED)] = atMs
    },
    seen(runNo, memberNo, ofMemberNo, saidAtMs) {
      if (memberNo === ofMemberNo) return
      const person = runNo * members + ofMemberNo
      const pair = (runNo * members + memberNo) * members + ofMemberNo
      const seenBefore = seenNo[pair] as number
      const from = person * REMEMBERED
      let no = newestNo[person] as number
      const oldest = Math.max(seenBefore, no - REMEMBERED)
      while (no > oldest && (takenAtMs[from + (no % REMEMBERED)] as number) - saidAtMs > ROUNDED_MS) no--
      if (no <= oldest) return
      seenNo[pair] = no
      if (isOpen) viewsInWindow++
      const first = firstNo[person] as number
      const last = lastNo[person] as number
      if (no > first && no <= last) {
        delivered++
        const ageMs = Math.round(Date.now() - (takenAtMs[from + (no % REMEMBERED)] as number))
        const bucket = Math.min(AGE_MOST_MS, Math.max(0, ageMs))
        ages[bucket] = (ages[bucket] as number) + 1
      }
      skipped += Math.max(0, Math.min(no - 1, last) - Math.max(seenBefore, first))
    },
    openWindow() {
      isOpen = true
      firstNo = newestNo.slice()
    },
    closeWindow() {
      isOpen = false
      lastNo = newestNo.slice()
    },
    isComplete: () => delivered + skipped >= expected(),
    counted: () => ({
      expected: expected(),
      delivered,
      skipped,
      viewsInWindow,
      ageP50Ms: percentileMs(0.5),
      ageP99Ms: percentileMs(0.99),
    }),
  }
}
