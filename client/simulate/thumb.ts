/** A thumb that answers what the screen asks: after a while, each question once, some never. */
import type { Random } from './random.ts'

export type Thumb = {
  /** `inS`: drawn when the question is new; `null` never answers. */
  once(question: string, inS: () => number | null, act: () => void): void
  step(dtS: number): void
}

/** Of so many in 1, after so long. */
export const mostly = (random: Random, share: number, fromS: number, toS: number) => (): number | null =>
  random.next() < share ? random.between(fromS, toS) : null

export function newThumb(): Thumb {
  const asked = new Set<string>()
  let due: { inS: number; readonly act: () => void }[] = []
  return {
    once(question, inS, act) {
      if (asked.has(question)) return
      asked.add(question)
      const waitS = inS()
      if (waitS !== null) due.push({ inS: waitS, act })
    },
    step(dtS) {
      for (const each of due) each.inS -= dtS
      const now = due.filter(({ inS }) => inS <= 0)
      if (now.length === 0) return
      due = due.filter(({ inS }) => inS > 0)
      for (const { act } of now) act()
    },
  }
}
