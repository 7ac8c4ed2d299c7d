import { SECOND_MS } from '../../../shared/units.ts'

const LOOK_EVERY_MS = SECOND_MS
/** So close before the next look, what comes brings it forward; for so long after one was due, what comes is waited for. */
const TOGETHER_MS = 200

export type LookClock = {
  /** Looks at once. */
  readonly now: () => void
  /** Something has come, and is drawn in any case. */
  readonly heard: () => void
  readonly stop: () => void
}

/** Looks each second, and where something comes each second together with it: then all is drawn once and not twice. */
export function lookClock(look: () => void): LookClock {
  let lookedAtMs = performance.now()
  let timer: ReturnType<typeof setTimeout>
  const next = (inMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(now, inMs)
  }
  const now = () => {
    lookedAtMs = performance.now()
    next(LOOK_EVERY_MS)
    look()
  }
  next(LOOK_EVERY_MS)
  return {
    now,
    heard() {
      if (performance.now() - lookedAtMs >= LOOK_EVERY_MS - TOGETHER_MS) now()
      next(lookedAtMs + LOOK_EVERY_MS + TOGETHER_MS - performance.now())
    },
    stop: () => clearTimeout(timer),
  }
}
