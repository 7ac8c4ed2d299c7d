/** Lets the time of a replay go by: smoothly, or in steps of a second where less motion is wanted. */
import { effect, type Signal } from '@preact/signals'
import { TICK_MS } from '../../../shared/replay/thinned.ts'
import { SECOND_MS } from '../../../shared/units.ts'

/** A page that was hidden goes on where it was. */
const LONGEST_STEP_MS = SECOND_MS

export function playing(tick: Signal<number>, isPlaying: Signal<boolean>, speed: Signal<number>, lastTick: number) {
  const lessMotion = matchMedia('(prefers-reduced-motion: reduce)')
  let frame = 0
  let timer: ReturnType<typeof setInterval> | undefined

  function goOn(byMs: number): void {
    const next = tick.peek() + (Math.min(byMs, LONGEST_STEP_MS) * speed.peek()) / TICK_MS
    tick.value = Math.min(lastTick, next)
    if (next >= lastTick) isPlaying.value = false
  }

  const stop = effect(() => {
    if (!isPlaying.value) return
    if (lessMotion.matches) {
      timer = setInterval(() => goOn(SECOND_MS), SECOND_MS)
      return () => clearInterval(timer)
    }
    let lastMs = performance.now()
    const draw = (nowMs: number) => {
      goOn(nowMs - lastMs)
      lastMs = nowMs
      if (isPlaying.peek()) frame = requestAnimationFrame(draw)
    }
    frame = requestAnimationFrame(draw)
    return () => cancelAnimationFrame(frame)
  })

  return {
    /** At the end it begins again. */
    toggle(firstTick?: number): void {
      if (!isPlaying.peek() && tick.peek() >= lastTick && firstTick !== undefined) tick.value = firstTick
      isPlaying.value = !isPlaying.peek()
    },
    close(): void {
      stop()
      cancelAnimationFrame(frame)
      clearInterval(timer)
    },
  }
}
