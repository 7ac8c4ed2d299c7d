/**
 * Counts views: one member's new position that reached one other member. Each pair is followed by itself, so that a position that
 * comes twice, or never, is known.
 */
import { type Audience, everybody, type Shape } from './system.ts'

/** Systems round times, and send positions a second apart: the nearest is the one that was meant. */
const ROUNDED_MS = 400
/** Positions of one member that are remembered: what is older than this many seconds when it comes is counted lost. */
const REMEMBERED = 64
const AGE_MOST_MS = 30_000

export type Counted = {
  /** Of positions taken within the window: each should have reached all who see its owner. */
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
  /** By audience, in the order they were given in. */
  counted(): Counted[]
}

export function viewsOf(shape: Shape, audiences: readonly Audience[] = everybody(shape)): Views {
  const { runs, members } = shape
  const people = runs * members
  const audienceOf = Array.from({ length: members }, (_, memberNo) => audiences.findIndex(({ has }) => has(memberNo)))
  const takenAtMs = new Float64Array(people * REMEMBERED)
  /** Positions of each member are numbered 1, 2, 3 ...; this is the newest. */
  const newestNo = new Int32Array(people)
  const seenNo = new Int32Array(people * members)
  let firstNo = new Int32Array(people).fill(2 ** 30)
  let lastNo = new Int32Array(people).fill(2 ** 30)
  let isOpen = false
  const counts = audiences.map(({ viewersOf }) => ({
    viewersOf: Array.from({ length: members }, (_, memberNo) => viewersOf(memberNo)),
    ages: new Uint32Array(AGE_MOST_MS + 1),
    delivered: 0,
    skipped: 0,
    viewsInWindow: 0,
  }))
  type Counting = (typeof counts)[number]

  const expectedOf = ({ viewersOf }: Counting): number =>
    newestNo.reduce((sum, no, person) => {
      const taken = Math.max(0, Math.min(no, lastNo[person] as number) - (firstNo[person] as number))
      return sum + taken * (viewersOf[person % members] as number)
    }, 0)

  function percentileMs({ ages, delivered }: Counting, share: number): number {
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
      const counting = counts[audienceOf[memberNo] as number]
      if (!counting) return
      if (isOpen) counting.viewsInWindow++
      const first = firstNo[person] as number
      const last = lastNo[person] as number
      if (no > first && no <= last) {
        counting.delivered++
        const ageMs = Math.round(Date.now() - (takenAtMs[from + (no % REMEMBERED)] as number))
        const bucket = Math.min(AGE_MOST_MS, Math.max(0, ageMs))
        counting.ages[bucket] = (counting.ages[bucket] as number) + 1
      }
      counting.skipped += Math.max(0, Math.min(no - 1, last) - Math.max(seenBefore, first))
    },
    openWindow() {
      isOpen = true
      firstNo = newestNo.slice()
    },
    closeWindow() {
      isOpen = false
      lastNo = newestNo.slice()
    },
    isComplete: () => counts.every((one) => one.delivered + one.skipped >= expectedOf(one)),
    counted: () =>
      counts.map((one) => ({
        expected: expectedOf(one),
        delivered: one.delivered,
        skipped: one.skipped,
        viewsInWindow: one.viewsInWindow,
        ageP50Ms: percentileMs(one, 0.5),
        ageP99Ms: percentileMs(one, 0.99),
      })),
  }
}
